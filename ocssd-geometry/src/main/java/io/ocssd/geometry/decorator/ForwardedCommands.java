package io.ocssd.geometry.decorator;

import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.error.GoneException;

/**
 * The commands that a decorator's queue has under way in the queue below it.
 *
 * <p>Tags are their senders' own and need not differ, so each command is sent on with the number of a slot as its tag, and
 * gets its own tag back when it completes. A decorator keeps what it knows of a command under its slot. A command that finds
 * nothing else under way keeps its own tag: then there is no other that it could be taken for. Allocates nothing per command.
 * Not thread-safe.
 */
public final class ForwardedCommands {
    /** No slot: nothing was sent, or nothing has completed. */
    public static final int NONE = -1;

    private static final int MARK_SHIFT = 32;
    private static final long MARK = 0x0DEC_0DEDL;

    private final IoQueue inner;
    private final long[] tags;
    private final int[] free;
    private int freeCount;
    /** Whether a command is under way that has its own tag; its slot is the one behind the others. */
    private boolean loneUnderWay;

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

    /** How many slots there are: one more than the queue can hold. */
    public int slots() {
        return free.length + 1;
    }

    /** Whether this is the slot of a command that found nothing else under way. */
    public boolean isLone(int slot) {
        return slot == free.length;
    }

    /** How many commands are under way. */
    public int count() {
        return free.length - freeCount + (loneUnderWay ? 1 : 0);
    }

    private static boolean isMarked(long tag) {
        return tag >>> MARK_SHIFT == MARK;
    }

    /**
     * Sends a command on; it is unchanged afterwards.
     *
     * @return its slot, or {@link #NONE} when the queue is full
     * @throws GoneException when the device is gone
     * @throws IllegalArgumentException when the queue below finds the command unusable
     */
    public int submit(IoCommand command) throws GoneException {
        if (freeCount < free.length || loneUnderWay || isMarked(command.tag())) {
            return submitAmongOthers(command);
        }
        if (!inner.submit(command)) {
            return NONE;
        }
        loneUnderWay = true;
        return free.length;
    }

    private int submitAmongOthers(IoCommand command) throws GoneException {
        if (freeCount == 0) {
            return NONE;
        }
        int slot = free[freeCount - 1];
        long tag = command.tag();
        command.tag(MARK << MARK_SHIFT | slot);
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
        if (!isMarked(completion.tag())) {
            loneUnderWay = false;
            return free.length;
        }
        int slot = (int) completion.tag();
        completion.tag(tags[slot]);
        free[freeCount++] = slot;
        return slot;
    }
}
