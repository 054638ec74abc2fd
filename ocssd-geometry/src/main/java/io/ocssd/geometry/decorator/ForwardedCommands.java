package io.ocssd.geometry.decorator;

import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.error.GoneException;

/**
 * The commands that a decorator's queue has under way in the queue below it.
 *
 * <p>Tags are their senders' own and need not differ, so each command is sent on with the number of a slot as its tag, and
 * gets its own tag back when it completes. A decorator keeps what it knows of a command under its slot. Allocates nothing
 * per command. Not thread-safe.
 */
public final class ForwardedCommands {
    /** No slot: nothing was sent, or nothing has completed. */
    public static final int NONE = -1;

    private final IoQueue inner;
    private final long[] tags;
    private final int[] free;
    private int freeCount;

    /**
     * Prepares slots for all that the queue can hold.
     *
     * @param inner all its commands must go through here
     */
    public ForwardedCommands(IoQueue inner) {
        this.inner = inner;
        this.tags = new long[inner.depth()];
        this.free = new int[inner.depth()];
        this.freeCount = free.length;
        for (int i = 0; i < free.length; i++) {
            free[i] = free.length - 1 - i;
        }
    }

    /** How many commands are under way. */
    public int count() {
        return free.length - freeCount;
    }

    /**
     * Sends a command on; it is unchanged afterwards.
     *
     * @return its slot, or {@link #NONE} when the queue is full
     * @throws GoneException when the device is gone
     * @throws IllegalArgumentException when the queue below finds the command unusable
     */
    public int submit(IoCommand command) throws GoneException {
        if (freeCount == 0) {
            return NONE;
        }
        int slot = free[freeCount - 1];
        long tag = command.tag();
        command.tag(slot);
        boolean sent;
        try {
            sent = inner.submit(command);
        } finally {
            command.tag(tag);
        }
        if (!sent) {
            return NONE;
        }
        tags[slot] = tag;
        freeCount--;
        return slot;
    }

    /**
     * Takes a completion of the queue below and gives it the tag of its command.
     *
     * @return the slot that the command had and that is free again, or {@link #NONE} when no completion is there
     * @throws GoneException when the device is gone
     */
    public int poll(Completion completion) throws GoneException {
        if (!inner.poll(completion)) {
            return NONE;
        }
        int slot = (int) completion.tag();
        completion.tag(tags[slot]);
        free[freeCount++] = slot;
        return slot;
    }
}
