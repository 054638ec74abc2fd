package io.ocssd.ftl.vblock;

import com.google.common.collect.ImmutableList;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.error.BusyException;
import io.ocssd.ftl.journal.Journal;
import io.ocssd.ftl.journal.RetireReason;
import io.ocssd.target.BadBlock;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The blocks of a target that are out of use. Used by one task, while the target keeps its blocks. */
final class BadBlocks {
    private final FlashVblocks owner;
    private final VblockSpace space;
    private final Journal journal;

    BadBlocks(FlashVblocks owner, VblockSpace space) {
        this.owner = owner;
        this.space = space;
        this.journal = owner.journal();
    }

    /** By ascending number. */
    List<BadBlock> list() throws IOException {
        BlockReport report = owner.media().report();
        Map<Integer, RetireReason> retired = journal.retired();
        ImmutableList.Builder<BadBlock> bad = ImmutableList.builder();
        for (int block : space.blocks(owner.media().geometry())) {
            if (report.state(block) == BlockState.OFFLINE) {
                bad.add(new BadBlock(block, BadBlock.Reason.OFFLINE));
            } else if (retired.containsKey(block)) {
                bad.add(new BadBlock(block, reason(retired.get(block))));
            }
        }
        return bad.build();
    }

    /**
     * Takes a block out of use.
     *
     * @param holders ids of the vblocks that have it
     */
    void mark(int block, List<Long> holders) throws IOException {
        if (!space.blocks(owner.media().geometry()).contains(block)) {
            throw new IllegalArgumentException("block=" + block + " is not one of the target's");
        }
        if (journal.isRetired(block) || owner.media().report().state(block) == BlockState.OFFLINE) {
            return;
        }
        if (!holders.isEmpty()) {
            throw new BusyException(
                    "block " + block + " belongs to vblock " + Long.toHexString(holders.get(0)),
                    "erase the vblock first");
        }
        if (journal.blocks().contains(block)) {
            journal.relocate();
        }
        if (!owner.pool().remove(block)) {
            throw new BusyException("block " + block + " is just being used", "try again");
        }
        try {
            journal.retire(List.of(block), RetireReason.MARKED_BY_HOST);
        } finally {
            // What the journal could not write it knows all the same.
            if (journal.isRetired(block)) {
                owner.counters().retiredBlocks.increment();
            } else {
                owner.pool().addFree(block);
            }
        }
    }

    private static BadBlock.Reason reason(RetireReason reason) {
        return switch (reason) {
            case PROGRAM_FAILED -> BadBlock.Reason.PROGRAM_FAILED;
            case ERASE_FAILED -> BadBlock.Reason.ERASE_FAILED;
            case MARKED_BY_HOST -> BadBlock.Reason.MARKED;
        };
    }
}
