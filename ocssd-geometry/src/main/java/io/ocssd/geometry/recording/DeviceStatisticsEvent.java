package io.ocssd.geometry.recording;

import io.ocssd.device.ByteClass;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.DeviceInfo;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** Counters of an open drive since it was opened. Periodic. */
@Name("io.ocssd.DeviceStatistics")
@Label("Device Statistics")
@Description("What a drive has done since it was opened")
@Category("ocssd")
@Period("1 s")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // the flight recorder reads the fields
final class DeviceStatisticsEvent extends Event {
    @Label("Drive")
    private final String device;

    @Label("Serial Number")
    private final String serial;

    @Label("Model")
    private final String model;

    @Label("Commands")
    private final long commands;

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

    DeviceStatisticsEvent(DeviceInfo info, int sectorBytes, DeviceCounters counters) {
        this.device = info.uri();
        this.serial = info.serial();
        this.model = info.model();
        this.commands = counters.commands();
        this.readBytes = counters.readSectors() * sectorBytes;
        this.programmedBytes = counters.programmedBytes();
        this.payloadBytes = counters.programmedBytes(ByteClass.PAYLOAD);
        this.relocatedBytes = counters.programmedBytes(ByteClass.RELOCATED);
        this.paddingBytes = counters.programmedBytes(ByteClass.PADDING);
        this.metadataBytes = counters.programmedBytes(ByteClass.METADATA);
        this.parityBytes = counters.programmedBytes(ByteClass.PARITY);
        this.mirrorBytes = counters.programmedBytes(ByteClass.MIRROR);
        this.erases = counters.erases();
    }
}
