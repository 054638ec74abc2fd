package io.ocssd.geometry.emulator;

import java.util.Arrays;

/**
 * Which command of a queue was the last to touch each block: two commands that share a block complete in the order of their
 * submission.
 *
 * <p>An open-addressed table of the blocks that are being worked on, and an edge from a command to each that waits for it.
 * Both grow to the deepest load that was seen and allocate nothing from then on.
 */
final class BlockOrder {
    /** Says that a command waits for another. */
    static final class Edge {
        private TimedCommand to;
        private Edge next;
    }

    private static final int FIRST_CAPACITY = 64;
    private static final int NO_BLOCK = -1;
    // 2^32 divided by the golden ratio.
    private static final int MIX = 0x9E3779B9;

    private int[] blocks = emptyBlocks(FIRST_CAPACITY);
    private TimedCommand[] lasts = new TimedCommand[FIRST_CAPACITY];
    private int size;
    private Edge pool;

    /** Makes a command the last of a block; it waits for the one that was. */
    void enter(int block, TimedCommand command) {
        int at = find(block);
        if (blocks[at] == NO_BLOCK) {
            if (2 * ++size > blocks.length) {
                grow();
                at = find(block);
            }
            blocks[at] = block;
        } else if (lasts[at] != command) {
            Edge edge = pool == null ? new Edge() : pool;
            pool = edge.next;
            edge.to = command;
            edge.next = lasts[at].successors;
            lasts[at].successors = edge;
            command.waitsFor++;
        }
        lasts[at] = command;
    }

    /** A command has completed: it is no longer the last of a block, if it was. */
    void leave(int block, TimedCommand command) {
        int at = find(block);
        if (blocks[at] == block && lasts[at] == command) {
            close(at);
            size--;
        }
    }

    /** Takes a command that waited for this one and waits for nothing else any more; null when there is none left. */
    TimedCommand release(TimedCommand completed) {
        for (Edge edge; (edge = completed.successors) != null; ) {
            completed.successors = edge.next;
            TimedCommand to = edge.to;
            edge.to = null;
            edge.next = pool;
            pool = edge;
            if (--to.waitsFor == 0 && to.flashDone) {
                return to;
            }
        }
        return null;
    }

    private int find(int block) {
        int mask = blocks.length - 1;
        int at = home(block);
        while (blocks[at] != block && blocks[at] != NO_BLOCK) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private int home(int block) {
        return (block * MIX) >>> Integer.numberOfLeadingZeros(blocks.length - 1);
    }

    /** Empties a place and moves up what stands behind it only because it was taken. */
    private void close(int place) {
        int mask = blocks.length - 1;
        int hole = place;
        for (int at = (hole + 1) & mask; blocks[at] != NO_BLOCK; at = (at + 1) & mask) {
            if (((at - home(blocks[at])) & mask) >= ((at - hole) & mask)) {
                blocks[hole] = blocks[at];
                lasts[hole] = lasts[at];
                hole = at;
            }
        }
        blocks[hole] = NO_BLOCK;
        lasts[hole] = null;
    }

    private void grow() {
        int[] oldBlocks = blocks;
        TimedCommand[] oldLasts = lasts;
        blocks = emptyBlocks(2 * oldBlocks.length);
        lasts = new TimedCommand[blocks.length];
        for (int i = 0; i < oldBlocks.length; i++) {
            if (oldBlocks[i] != NO_BLOCK) {
                int at = find(oldBlocks[i]);
                blocks[at] = oldBlocks[i];
                lasts[at] = oldLasts[i];
            }
        }
    }

    private static int[] emptyBlocks(int capacity) {
        int[] blocks = new int[capacity];
        Arrays.fill(blocks, NO_BLOCK);
        return blocks;
    }
}
