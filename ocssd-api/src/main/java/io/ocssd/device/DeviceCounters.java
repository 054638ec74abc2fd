package io.ocssd.device;

import java.util.Arrays;

/**
 * What a device has done since it was opened: a snapshot.
 *
 * <p>The programmed bytes by class add up to {@code programmedSectors x sectorBytes}, exactly: both are counted when a
 * program completes. Programs that a power cut tore are in neither.
 */
public final class DeviceCounters {
    private final long commands;
    private final long readSectors;
    private final long programmedSectors;
    private final long erases;
    private final long[] programmedBytes;
    private final long[] busyNanos;
    private final long[] channelBusyNanos;

    /** Makes a snapshot of a device that does not tell how busy its LUNs were. */
    public DeviceCounters(
            long commands, long readSectors, long programmedSectors, long erases, long[] programmedBytes) {
        this(commands, readSectors, programmedSectors, erases, programmedBytes, new long[0]);
    }

    /**
     * Makes a snapshot.
     *
     * @param programmedBytes by {@link ByteClass#ordinal()}; copied
     * @param busyNanos by LUN number ({@link Geometry#lunIndex}), or of length 0; copied
     */
    public DeviceCounters(
            long commands,
            long readSectors,
            long programmedSectors,
            long erases,
            long[] programmedBytes,
            long[] busyNanos) {
        this(commands, readSectors, programmedSectors, erases, programmedBytes, busyNanos, new long[0]);
    }

    private DeviceCounters(
            long commands,
            long readSectors,
            long programmedSectors,
            long erases,
            long[] programmedBytes,
            long[] busyNanos,
            long[] channelBusyNanos) {
        if (programmedBytes.length != ByteClass.values().length) {
            throw new IllegalArgumentException("programmedBytes.length=" + programmedBytes.length);
        }
        this.commands = commands;
        this.readSectors = readSectors;
        this.programmedSectors = programmedSectors;
        this.erases = erases;
        this.programmedBytes = programmedBytes.clone();
        this.busyNanos = busyNanos.clone();
        this.channelBusyNanos = channelBusyNanos.clone();
    }

    /**
     * The same with how long LUNs and channels were at work.
     *
     * @param lunNanos by LUN number ({@link Geometry#lunIndex}); copied
     * @param channelNanos by channel; copied
     */
    public DeviceCounters withBusyNanos(long[] lunNanos, long[] channelNanos) {
        return new DeviceCounters(
                commands, readSectors, programmedSectors, erases, programmedBytes, lunNanos, channelNanos);
    }

    /** Commands completed, of any kind and with any status. */
    public long commands() {
        return commands;
    }

    /** Sectors read. */
    public long readSectors() {
        return readSectors;
    }

    /** Sectors programmed. */
    public long programmedSectors() {
        return programmedSectors;
    }

    /** Blocks erased. */
    public long erases() {
        return erases;
    }

    /** Bytes programmed for this reason. */
    public long programmedBytes(ByteClass byteClass) {
        return programmedBytes[byteClass.ordinal()];
    }

    /** Bytes programmed for any reason. */
    public long programmedBytes() {
        return Arrays.stream(programmedBytes).sum();
    }

    /**
     * How long a LUN was at work, in nanoseconds of the device's clock, or -1 when the device does not tell.
     *
     * @param lunIndex as {@link Geometry#lunIndex} counts
     */
    public long busyNanos(int lunIndex) {
        return lunIndex < busyNanos.length ? busyNanos[lunIndex] : -1;
    }

    /** How long the bus of a channel was at work, in nanoseconds of the device's clock, or -1 when the device does not tell. */
    public long channelBusyNanos(int channel) {
        return channel < channelBusyNanos.length ? channelBusyNanos[channel] : -1;
    }

    /** The sum of both: for reports that span more than one opening of a device. */
    public DeviceCounters plus(DeviceCounters other) {
        long[] sum = programmedBytes.clone();
        Arrays.setAll(sum, i -> sum[i] + other.programmedBytes[i]);
        return new DeviceCounters(
                commands + other.commands,
                readSectors + other.readSectors,
                programmedSectors + other.programmedSectors,
                erases + other.erases,
                sum,
                sum(busyNanos, other.busyNanos),
                sum(channelBusyNanos, other.channelBusyNanos));
    }

    private static long[] sum(long[] one, long[] other) {
        long[] sum = Arrays.copyOf(one, Math.max(one.length, other.length));
        for (int i = 0; i < other.length; i++) {
            sum[i] += other[i];
        }
        return sum;
    }

    /** (payload + relocated) / payload, the figure that theory speaks of; 1 when nothing was programmed. */
    public double writeAmplification() {
        long payload = programmedBytes(ByteClass.PAYLOAD);
        return payload == 0 ? 1 : (double) (payload + programmedBytes(ByteClass.RELOCATED)) / payload;
    }

    /** Everything programmed / payload; 1 when nothing was programmed. */
    public double deviceWriteAmplification() {
        long payload = programmedBytes(ByteClass.PAYLOAD);
        return payload == 0 ? 1 : (double) programmedBytes() / payload;
    }
}
