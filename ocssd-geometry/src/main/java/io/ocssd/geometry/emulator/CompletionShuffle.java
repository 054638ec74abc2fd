package io.ocssd.geometry.emulator;

import io.ocssd.device.IoCommand;
import io.ocssd.device.Limits;
import java.util.SplittableRandom;

/**
 * Says by a seed which of the completions of a queue comes next, as a drive whose LUNs work side by side would: any one of
 * which no command to a common block was submitted before. Every such order can come out.
 *
 * <p>Commands are numbered in the order of submission, from 0, those that are polled left out. Not thread-safe; allocates
 * nothing after it was made.
 */
final class CompletionShuffle {
    private final SplittableRandom random;
    /** The blocks of each command: the packed addresses of their sectors 0. */
    private final long[][] blocks;

    private final int[] blockCounts;

    /**
     * A shuffle for one queue.
     *
     * @param depth most commands at once
     */
    CompletionShuffle(long seed, int depth) {
        this.random = new SplittableRandom(seed);
        this.blocks = new long[depth][2 * Limits.MAX_ADDRESSES];
        this.blockCounts = new int[depth];
    }

    /** A command is under way, with number {@code index}. */
    void add(int index, CommandSlot slot) {
        blockCounts[index] = 0;
        addBlocks(index, slot.addresses());
        if (slot.operation() == IoCommand.Operation.COPY) {
            addBlocks(index, slot.written());
        }
    }

    /**
     * Draws the command that completes next, and forgets it.
     *
     * @param count how many there are, at least 1
     */
    int take(int count) {
        int chosen = random.nextInt(count);
        for (int before; (before = firstWithCommonBlock(chosen)) < chosen; ) {
            chosen = before;
        }
        long[] taken = blocks[chosen];
        for (int i = chosen; i + 1 < count; i++) {
            blocks[i] = blocks[i + 1];
            blockCounts[i] = blockCounts[i + 1];
        }
        blocks[count - 1] = taken;
        return chosen;
    }

    private void addBlocks(int index, AddressList addresses) {
        for (int from = 0; from < addresses.count(); from = addresses.endOfRun(from)) {
            blocks[index][blockCounts[index]++] = addresses.blockPpa(from);
        }
    }

    /** The first command with a block of command {@code index}; that one itself when there is none before it. */
    private int firstWithCommonBlock(int index) {
        int first = 0;
        while (first < index && !haveCommonBlock(first, index)) {
            first++;
        }
        return first;
    }

    private boolean haveCommonBlock(int one, int other) {
        for (int i = 0; i < blockCounts[one]; i++) {
            for (int k = 0; k < blockCounts[other]; k++) {
                if (blocks[one][i] == blocks[other][k]) {
                    return true;
                }
            }
        }
        return false;
    }
}
