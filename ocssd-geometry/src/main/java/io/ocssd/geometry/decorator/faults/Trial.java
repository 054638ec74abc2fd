package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.NvmeStatus;

/**
 * A question to the device: would it accept these runs of a program?
 *
 * <p>They are sent with a run behind them that no device accepts, of a block that it does not have. So nothing is programmed,
 * and the device tells the first run that it refuses: by its own rules, in its own order, with its limits as they are at that
 * moment. Of a copy it is asked about the destinations alone. Used again and again; not thread-safe.
 */
final class Trial {
    private final IoCommand original;
    private final DeviceBelow below;
    private final QueueBuffers buffers;
    private int count;
    private int end;
    private long last;

    Trial(IoCommand original, DeviceBelow below, QueueBuffers buffers) {
        this.original = original;
        this.below = below;
        this.buffers = buffers;
    }

    /** Starts a question. */
    void begin(IoCommand step) {
        count = 0;
        step.write(buffers.filler(), 0).priority(original.priority());
    }

    /** Adds addresses {@code from} to {@code to} of the program. */
    void add(IoCommand step, int from, int to) {
        for (int i = from; i < to; i++) {
            last = Addresses.target(original, i);
            step.add(last);
        }
        count += to - from;
    }

    /** Ends the question with so many sectors that are refused in any case. */
    void end(IoCommand step, int sectors) {
        // Else the two would be one run.
        long nowhere = below.nowhere(last);
        for (int i = 0; i < sectors; i++) {
            step.add(nowhere);
        }
        end = count + sectors;
    }

    /** Whether the device would accept what was added. */
    boolean isPassed(Completion completion) {
        long bits = completion.failedAddresses();
        boolean atTheEnd = bits == 0 || bits == Addresses.bits(count, end);
        return completion.status() == NvmeStatus.SUCCESS || (completion.status() == below.nowhereRefusal() && atTheEnd);
    }
}
