package io.ocssd.geometry.emulator;

import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a program must be like to be accepted.
 *
 * <p>The addresses are cut into runs of one block each. The checks of a run, the first that fails decides: the block
 * exists (0x280), takes writes (0x280), the run ends inside it (0x280), is a multiple of wsMin (0x002), ascends one by
 * one (0x2F2), begins at the write pointer (0x2F2), and no earlier run is of the same block (0x2F2); last, the block may
 * be opened (0x280). All runs are checked before anything is programmed.
 */
final class ProgramRules {
    private final Geometry geometry;
    private final Limits limits;
    private final BlockTable table;
    /** Open blocks of the whole drive; kept only when they are limited. */
    private final AtomicInteger openBlocks = new AtomicInteger();

    ProgramRules(Geometry geometry, Limits limits, BlockTable table) {
        this.geometry = geometry;
        this.limits = limits;
        this.table = table;
        for (int block = 0; block < geometry.blocks(); block++) {
            if (table.state(block) == BlockState.OPEN) {
                openBlocks.incrementAndGet();
            }
        }
    }

    /**
     * Checks a whole command; on success every block that it opens has taken its place among the open ones.
     *
     * @return false when it was refused; the slot says why
     */
    boolean accept(CommandSlot slot) {
        for (int from = 0, to; from < slot.count(); from = to) {
            to = slot.endOfRun(from);
            int status = check(slot, from, to);
            if (status == NvmeStatus.SUCCESS && opens(slot, from, to) && !takePlace()) {
                status = NvmeStatus.WRITE_FAULT;
            }
            if (status != NvmeStatus.SUCCESS) {
                slot.fail(status, from, to);
                givePlacesBack(slot, from);
                return false;
            }
        }
        return true;
    }

    /** A block that was open is closed now. */
    void closed() {
        openBlocks.decrementAndGet();
    }

    private int check(CommandSlot slot, int from, int to) {
        int block = slot.block(from);
        if (block < 0) {
            return NvmeStatus.WRITE_FAULT;
        }
        BlockState state = table.state(block);
        if (state == BlockState.OFFLINE || state == BlockState.CLOSED) {
            return NvmeStatus.WRITE_FAULT;
        }
        int first = slot.sector(from);
        if (first + (to - from) > geometry.sectorsPerBlock()) {
            return NvmeStatus.WRITE_FAULT;
        }
        if ((to - from) % limits.wsMin() != 0) {
            return NvmeStatus.INVALID_FIELD;
        }
        boolean ascends = slot.endOfAscent(from) >= to;
        return ascends && first == table.writePointer(block) && !isAgain(slot, from)
                ? NvmeStatus.SUCCESS
                : NvmeStatus.OUT_OF_ORDER;
    }

    private static boolean isAgain(CommandSlot slot, int from) {
        for (int earlier = 0; earlier < from; earlier = slot.endOfRun(earlier)) {
            if (slot.isSameBlock(earlier, from)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a run leaves a block open that is free now. */
    private boolean opens(CommandSlot slot, int from, int to) {
        return table.state(slot.block(from)) == BlockState.FREE && to - from < geometry.sectorsPerBlock();
    }

    private boolean takePlace() {
        int open = openBlocks.incrementAndGet();
        if (limits.maxOpen() > 0 && open > limits.maxOpen()) {
            openBlocks.decrementAndGet();
            return false;
        }
        return true;
    }

    private void givePlacesBack(CommandSlot slot, int end) {
        for (int from = 0, to; from < end; from = to) {
            to = slot.endOfRun(from);
            if (opens(slot, from, to)) {
                openBlocks.decrementAndGet();
            }
        }
    }
}
