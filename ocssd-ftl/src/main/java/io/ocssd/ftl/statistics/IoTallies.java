package io.ocssd.ftl.statistics;

import io.ocssd.device.ByteClass;
import io.ocssd.device.DeviceCounters;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The tallies of all data paths of an owner, a target or the label. There are as many as were ever in use at the same time.
 * Lock-free, thread-safe; may be read by threads that are no tasks.
 */
public final class IoTallies {
    private static final int BYTE_CLASSES = ByteClass.values().length;

    private final CopyOnWriteArrayList<IoTally> all = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedDeque<IoTally> idle = new ConcurrentLinkedDeque<>();

    /** No path has counted anything yet. */
    public IoTallies() {}

    /** Takes a tally for a data path. */
    public IoTally take() {
        IoTally tally = idle.pollFirst();
        if (tally == null) {
            tally = new IoTally();
            all.add(tally);
        }
        return tally;
    }

    /** Gives a tally back, for the next path to count on. */
    public void giveBack(IoTally tally) {
        idle.addFirst(tally);
    }

    /** What all paths did, by the rules of the device. */
    public DeviceCounters device() {
        long[] bytes = new long[BYTE_CLASSES];
        Arrays.setAll(bytes, i -> sum(IoTally.PROGRAMMED_BYTES + i));
        return new DeviceCounters(
                sum(IoTally.ENDED),
                sum(IoTally.READ_SECTORS),
                sum(IoTally.PROGRAMMED_SECTORS),
                sum(IoTally.ERASES),
                bytes);
    }

    /** Commands that were sent and have not ended. */
    public long underWay() {
        // What ended first: a command that is sent and ends meanwhile counts as under way, never as less than none.
        long ended = sum(IoTally.ENDED);
        return Math.max(0, sum(IoTally.SENT) - ended);
    }

    /** Times that writers waited for the device. */
    public long stalls() {
        return sum(IoTally.STALLS);
    }

    /** How long they did together, in nanoseconds. */
    public long stallNanos() {
        return sum(IoTally.STALL_NANOS);
    }

    private long sum(int counter) {
        long sum = 0;
        for (IoTally each : all) {
            sum += each.get(counter);
        }
        return sum;
    }
}
