package io.ocssd.geometry.emulator;

import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;

/** A queue of no device: takes the tag of a command and gives it back. What any queue behind the interface costs. */
final class EmptyRing implements IoQueue {
    private final long[] tags;
    private int head;
    private int count;

    EmptyRing(int depth) {
        tags = new long[Integer.highestOneBit(2 * depth - 1)];
    }

    @Override
    public int depth() {
        return tags.length;
    }

    @Override
    public int inFlight() {
        return count;
    }

    @Override
    public boolean submit(IoCommand command) {
        if (count == tags.length) {
            return false;
        }
        tags[head + count++ & tags.length - 1] = command.tag();
        return true;
    }

    @Override
    public boolean poll(Completion completion) {
        if (count == 0) {
            return false;
        }
        completion.set(tags[head], 0, 0, 0);
        head = head + 1 & tags.length - 1;
        count--;
        return true;
    }

    @Override
    public int await(int min, long deadlineNanos) {
        return count;
    }

    @Override
    public void close() {}
}
