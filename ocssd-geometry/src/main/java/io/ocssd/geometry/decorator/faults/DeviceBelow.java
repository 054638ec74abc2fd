package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.Capabilities;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.decorator.faults.BlockDamage.Condition;
import java.io.IOException;
import java.util.BitSet;

/** The decorated device as interventions see it, and what they keep beside it. Thread-safe. */
final class DeviceBelow {
    final Geometry geometry;
    final Limits limits;
    final Capabilities capabilities;
    final Faults faults;
    final Damage damage;
    final FaultyAdmin admin;
    final Adjustments adjustments = new Adjustments();
    private final FlashDevice device;
    private final BitSet randomBlocks = new BitSet();
    /** Sectors of each block, or null when all are of the same size. */
    private final int[] sectors;

    DeviceBelow(FlashDevice device, Faults faults, BlockReport report) {
        this.device = device;
        this.geometry = device.geometry();
        this.limits = device.limits();
        this.capabilities = device.capabilities();
        this.faults = faults;
        this.damage = faults.damageNow();
        this.admin = new FaultyAdmin(device.admin(), this);
        boolean deviates = false;
        for (int block = 0; block < geometry.blocks(); block++) {
            randomBlocks.set(block, report.type(block) == BlockType.RANDOM);
            deviates |= report.sectors(block) != geometry.sectorsPerBlock();
        }
        this.sectors = deviates ? new int[geometry.blocks()] : null;
        for (int block = 0; deviates && block < geometry.blocks(); block++) {
            sectors[block] = report.sectors(block);
        }
    }

    /** How it is now, without what the plan adds. */
    BlockReport report() throws GoneException {
        return device.report();
    }

    /** Throws when damage could not be written to its file: what the plan promises can't be kept then. */
    void checkKept() throws GoneException {
        IOException failure = damage.failure();
        if (failure != null) {
            throw new GoneException(
                    "the damage file could not be written: " + failure.getMessage(), "make room and open it again");
        }
    }

    /** What a read is answered of a sector of a block that has lost it. */
    int unreadable(int block) {
        boolean isGone = capabilities.zoned() && damage.condition(block) == BlockDamage.Condition.OFFLINE;
        return isGone ? NvmeStatus.ZONE_OFFLINE : NvmeStatus.DEALLOCATED;
    }

    int sectors(int block) {
        return sectors == null ? geometry.sectorsPerBlock() : sectors[block];
    }

    /** Whether a block is written anywhere. */
    boolean isRandom(int block) {
        return randomBlocks.get(block);
    }

    /** Whether the device refuses a command as a whole, whatever the state of its blocks is. */
    boolean refusesAnyway(IoCommand command) {
        return switch (command.operation()) {
            case READ -> capabilities.zoned() && command.isScalar() && crossesEnd(command);
            case COPY -> !capabilities.copy();
            case APPEND, FINISH, OPEN, CLOSE -> !capabilities.zoned();
            case WRITE, ERASE -> false;
        };
    }

    private boolean crossesEnd(IoCommand range) {
        int block = block(range.address(0));
        int first = Ppa.sector(range.address(0));
        return block >= 0 && first < sectors(block) && first + range.sectors() > sectors(block);
    }

    /** Linear number of an address's block, or {@link Addresses#NO_BLOCK}. */
    int block(long ppa) {
        return Addresses.block(geometry, ppa);
    }

    /**
     * An address of a block that the device does not have.
     *
     * @param besides it is of another block than this address, which may be of none either
     */
    long nowhere(long besides) {
        int number = Ppa.block(besides) == 0 ? 1 : 0;
        if (geometry.channels() < Ppa.MAX_CHANNELS) {
            return Ppa.of(geometry.channels(), 0, number, 0);
        }
        return geometry.lunsPerChannel() < Ppa.MAX_CHANNELS
                ? Ppa.of(0, geometry.lunsPerChannel(), number, 0)
                : Ppa.of(0, 0, Ppa.MAX_BLOCKS - 1 - number, 0);
    }

    /** What a program of such a block is answered. */
    int nowhereRefusal() {
        return capabilities.zoned() ? NvmeStatus.LBA_OUT_OF_RANGE : NvmeStatus.WRITE_FAULT;
    }

    /**
     * Whether neither a report nor the plan tells whether a sector was written: a zone that was finished looks full. What the
     * plan has broken was written.
     */
    boolean isUncertain(BlockReport report, long ppa) {
        int block = block(ppa);
        return capabilities.zoned()
                && report.state(block) == BlockState.CLOSED
                && damage.condition(block) == Condition.GOOD
                && !damage.isUnreadable(block, Ppa.sector(ppa));
    }

    /** Whether the device lets a sector be read, as far as a report tells. */
    boolean isReadable(BlockReport report, long ppa) {
        int block = block(ppa);
        if (block < 0) {
            return false;
        }
        int end = switch (report.state(block)) {
            case FREE, OFFLINE -> 0;
            case OPEN -> isRandom(block) ? sectors(block) : report.writePointer(block) - limits.mwCunits();
            case CLOSED -> report.writePointer(block);
        };
        return Ppa.sector(ppa) < end;
    }

    /** Whether the device would erase a block in this state. */
    boolean isErasable(int block, BlockState state) {
        return switch (state) {
            case CLOSED -> true;
            case FREE -> capabilities.eraseFree();
            case OPEN -> capabilities.eraseOpen() || isRandom(block);
            case OFFLINE -> false;
        };
    }

    /**
     * What a program that a fault hits is answered.
     *
     * @param closes whether its block is closed
     */
    int programFailure(boolean closes, int block) {
        if (isRandom(block)) {
            return NvmeStatus.WRITE_FAULT;
        }
        return closes ? NvmeStatus.CHUNK_EARLY_CLOSE : NvmeStatus.WRITE_NEXT_UNIT;
    }

    /** What a program of a damaged block is answered. */
    int programRefusal(Condition condition) {
        if (!capabilities.zoned()) {
            return NvmeStatus.WRITE_FAULT;
        }
        return condition == Condition.CLOSED ? NvmeStatus.ZONE_FULL : NvmeStatus.ZONE_OFFLINE;
    }

    /** What an erase of a block that is out of use is answered. */
    int eraseRefusal() {
        return capabilities.zoned() ? NvmeStatus.INVALID_ZONE_TRANSITION : NvmeStatus.OFFLINE_CHUNK;
    }
}
