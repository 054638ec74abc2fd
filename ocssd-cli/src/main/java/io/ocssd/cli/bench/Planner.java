package io.ocssd.cli.bench;

import com.google.common.collect.ImmutableList;
import io.ocssd.cli.bench.LoadOptions.Arrivals;
import io.ocssd.cli.bench.load.Pattern;
import io.ocssd.cli.bench.load.ReadLoad;
import io.ocssd.cli.bench.load.Workload;
import io.ocssd.cli.bench.load.WriteLoad;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.NumberSet;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Priority;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/** Turns what the user said into a workload in the units of a device. */
final class Planner {
    private static final long DEFAULT_NANOS = 1_000_000_000;
    /** Requests that a stream can tell apart, and that a queue of the device is ever asked for. */
    private static final int MOST_DEPTH = 4096;
    /** Memory for the data of requests. */
    private static final long MOST_BUFFER_BYTES = 512 << 20;

    private static final String SEE_HELP = "see ocssd bench device --help";

    private final LoadOptions options;

    Planner(LoadOptions options) {
        this.options = options;
    }

    /** Finds what can be told without looking at the device. */
    void checkUsage() {
        boolean mixed = options.pattern.reads() && options.pattern.writes();
        boolean poisson = options.arrivals == Arrivals.poisson;
        onlyIf(mixed, "--write-block-size", options.writeBlockSize, "is for --pattern mixed");
        onlyIf(mixed, "--write-queue-depth", options.writeQueueDepth, "is for --pattern mixed");
        onlyIf(options.pattern.writes(), "--write-luns", options.writeLuns, "is for patterns that write");
        onlyIf(options.pattern.writes(), "--write-active", options.writeActive, "is for patterns that write");
        onlyIf(options.pattern.writes(), "--write-busy", options.writeBusy, "is for patterns that write");
        onlyIf(poisson, "--rate", options.rate, "goes with --arrivals poisson");
        if (poisson && (options.rate == null || !(options.rate > 0 && options.rate <= 1e9))) {
            throw Failure.usage(
                    "--arrivals poisson needs a rate, above 0 and at most 10^9",
                    "give requests a second, for example --rate 1000");
        }
        if (poisson && !options.pattern.reads() && options.writeBusy != null) {
            throw Failure.usage(
                    "--write-busy and --arrivals poisson both say when writes come", "give one of them only");
        }
        if (options.writeBusy != null && !(options.writeBusy > 0 && options.writeBusy <= 1)) {
            throw Failure.usage("--write-busy " + options.writeBusy + " is not above 0 and at most 1", SEE_HELP);
        }
        if (options.durationNanos != null && options.count != null) {
            throw Failure.usage("--duration and --count both say when to stop", "give one of them only");
        }
        atLeastOne("--count", options.count);
        atLeastOne("--duration", options.durationNanos);
        atLeastOne("--queue-depth", options.queueDepth);
        atLeastOne("--write-queue-depth", options.writeQueueDepth);
        atLeastOne("--write-active", options.writeActive);
        atLeastOne("--read-blocks", options.readBlocks);
        atLeastOne("--block-size", options.blockSize);
        atLeastOne("--write-block-size", options.writeBlockSize);
    }

    private static void onlyIf(boolean condition, String name, Object value, String why) {
        if (!condition && value != null) {
            throw Failure.usage(name + " " + why, SEE_HELP);
        }
    }

    private static void atLeastOne(String name, Number value) {
        if (value != null && value.longValue() < 1) {
            throw Failure.usage(name + " is below 1", SEE_HELP);
        }
    }

    /** The workload for a device. */
    Workload plan(Geometry geometry, Limits limits) {
        Optional<ReadLoad> reads = options.pattern.reads() ? Optional.of(reads(geometry)) : Optional.empty();
        Optional<WriteLoad> writes =
                options.pattern.writes() ? Optional.of(writes(geometry, limits)) : Optional.empty();
        long bytes = reads.map(each -> (long) each.sectors() * each.depth()).orElse(0L)
                + writes.map(each -> (long) each.sectors() * each.depth() * each.active())
                        .orElse(0L);
        if (bytes * geometry.sectorBytes() > MOST_BUFFER_BYTES) {
            throw Failure.refused(
                    "all requests under way together take " + Numbers.bytes(bytes * geometry.sectorBytes())
                            + " of buffers, more than " + Numbers.bytes(MOST_BUFFER_BYTES),
                    "lower a block size or a queue depth, or write fewer LUNs at a time");
        }
        long count = options.count == null ? 0 : options.count;
        long duration = count > 0 ? 0 : options.durationNanos == null ? DEFAULT_NANOS : options.durationNanos;
        return new Workload(reads, writes, options.warmupNanos, duration, count, options.seed);
    }

    private ReadLoad reads(Geometry geometry) {
        long bytes = options.blockSize == null ? geometry.sectorBytes() : options.blockSize;
        int sectors = sectors("--block-size", bytes, geometry, 1);
        double rate = options.arrivals == Arrivals.poisson ? options.rate : 0;
        return new ReadLoad(
                options.pattern != Pattern.SEQREAD,
                sectors,
                depth("--queue-depth", options.queueDepth),
                luns(options.luns, geometry),
                options.readBlocks,
                options.readPriority == LoadOptions.Urgency.high ? Priority.HIGH : Priority.NORMAL,
                rate);
    }

    private WriteLoad writes(Geometry geometry, Limits limits) {
        boolean mixed = options.pattern.reads();
        ImmutableList<Integer> luns = luns(options.writeLuns == null ? options.luns : options.writeLuns, geometry);
        int active = options.writeActive == null ? luns.size() : options.writeActive;
        if (active > luns.size()) {
            throw Failure.refused(
                    "--write-active " + active + " is more than the " + luns.size() + " LUNs to write",
                    "lower it, or name more LUNs with --write-luns");
        }
        boolean poisson = !mixed && options.arrivals == Arrivals.poisson;
        return new WriteLoad(
                writeSectors(mixed, geometry, limits),
                mixed
                        ? depth("--write-queue-depth", options.writeQueueDepth)
                        : depth("--queue-depth", options.queueDepth),
                luns,
                active,
                options.writeBusy == null ? 1 : options.writeBusy,
                poisson ? options.rate : 0);
    }

    private int writeSectors(boolean mixed, Geometry geometry, Limits limits) {
        long preferred = (long) limits.wsOpt() * geometry.sectorBytes();
        if (options.writeBlockSize != null) {
            return sectors("--write-block-size", options.writeBlockSize, geometry, limits.wsMin());
        }
        if (options.blockSize == null || (mixed && options.blockSize < preferred)) {
            return Math.min(limits.wsOpt(), geometry.sectorsPerBlock());
        }
        return sectors("--block-size", options.blockSize, geometry, limits.wsMin());
    }

    /** Bytes as sectors: a multiple of {@code unit} that fits into a block. */
    private static int sectors(String option, long bytes, Geometry geometry, int unit) {
        long unitBytes = (long) unit * geometry.sectorBytes();
        if (bytes % unitBytes != 0) {
            throw Failure.refused(
                    option + " " + Numbers.bytes(bytes) + " is no multiple of " + Numbers.bytes(unitBytes) + ", the "
                            + (unit == 1 ? "sector" : "smallest write") + " of this drive",
                    "see ocssd device info for geometry and limits");
        }
        if (bytes > geometry.blockBytes()) {
            throw Failure.refused(
                    option + " " + Numbers.bytes(bytes) + " is more than a block of "
                            + Numbers.bytes(geometry.blockBytes()),
                    "see ocssd device info for the geometry");
        }
        return (int) (bytes / geometry.sectorBytes());
    }

    private static int depth(String option, Integer value) {
        int depth = value == null ? 1 : value;
        if (depth > MOST_DEPTH) {
            throw Failure.usage(option + " " + depth + " is more than " + MOST_DEPTH, SEE_HELP);
        }
        return depth;
    }

    /** LUNs in the order of stripes: the first of every channel, then the second. */
    private static ImmutableList<Integer> luns(NumberSet chosen, Geometry geometry) {
        if (chosen != null && chosen.numbers().last() >= geometry.luns()) {
            throw Failure.refused(
                    "LUN " + chosen.numbers().last() + " is outside the geometry: LUNs are 0.." + (geometry.luns() - 1),
                    "see ocssd device info for the geometry");
        }
        return IntStream.range(0, geometry.luns())
                .boxed()
                .filter(lun -> chosen == null || chosen.numbers().contains(lun))
                .sorted(Comparator.<Integer>comparingInt(lun -> lun % geometry.lunsPerChannel())
                        .thenComparingInt(lun -> lun / geometry.lunsPerChannel()))
                .collect(ImmutableList.toImmutableList());
    }
}
