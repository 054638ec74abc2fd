package io.ocssd.ftl.statistics;

import io.ocssd.device.ByteClass;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.DeviceInfo;
import io.ocssd.target.TargetInfo;
import io.ocssd.vblock.VblockStatistics;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** Counters of an open target since it was opened. Periodic. */
@Name("io.ocssd.TargetStatistics")
@Label("Target Statistics")
@Description("What a target asked of its drive and how long its writers waited, since it was opened")
@Category("ocssd")
@Period("1 s")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // the flight recorder reads the fields
final class TargetStatisticsEvent extends Event {
    @Label("Drive")
    private final String device;

    @Label("Serial Number")
    private final String serial;

    @Label("Target")
    private final String target;

    @Label("Target Id")
    private final int targetId;

    @Label("Commands")
    private final long commands;

    @Label("Commands Under Way")
    private final long commandsUnderWay;

    @Label("Blocks Open for Writing")
    private final int openBlocks;

    @Label("Read")
    @DataAmount
    private final long readBytes;

    @Label("Programmed")
    @DataAmount
    private final long programmedBytes;

    @Label("Payload Programmed")
    @DataAmount
    private final long payloadBytes;

    @Label("Relocated")
    @DataAmount
    private final long relocatedBytes;

    @Label("Padding Programmed")
    @DataAmount
    private final long paddingBytes;

    @Label("Metadata Programmed")
    @DataAmount
    private final long metadataBytes;

    @Label("Parity Programmed")
    @DataAmount
    private final long parityBytes;

    @Label("Mirror Programmed")
    @DataAmount
    private final long mirrorBytes;

    @Label("Blocks Erased")
    private final long erases;

    @Label("Append Stalls")
    private final long stalls;

    @Label("Time Stalled")
    @Description("Of all writers together, on the clock of the scheduler")
    @Timespan(Timespan.NANOSECONDS)
    private final long stallTime;

    @Label("Failed Programs")
    private final long failedPrograms;

    @Label("Replaced Blocks")
    private final long replacedBlocks;

    @Label("Moved Units")
    private final long movedUnits;

    @Label("Retired Blocks")
    private final long retiredBlocks;

    @Label("Scrubbed Blocks")
    private final long scrubbedBlocks;

    TargetStatisticsEvent(
            DeviceInfo drive, int sectorBytes, TargetInfo info, int openBlocks, VblockStatistics statistics) {
        DeviceCounters counters = statistics.device();
        this.device = drive.uri();
        this.serial = drive.serial();
        this.target = info.name();
        this.targetId = info.id();
        this.commands = counters.commands();
        this.commandsUnderWay = statistics.commandsUnderWay();
        this.openBlocks = openBlocks;
        this.readBytes = counters.readSectors() * sectorBytes;
        this.programmedBytes = counters.programmedBytes();
        this.payloadBytes = counters.programmedBytes(ByteClass.PAYLOAD);
        this.relocatedBytes = counters.programmedBytes(ByteClass.RELOCATED);
        this.paddingBytes = counters.programmedBytes(ByteClass.PADDING);
        this.metadataBytes = counters.programmedBytes(ByteClass.METADATA);
        this.parityBytes = counters.programmedBytes(ByteClass.PARITY);
        this.mirrorBytes = counters.programmedBytes(ByteClass.MIRROR);
        this.erases = counters.erases();
        this.stalls = statistics.stalls();
        this.stallTime = statistics.stallNanos();
        this.failedPrograms = statistics.failedPrograms();
        this.replacedBlocks = statistics.replacedBlocks();
        this.movedUnits = statistics.movedUnits();
        this.retiredBlocks = statistics.retiredBlocks();
        this.scrubbedBlocks = statistics.scrubbedBlocks();
    }
}
