package io.ocssd.geometry.emulator;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What commands do to the drive.
 *
 * <p>A program writes data, then OOB, then the state record, so that the image is consistent whenever the process dies:
 * what the write pointer does not cover yet was not programmed. Not thread-safe: an {@link Engine} guards the LUNs that a
 * command touches while it executes.
 */
final class Media {
    private final Geometry geometry;
    private final Limits limits;
    private final boolean payload;
    private final ImageLayout layout;
    private final Backing backing;
    private final BlockTable table;
    private final ProgramRules rules;

    Media(CreationParameters parameters, ImageLayout layout, Backing backing, BlockTable table) {
        this.geometry = parameters.geometry();
        this.limits = parameters.limits();
        this.payload = parameters.payload();
        this.layout = layout;
        this.backing = backing;
        this.table = table;
        this.rules = new ProgramRules(geometry, limits, table);
    }

    Geometry geometry() {
        return geometry;
    }

    Limits limits() {
        return limits;
    }

    BlockTable table() {
        return table;
    }

    ProgramRules rules() {
        return rules;
    }

    /** Executes a command; its slot says afterwards how it ended. */
    void execute(CommandSlot slot) {
        switch (slot.operation()) {
            case READ -> read(slot);
            case WRITE -> program(slot);
            case ERASE -> erase(slot);
            case COPY, APPEND, FINISH, OPEN, CLOSE -> slot.fail(NvmeStatus.INVALID_OPCODE, 0, slot.count());
        }
    }

    /** Fills the rows of one LUN. */
    void report(int lun, BlockReport report) {
        table.report(lun, report);
    }

    /** Where its bytes are. */
    Backing backing() {
        return backing;
    }

    /** Whether {@link #commit} does anything. */
    boolean commits() {
        return backing instanceof JournaledBacking;
    }

    /** Makes durable what was done so far, to the degree that was asked for. */
    void commit() throws IOException {
        backing.commit();
    }

    /** Lets go of the bytes. */
    void close() {
        backing.close();
    }

    private void read(CommandSlot slot) {
        for (int from = 0, to; from < slot.count(); from = to) {
            to = slot.endOfAscent(from);
            int readable = readable(slot, from, to);
            if (readable > 0) {
                readRun(slot, from, readable);
            }
            // Inside an ascending run of one block everything behind the first unreadable sector is unreadable as well.
            if (from + readable < to) {
                boolean broken = slot.status() == NvmeStatus.INTERNAL_ERROR;
                slot.fail(broken ? NvmeStatus.INTERNAL_ERROR : NvmeStatus.DEALLOCATED, from + readable, to);
            }
        }
    }

    /** How many sectors of an ascending run can be read, from its beginning. */
    private int readable(CommandSlot slot, int from, int to) {
        int block = slot.block(from);
        return block < 0 ? 0 : Math.max(0, Math.min(to - from, readableEnd(block) - slot.sector(from)));
    }

    /** First sector of a block that can't be read. */
    private int readableEnd(int block) {
        return switch (table.state(block)) {
            case CLOSED -> table.writePointer(block);
            case OPEN -> table.writePointer(block) - limits.mwCunits();
            case FREE, OFFLINE -> 0;
        };
    }

    private void readRun(CommandSlot slot, int from, int length) {
        int block = slot.block(from);
        int sector = slot.sector(from);
        if (!payload) {
            return;
        }
        try {
            backing.read(slot.data(from, length), layout.dataOffset(block, sector));
            if (slot.hasOob()) {
                backing.read(slot.oob(from, length), layout.oobOffset(block, sector));
            }
        } catch (IOException e) {
            slot.fail(NvmeStatus.INTERNAL_ERROR, from, from + length);
        }
    }

    private void program(CommandSlot slot) {
        if (!rules.accept(slot)) {
            return;
        }
        for (int from = 0, to; from < slot.count(); from = to) {
            to = slot.endOfRun(from);
            boolean wasFree = table.state(slot.block(from)) == BlockState.FREE;
            if (!programRun(slot, from, to - from)) {
                slot.fail(NvmeStatus.INTERNAL_ERROR, from, to);
                if (wasFree && to - from < geometry.sectorsPerBlock()) {
                    rules.closed();
                }
            }
        }
    }

    /**
     * Programs sectors of one run, checked before.
     *
     * @return false when the image could not be written; the block is as it was then
     */
    boolean programRun(CommandSlot slot, int from, int length) {
        int block = slot.block(from);
        int writePointer = table.writePointer(block);
        try {
            if (payload) {
                keep(slot, from, length, block, writePointer);
            }
            advance(block, length, slot.record());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void keep(CommandSlot slot, int from, int length, int block, int sector) throws IOException {
        // One part at a time: data and OOB may be in the same buffer, and a buffer has one view of a part.
        backing.write(slot.data(from, length), layout.dataOffset(block, sector));
        if (geometry.oobBytes() > 0) {
            ByteBuffer oob = slot.hasOob() ? slot.oob(from, length) : slot.zeroOob(length);
            backing.write(oob, layout.oobOffset(block, sector));
        }
    }

    /** Moves the write pointer of a block that is free or open. */
    void advance(int block, int length, ByteBuffer record) throws IOException {
        int after = table.writePointer(block) + length;
        boolean wasOpen = table.state(block) == BlockState.OPEN;
        boolean fills = after == geometry.sectorsPerBlock();
        table.set(block, fills ? BlockState.CLOSED : BlockState.OPEN, after, table.erases(block), record);
        if (wasOpen && fills) {
            rules.closed();
        }
    }

    /** Changes what is stored of sectors without any rule, as torn commands do. */
    void scramble(int block, int sector, ByteBuffer data, ByteBuffer oob) throws IOException {
        if (!payload) {
            return;
        }
        backing.write(data, layout.dataOffset(block, sector));
        if (geometry.oobBytes() > 0) {
            backing.write(oob, layout.oobOffset(block, sector));
        }
    }

    private void erase(CommandSlot slot) {
        for (int i = 0; i < slot.count(); i++) {
            int status = eraseStatus(slot.block(i));
            if (status == NvmeStatus.SUCCESS && !eraseBlock(slot.block(i), slot.record())) {
                status = NvmeStatus.INTERNAL_ERROR;
            }
            if (status != NvmeStatus.SUCCESS) {
                slot.fail(status, i, i + 1);
            }
        }
    }

    /** What an erase of this block is answered. */
    int eraseStatus(int block) {
        if (block < 0) {
            return NvmeStatus.INVALID_RESET;
        }
        return switch (table.state(block)) {
            case OFFLINE -> NvmeStatus.OFFLINE_CHUNK;
            case FREE, OPEN -> NvmeStatus.INVALID_RESET;
            case CLOSED -> NvmeStatus.SUCCESS;
        };
    }

    /** Erases a closed block; false when the image could not be written. */
    boolean eraseBlock(int block, ByteBuffer record) {
        try {
            table.set(block, BlockState.FREE, 0, table.erases(block) + 1, record);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
