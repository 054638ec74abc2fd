package io.ocssd.ftl.statistics;

import io.ocssd.device.ByteClass;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counters of one data path. One task at a time writes, without an atomic operation; anyone reads. They only grow, and go
 * from one owner to the next through {@link IoTallies}, so nothing ever has to be added to anything else.
 */
public final class IoTally {
    private static final ByteClass[] CLASSES = ByteClass.values();
    /** Two cache lines before and behind the counters, since processors fetch them in pairs. */
    private static final int PADDING = 128 / Long.BYTES;

    /** Commands sent. */
    static final int SENT = 0;
    /** Commands that ended. */
    static final int ENDED = SENT + 1;
    /** Sectors read. */
    static final int READ_SECTORS = ENDED + 1;
    /** Sectors programmed. */
    static final int PROGRAMMED_SECTORS = READ_SECTORS + 1;
    /** Blocks erased. */
    static final int ERASES = PROGRAMMED_SECTORS + 1;
    /** Times that a writer waited. */
    static final int STALLS = ERASES + 1;
    /** How long it did, in nanoseconds. */
    static final int STALL_NANOS = STALLS + 1;
    /** Bytes programmed, by {@link ByteClass#ordinal()}. */
    static final int PROGRAMMED_BYTES = STALL_NANOS + 1;

    private static final int COUNTERS = PROGRAMMED_BYTES + CLASSES.length;

    /** Opaque: each value that is read was there once, and is there soon; no order among them is promised. */
    private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] counts = new long[PADDING + COUNTERS + PADDING];

    IoTally() {}

    /** A writer waited for the device. */
    public void stalled(long nanos) {
        add(STALLS, 1);
        add(STALL_NANOS, nanos);
    }

    void add(int counter, long amount) {
        int index = PADDING + counter;
        COUNTS.setOpaque(counts, index, counts[index] + amount);
    }

    long get(int counter) {
        return (long) COUNTS.getOpaque(counts, PADDING + counter);
    }
}
