package io.ocssd.geometry.emulator;

import io.ocssd.device.Capabilities;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;

/**
 * The rules of Open-Channel SSD 2.0 for chunks.
 *
 * <p>A program is checked in this order, the first that fails decides: the block exists (0x280), takes writes (0x280), the
 * run ends inside it (0x280), is a multiple of wsMin (0x002), ascends one by one from the write pointer on (0x2F2), and no
 * earlier run of the command is of the same block (0x2F2). A block that is written anywhere asks for the first three only.
 *
 * <p>Stateless; thread-safe as far as the states are.
 */
final class ChunkRules implements BlockRules {
    private final BlockStates blocks;
    private final int wsMin;
    private final int mwCunits;
    private final boolean eraseFree;
    private final boolean eraseOpen;

    ChunkRules(BlockStates blocks, Limits limits, Capabilities capabilities) {
        this.blocks = blocks;
        this.wsMin = limits.wsMin();
        this.mwCunits = limits.mwCunits();
        this.eraseFree = capabilities.eraseFree();
        this.eraseOpen = capabilities.eraseOpen();
    }

    @Override
    public int program(int block, int first, int length, boolean ascends, boolean again) {
        boolean inUnits = length == wsMin || length % wsMin == 0;
        if (ascends && !again && inUnits && block != NO_BLOCK && blocks.continues(block, first, length)) {
            return NvmeStatus.SUCCESS;
        }
        if (block == NO_BLOCK || !blocks.takesWrites(block) || first + length > blocks.sectors(block)) {
            return NvmeStatus.WRITE_FAULT;
        }
        return inUnits ? NvmeStatus.OUT_OF_ORDER : NvmeStatus.INVALID_FIELD;
    }

    @Override
    public int programAnywhere(int block, int end) {
        return blocks.takesWrites(block) && end <= blocks.sectors(block) ? NvmeStatus.SUCCESS : NvmeStatus.WRITE_FAULT;
    }

    @Override
    public int unreadable(int block) {
        return NvmeStatus.DEALLOCATED;
    }

    @Override
    public int readRange(int block, int first, int length) {
        return NvmeStatus.SUCCESS;
    }

    @Override
    public int readableEnd(int block) {
        Condition condition = blocks.condition(block);
        if (condition == Condition.CLOSED) {
            return blocks.written(block);
        }
        if (condition != Condition.OPEN) {
            return 0;
        }
        return blocks.isRandom(block) ? blocks.sectors(block) : blocks.written(block) - mwCunits;
    }

    @Override
    public int erase(int block, int sector) {
        if (block == NO_BLOCK) {
            return NvmeStatus.INVALID_RESET;
        }
        return switch (blocks.condition(block)) {
            case OFFLINE -> NvmeStatus.OFFLINE_CHUNK;
            case FREE -> eraseFree ? NvmeStatus.SUCCESS : NvmeStatus.INVALID_RESET;
            // A block that is written anywhere can't be closed: it is erased as it is.
            case OPEN -> eraseOpen || blocks.isRandom(block) ? NvmeStatus.SUCCESS : NvmeStatus.INVALID_RESET;
            default -> NvmeStatus.SUCCESS;
        };
    }

    @Override
    public int eraseRange(int block, int first, int length) {
        if (block != NO_BLOCK && (first != 0 || length != blocks.sectors(block))) {
            return NvmeStatus.LBA_OUT_OF_RANGE;
        }
        return erase(block, first);
    }

    @Override
    public int failedProgram() {
        return NvmeStatus.CHUNK_EARLY_CLOSE;
    }

    @Override
    public Condition afterFailedProgram() {
        return Condition.CLOSED;
    }

    @Override
    public int failedErase() {
        return NvmeStatus.INVALID_RESET;
    }
}
