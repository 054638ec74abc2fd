package io.ocssd.geometry.emulator;

import io.ocssd.device.NvmeStatus;

/**
 * Whether a whole program is accepted.
 *
 * <p>Its addresses are cut into runs of one block each. Every run is checked by {@link BlockRules} and takes a place among the
 * open blocks where it leaves one partly written that is free now, before anything is programmed: either all runs are accepted
 * or the program is refused with the status and the bits of the first that was not.
 */
final class ProgramRules {
    private final BlockStates blocks;
    private final BlockRules rules;
    /** Null when any number of blocks may be open. */
    private final OpenPlaces places;

    ProgramRules(BlockStates blocks, BlockRules rules, OpenPlaces places) {
        this.blocks = blocks;
        this.rules = rules;
        this.places = places;
    }

    /**
     * Checks what a command writes to.
     *
     * @return false when it was refused; the slot says why
     */
    boolean accept(CommandSlot slot) {
        AddressList target = slot.written();
        long opened = 0;
        for (int from = 0, to; from < target.count(); from = to) {
            to = target.endOfRun(from);
            int status = check(target, from, to);
            if (status == NvmeStatus.SUCCESS && places != null && leavesOpen(target, from, to)) {
                int block = target.block(from);
                status = places.take(block);
                if (status == NvmeStatus.SUCCESS && blocks.condition(block) == Condition.FREE) {
                    opened |= 1L << from;
                }
            }
            if (status != NvmeStatus.SUCCESS) {
                slot.fail(status, from, to);
                giveBack(target, opened);
                return false;
            }
        }
        slot.opened(opened);
        return true;
    }

    /** Frees the places of blocks that an accepted program did not open after all. */
    void settle(CommandSlot slot) {
        AddressList target = slot.written();
        long notOpened = 0;
        for (long left = slot.opened(); left != 0; left &= left - 1) {
            int from = Long.numberOfTrailingZeros(left);
            if (!blocks.condition(target.block(from)).isActive()) {
                notOpened |= 1L << from;
            }
        }
        giveBack(target, notOpened);
    }

    /** Whether a run, programmed in full, leaves a block partly written that is not open now. */
    private boolean leavesOpen(AddressList target, int from, int to) {
        int block = target.block(from);
        Condition condition = blocks.condition(block);
        return (condition == Condition.FREE || condition == Condition.PARKED)
                && blocks.written(block) + to - from < blocks.sectors(block)
                && !blocks.isRandom(block);
    }

    private int check(AddressList target, int from, int to) {
        int block = target.block(from);
        if (block != BlockRules.NO_BLOCK && blocks.isRandom(block)) {
            return rules.programAnywhere(block, highestSector(target, from, to) + 1);
        }
        boolean ascends = target.endOfAscent(from) >= to;
        return rules.program(block, target.sector(from), to - from, ascends, isAgain(target, from));
    }

    private static int highestSector(AddressList target, int from, int to) {
        int highest = 0;
        for (int i = from; i < to; i++) {
            highest = Math.max(highest, target.sector(i));
        }
        return highest;
    }

    private static boolean isAgain(AddressList target, int from) {
        for (int earlier = 0; earlier < from; earlier = target.endOfRun(earlier)) {
            if (target.isSameBlock(earlier, from)) {
                return true;
            }
        }
        return false;
    }

    private void giveBack(AddressList target, long runs) {
        for (long left = runs; left != 0; left &= left - 1) {
            places.giveBack(target.block(Long.numberOfTrailingZeros(left)));
        }
    }
}
