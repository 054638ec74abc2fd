package io.ocssd.geometry.emulator;

import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;

/**
 * The rules of NVMe Zoned Namespaces.
 *
 * <p>A program is checked in this order, the first that fails decides: the zone exists (0x080), is not full (0x1B9), read only
 * (0x1BA) or offline (0x1BB), the run is a multiple of wsMin (0x002), ascends one by one from the write pointer on and is the
 * only one of its zone (0x1BC), and ends inside the zone (0x1B8). An append names the start of a zone (0x002) and is else
 * checked alike. A zone ends where its capacity does.
 *
 * <p>Stateless; thread-safe as far as the states are.
 */
final class ZoneRules implements BlockRules {
    private final BlockStates blocks;
    private final int wsMin;
    private final int mwCunits;

    ZoneRules(BlockStates blocks, Limits limits) {
        this.blocks = blocks;
        this.wsMin = limits.wsMin();
        this.mwCunits = limits.mwCunits();
    }

    @Override
    public int program(int block, int first, int length, boolean ascends, boolean again) {
        int status = takesWrites(block, length);
        if (status != NvmeStatus.SUCCESS) {
            return status;
        }
        if (!ascends || again || first != blocks.written(block)) {
            return NvmeStatus.ZONE_INVALID_WRITE;
        }
        return fits(block, length);
    }

    @Override
    public int programAnywhere(int block, int end) {
        throw new IllegalStateException("block=" + block + ": no zone is written anywhere");
    }

    /**
     * A program of {@code length} sectors to wherever the write pointer is.
     *
     * @param first sector of the address that the command names
     */
    int append(int block, int first, int length) {
        if (block != NO_BLOCK && first != 0) {
            return NvmeStatus.INVALID_FIELD;
        }
        int status = takesWrites(block, length);
        return status == NvmeStatus.SUCCESS ? fits(block, length) : status;
    }

    private int takesWrites(int block, int length) {
        if (block == NO_BLOCK) {
            return NvmeStatus.LBA_OUT_OF_RANGE;
        }
        return switch (blocks.condition(block)) {
            case CLOSED -> NvmeStatus.ZONE_FULL;
            case READ_ONLY -> NvmeStatus.ZONE_READ_ONLY;
            case OFFLINE -> NvmeStatus.ZONE_OFFLINE;
            default -> length % wsMin == 0 ? NvmeStatus.SUCCESS : NvmeStatus.INVALID_FIELD;
        };
    }

    private int fits(int block, int length) {
        return blocks.written(block) + length > blocks.sectors(block) ? NvmeStatus.ZONE_BOUNDARY : NvmeStatus.SUCCESS;
    }

    @Override
    public int unreadable(int block) {
        if (block == NO_BLOCK) {
            return NvmeStatus.LBA_OUT_OF_RANGE;
        }
        return blocks.condition(block) == Condition.OFFLINE ? NvmeStatus.ZONE_OFFLINE : NvmeStatus.DEALLOCATED;
    }

    @Override
    public int readRange(int block, int first, int length) {
        if (block == NO_BLOCK) {
            return NvmeStatus.LBA_OUT_OF_RANGE;
        }
        int end = blocks.sectors(block);
        return first < end && first + length > end ? NvmeStatus.ZONE_BOUNDARY : NvmeStatus.SUCCESS;
    }

    @Override
    public int readableEnd(int block) {
        return switch (blocks.condition(block)) {
            case OPEN, EXPLICITLY_OPEN, PARKED -> blocks.written(block) - mwCunits;
            case CLOSED, READ_ONLY -> blocks.written(block);
            case FREE, OFFLINE -> 0;
        };
    }

    @Override
    public int erase(int block, int sector) {
        int status = names(block, sector);
        if (status != NvmeStatus.SUCCESS) {
            return status;
        }
        return switch (blocks.condition(block)) {
            case READ_ONLY, OFFLINE -> NvmeStatus.INVALID_ZONE_TRANSITION;
            default -> NvmeStatus.SUCCESS;
        };
    }

    /** Whether an address is the start of a zone, which is what commands for whole zones must name. */
    private static int names(int block, int sector) {
        if (block == NO_BLOCK) {
            return NvmeStatus.LBA_OUT_OF_RANGE;
        }
        return sector == 0 ? NvmeStatus.SUCCESS : NvmeStatus.INVALID_FIELD;
    }

    @Override
    public int eraseRange(int block, int first, int length) {
        if (block != NO_BLOCK && first == 0 && length != blocks.sectors(block)) {
            return NvmeStatus.LBA_OUT_OF_RANGE;
        }
        return erase(block, first);
    }

    /** A finish of a zone. */
    int finish(int block, int sector) {
        int status = names(block, sector);
        if (status != NvmeStatus.SUCCESS) {
            return status;
        }
        return switch (blocks.condition(block)) {
            case READ_ONLY, OFFLINE -> NvmeStatus.INVALID_ZONE_TRANSITION;
            default -> NvmeStatus.SUCCESS;
        };
    }

    /** An explicit open of a zone. */
    int open(int block, int sector) {
        int status = names(block, sector);
        if (status != NvmeStatus.SUCCESS) {
            return status;
        }
        return switch (blocks.condition(block)) {
            case CLOSED, READ_ONLY, OFFLINE -> NvmeStatus.INVALID_ZONE_TRANSITION;
            default -> NvmeStatus.SUCCESS;
        };
    }

    /** A close of a zone. */
    int close(int block, int sector) {
        int status = names(block, sector);
        if (status != NvmeStatus.SUCCESS) {
            return status;
        }
        return blocks.condition(block).isActive() ? NvmeStatus.SUCCESS : NvmeStatus.INVALID_ZONE_TRANSITION;
    }

    @Override
    public int failedProgram() {
        return NvmeStatus.WRITE_FAULT;
    }

    @Override
    public Condition afterFailedProgram() {
        return Condition.READ_ONLY;
    }

    @Override
    public int failedErase() {
        return NvmeStatus.ZONE_OFFLINE;
    }
}
