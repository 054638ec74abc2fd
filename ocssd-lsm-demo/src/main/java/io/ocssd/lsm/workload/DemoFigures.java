package io.ocssd.lsm.workload;

import com.google.common.base.CaseFormat;
import com.google.common.collect.ImmutableList;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.ByteClass;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.Geometry;
import io.ocssd.lsm.KvCheck;
import io.ocssd.scheduler.HostCost;
import java.util.LinkedHashMap;
import java.util.Map;

/** Figures as they come up while a demo runs. */
final class DemoFigures {
    DeviceCounters counters = new DeviceCounters(0, 0, 0, 0, new long[ByteClass.values().length]);
    Geometry geometry;
    BlockReport blocks;
    ImmutableList<Integer> reservedBlocks;
    BlockCoverage coverage;

    int rewritePasses;
    int unreadBack;
    int skippedEntries;
    long loadBytes;
    long loadPuts;
    long loadSyncs;
    long loadNanos;
    long readBackNanos;
    long rewriteNanos;
    long cutCommand;
    long cutSeed;
    Integer commandsInFlight;
    int unacknowledgedOperations;
    long recoveryNanos;
    long recoveryPaddedSectors;
    long recoveryReplayedEntries;
    long verifyNanos;
    int verifiedEntries;
    int verifiedDeletes;
    int scannedEntries;
    int strangers;
    KvCheck check;

    DemoReport report(DemoOptions options, Source source, Churn churn, Survivors survivors) {
        long sourceBytes = source.totalBytes();
        long userBytes = loadBytes + churn.userBytes();
        boolean reconciles = counters.programmedBytes() == counters.programmedSectors() * geometry.sectorBytes();
        boolean dataIsGood =
                survivors.lost() + survivors.resurrected() + survivors.damaged() + strangers + unreadBack == 0
                        && survivors.survivingPrefix() >= 0
                        && check.isClean();
        boolean driveIsGood = reconciles && counters.writeAmplification() == 1 && coverage.neverErased() == 0;
        return new DemoReport(
                dataIsGood && driveIsGood,
                survivors.lost(),
                survivors.resurrected(),
                survivors.damaged(),
                strangers,
                unreadBack,
                survivors.survivingPrefix() >= 0,
                check.findings(),
                options.seed(),
                options.virtualClock() ? "virtual" : "real",
                Runtime.version().toString(),
                options.virtualClock() ? null : options.drive().path(),
                source.size(),
                skippedEntries,
                sourceBytes,
                loadPuts + churn.puts(),
                churn.deletes(),
                loadSyncs + churn.syncs(),
                userBytes,
                rewritePasses,
                loadNanos,
                megabytesPerSecond(sourceBytes, loadNanos),
                readBackNanos,
                megabytesPerSecond(sourceBytes, readBackNanos),
                rewriteNanos,
                cutCommand,
                cutSeed,
                commandsInFlight,
                unacknowledgedOperations,
                survivors.survivingPrefix(),
                recoveryNanos,
                recoveryPaddedSectors,
                recoveryReplayedEntries,
                verifyNanos,
                verifiedEntries,
                verifiedDeletes,
                scannedEntries,
                geometry.capacityBytes(),
                geometry.sectorBytes(),
                counters.commands(),
                counters.readSectors(),
                counters.programmedSectors(),
                programmedBytes(),
                counters.programmedBytes(),
                reconciles,
                counters.erases(),
                coverage.dataBlocks(),
                coverage.neverErased() == 0,
                coverage.leastErases(),
                coverage.mostErases(),
                counters.writeAmplification(),
                counters.deviceWriteAmplification(),
                (double) counters.programmedBytes(ByteClass.PAYLOAD) / userBytes,
                blocksByState(),
                options.virtualClock() ? hostCosts() : null);
    }

    private static double megabytesPerSecond(long bytes, long nanos) {
        return nanos == 0 ? 0 : bytes * 1e3 / nanos;
    }

    private Map<String, Long> programmedBytes() {
        Map<String, Long> bytes = new LinkedHashMap<>();
        for (ByteClass each : ByteClass.values()) {
            bytes.put(each.label(), counters.programmedBytes(each));
        }
        return bytes;
    }

    private Map<String, Integer> blocksByState() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (BlockState each : BlockState.values()) {
            counts.put(each.label(), blocks.count(each));
        }
        return counts;
    }

    private static Map<String, Long> hostCosts() {
        Map<String, Long> costs = new LinkedHashMap<>();
        for (HostCost each : HostCost.values()) {
            costs.put(CaseFormat.UPPER_UNDERSCORE.to(CaseFormat.LOWER_CAMEL, each.name()), each.nanos());
        }
        return costs;
    }
}
