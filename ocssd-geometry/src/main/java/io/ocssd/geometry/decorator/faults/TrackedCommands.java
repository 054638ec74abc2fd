package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.error.GoneException;

/**
 * Commands that a queue must recognise when they complete, among others that it just hands on.
 *
 * <p>They go down with a mark and the number of a slot as their tag. A command whose own tag looks like that must be tracked,
 * too: then no completion is taken for another. Not thread-safe.
 */
final class TrackedCommands {
    private static final int MARK_SHIFT = 32;
    private static final long MARK = 0xFA17_5107L;

    private final IoQueue inner;
    private final long[] tags;
    private final long[] sequences;
    private final Detour[] detours;
    private final int[] free;
    private int freeCount;

    TrackedCommands(IoQueue inner) {
        this.inner = inner;
        int depth = inner.depth();
        this.tags = new long[depth];
        this.sequences = new long[depth];
        this.detours = new Detour[depth];
        this.free = new int[depth];
        this.freeCount = depth;
        for (int i = 0; i < depth; i++) {
            free[i] = depth - 1 - i;
        }
    }

    /** Whether a tag is, or looks like, one of a tracked command. */
    static boolean isMarked(long tag) {
        return tag >>> MARK_SHIFT == MARK;
    }

    /** How many are under way. */
    int count() {
        return free.length - freeCount;
    }

    /**
     * Sends a command down; it is unchanged afterwards. There is room: no more are tracked than the queue can hold.
     *
     * @param sequence its number in the queue, or of the command that it is a step of
     * @param detour what it is a step of, or null
     */
    void submit(IoCommand command, long sequence, Detour detour) throws GoneException {
        int slot = free[freeCount - 1];
        long tag = command.tag();
        command.tag(MARK << MARK_SHIFT | slot);
        try {
            if (!inner.submit(command)) {
                throw new IllegalStateException("the queue below is full, depth=" + inner.depth());
            }
        } finally {
            command.tag(tag);
        }
        freeCount--;
        tags[slot] = tag;
        sequences[slot] = sequence;
        detours[slot] = detour;
    }

    /**
     * A completion with a mark has come: gives it the tag of its command.
     *
     * @return its slot, which is free again and can be asked about until the next submit
     */
    int take(Completion completion) {
        int slot = (int) completion.tag();
        completion.tag(tags[slot]);
        free[freeCount++] = slot;
        return slot;
    }

    /** The number of the command that had a slot. */
    long sequence(int slot) {
        return sequences[slot];
    }

    /** What the command that had a slot was a step of, or null. */
    Detour detour(int slot) {
        return detours[slot];
    }
}
