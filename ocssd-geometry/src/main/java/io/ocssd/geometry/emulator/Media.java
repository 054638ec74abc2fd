package io.ocssd.geometry.emulator;

import io.ocssd.device.BlockReport;
import io.ocssd.device.DurabilityClass;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import io.ocssd.geometry.address.DeviceAddressFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * What commands do to the drive: {@link BlockRules} and {@link ProgramRules} decide, {@link SectorStore} moves the data,
 * {@link BlockTable} keeps what became of the blocks.
 *
 * <p>A program writes data, then OOB, then the state record, so that the image is consistent whenever the process dies:
 * what the write pointer does not cover yet was not programmed. Not thread-safe: an {@link Engine} guards the LUNs that a
 * command touches while it executes.
 */
final class Media {
    private final CreationParameters parameters;
    private final Backing backing;
    private final BlockTable table;
    private final BlockStates blocks;
    private final SectorStore store;
    private final BlockRules rules;
    /** The same as {@link #rules} on a zoned drive, else null. */
    private final ZoneRules zones;
    /** Null when any number of blocks may be open. */
    private final OpenPlaces places;

    /** Whether any number of blocks may be open, all of them chunks that are written in order. */
    private final boolean isUsual;

    private final ProgramRules programs;
    private final SectorReads reads;
    private final LostSectors lost;
    private final Features features = new Features();
    private final DeviceAddressFormat addresses;
    /** Null when the cells never fail. */
    private MediaFaults faults;
    /** Null when nobody wants to know. */
    private WearWatch wear;

    Media(CreationParameters parameters, ImageLayout layout, Backing backing, BlockTable table, LostSectors lost) {
        this.parameters = parameters;
        this.backing = backing;
        this.table = table;
        this.blocks = table.states();
        this.store = new SectorStore(parameters, layout, backing);
        this.zones = parameters.capabilities().zoned() ? new ZoneRules(blocks, parameters.limits()) : null;
        this.rules = zones == null ? new ChunkRules(blocks, parameters.limits(), parameters.capabilities()) : zones;
        this.places = places(parameters, blocks);
        this.programs = new ProgramRules(blocks, rules, places);
        this.lost = lost;
        this.addresses = new DeviceAddressFormat(parameters.geometry());
        this.reads = new SectorReads(blocks, rules, store, lost, features);
        this.isUsual = zones == null && places == null && parameters.media().randomBlocks() == 0;
        faults(parameters.media().wearsOut() ? new WearFaults(parameters) : null);
    }

    private static OpenPlaces places(CreationParameters parameters, BlockStates blocks) {
        Limits limits = parameters.limits();
        if (parameters.capabilities().zoned()) {
            return limits.maxOpen() > 0 || limits.maxActive() > 0 ? new ZonePlaces(blocks, limits) : null;
        }
        return limits.maxOpen() > 0 || limits.maxOpenPerLun() > 0 ? new ChunkPlaces(blocks, limits) : null;
    }

    /** Sets what the cells fail; null when they never do. Before the first command. */
    void faults(MediaFaults newFaults) {
        faults = newFaults;
        reads.faults(newFaults);
    }

    /** Sets where uneven wear is told. Before the first command. */
    void notifications(NotificationLog log) {
        wear = parameters.media().wearThreshold() > 0 ? new WearWatch(parameters.media(), blocks, log) : null;
    }

    Geometry geometry() {
        return parameters.geometry();
    }

    Limits limits() {
        return parameters.limits();
    }

    BlockTable table() {
        return table;
    }

    /** What its blocks are like, to be looked at. */
    BlockStates blocks() {
        return blocks;
    }

    /** What of a completed program survives a power cut. */
    DurabilityClass durability() {
        return parameters.durability();
    }

    Features features() {
        return features;
    }

    /** Executes a command; its slot says afterwards how it ended. */
    void execute(CommandSlot slot) {
        if (slot.isRead()) {
            read(slot);
        } else if (slot.programs()) {
            program(slot);
        } else if (slot.operation() == IoCommand.Operation.ERASE) {
            erase(slot);
        } else {
            manage(slot);
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

    /** Makes durable what was done so far, in a way that later commands can't put into question. */
    void force() throws IOException {
        backing.force();
    }

    /** Lets go of the bytes. */
    void close() {
        backing.close();
    }

    private void read(CommandSlot slot) {
        if (slot.sectors() > Limits.MAX_ADDRESSES) {
            slot.failAll(NvmeStatus.INVALID_FIELD);
            return;
        }
        if (slot.isScalar()) {
            int status = rules.readRange(slot.block(0), slot.sector(0), slot.count());
            if (status != NvmeStatus.SUCCESS) {
                slot.failAll(status);
                return;
            }
        }
        reads.read(slot);
    }

    private void program(CommandSlot slot) {
        if (isUsual && slot.isUsualWrite()) {
            programUsual(slot);
            return;
        }
        if (!accept(slot)) {
            return;
        }
        AddressList target = slot.written();
        for (int from = 0, to; from < target.count(); from = to) {
            to = target.endOfRun(from);
            programRun(slot, from, to - from);
        }
        if (slot.opened() != 0) {
            programs.settle(slot);
        }
    }

    /** What {@link #program} comes to on a drive without peculiarities, when a write is of sectors of one block that follow each other. */
    private void programUsual(CommandSlot slot) {
        int block = slot.block(0);
        int length = slot.count();
        int status = rules.program(block, slot.sector(0), length, true, false);
        if (status != NvmeStatus.SUCCESS) {
            slot.failAll(status);
            return;
        }
        if (faults != null) {
            programRun(slot, 0, length);
            return;
        }
        try {
            // It was accepted, so it is where the block goes on.
            int written = slot.sector(0);
            store.keep(slot, 0, length, block, written);
            boolean fills = written + length == blocks.sectors(block);
            table.advance(block, fills ? Condition.CLOSED : Condition.OPEN, written + length, slot.record());
        } catch (IOException e) {
            slot.failAll(NvmeStatus.INTERNAL_ERROR);
        }
    }

    /**
     * Checks a program of any kind, and gets it ready: an append knows its addresses then, a copy has its data.
     *
     * @return false when it was refused; the slot says why
     */
    boolean accept(CommandSlot slot) {
        boolean isWrite = slot.operation() == IoCommand.Operation.WRITE;
        int status = isWrite ? NvmeStatus.SUCCESS : opcodeStatus(slot.operation());
        if (status == NvmeStatus.SUCCESS && slot.sectors() > Limits.MAX_ADDRESSES) {
            status = NvmeStatus.INVALID_FIELD;
        }
        if (status != NvmeStatus.SUCCESS) {
            slot.failAll(status);
            return false;
        }
        if (!isWrite && !(slot.operation() == IoCommand.Operation.APPEND ? place(slot) : fetch(slot))) {
            return false;
        }
        return programs.accept(slot);
    }

    /** Whether the drive knows a command at all. */
    private int opcodeStatus(IoCommand.Operation operation) {
        boolean known = switch (operation) {
            case READ, WRITE, ERASE -> true;
            case COPY -> parameters.capabilities().copy();
            case APPEND, FINISH, OPEN, CLOSE -> parameters.capabilities().zoned();
        };
        return known ? NvmeStatus.SUCCESS : NvmeStatus.INVALID_OPCODE;
    }

    private boolean place(CommandSlot slot) {
        int block = slot.block(0);
        int status = zones.append(block, slot.sector(0), slot.count());
        if (status != NvmeStatus.SUCCESS) {
            slot.failAll(status);
            return false;
        }
        slot.placeAt(blocks.written(block));
        return true;
    }

    private boolean fetch(CommandSlot slot) {
        reads.read(slot);
        // What should be moved soon is moved just now.
        slot.forgetHighEcc();
        return slot.isGood();
    }

    /**
     * Programs {@code length} addresses of a run that was accepted; what fails of them is said by the slot.
     *
     * @return whether all of them were programmed
     */
    boolean programRun(CommandSlot slot, int from, int length) {
        int block = slot.written().block(from);
        try {
            if (blocks.isRandom(block)) {
                programAnywhere(slot, from, length, block);
                return true;
            }
            int good = faults == null
                    ? length
                    : faults.programmed(block, blocks.erases(block), blocks.written(block), length);
            if (good > 0) {
                store.keep(slot, from, good, block, blocks.written(block));
            }
            if (good == length) {
                advance(block, length, slot.record());
                return true;
            }
            set(block, rules.afterFailedProgram(), blocks.written(block) + good, blocks.erases(block), slot.record());
            slot.fail(rules.failedProgram(), from + good, from + length);
            return false;
        } catch (IOException e) {
            slot.fail(NvmeStatus.INTERNAL_ERROR, from, from + length);
            return false;
        }
    }

    private void programAnywhere(CommandSlot slot, int from, int length, int block) throws IOException {
        AddressList target = slot.written();
        if (blocks.condition(block) == Condition.FREE) {
            // Sectors that nobody wrote since the erase, even one that was cut, read as zeros.
            store.clear(block, blocks.sectors(block));
        }
        for (int at = from, to; at < from + length; at = to) {
            to = Math.min(from + length, target.endOfAscent(at));
            store.keep(slot, at, to - at, block, target.sector(at));
        }
        if (blocks.condition(block) == Condition.FREE) {
            set(block, Condition.OPEN, 0, blocks.erases(block), slot.record());
        }
    }

    /** Counts a block among the open ones, if it is open now, whether there is a place for it or not. */
    boolean countIfOpen(int block) {
        boolean open = places != null && blocks.condition(block).isActive();
        if (open) {
            places.takeAnyway(block);
        }
        return open;
    }

    /** Moves the write pointer of a block that takes writes; a zone that is not open is opened, for which it may park another. */
    void advance(int block, int length, ByteBuffer record) throws IOException {
        int after = blocks.written(block) + length;
        Condition before = blocks.condition(block);
        Condition condition;
        if (after == blocks.sectors(block)) {
            condition = Condition.CLOSED;
        } else if (before.isOpen()) {
            condition = before;
        } else {
            parkForAnother(record);
            condition = Condition.OPEN;
        }
        set(block, condition, after, blocks.erases(block), record);
    }

    private void parkForAnother(ByteBuffer record) throws IOException {
        int parked = places == null ? OpenPlaces.NONE : places.toPark();
        if (parked != OpenPlaces.NONE) {
            set(parked, Condition.PARKED, blocks.written(parked), blocks.erases(parked), record);
        }
    }

    private void set(int block, Condition condition, int written, int erases, ByteBuffer record) throws IOException {
        Condition before = blocks.condition(block);
        table.set(block, condition, written, erases, record);
        if (places != null && condition != before) {
            places.moved(block, before, condition);
        }
    }

    /** Loses sectors of a block, as power cuts do. */
    void lose(int block, BitSet sectors) throws IOException {
        lost.lose(block, sectors, blocks.erases(block));
    }

    /** Changes what is stored of sectors without any rule, as torn commands do. */
    void scramble(int block, int sector, ByteBuffer data, ByteBuffer oob) throws IOException {
        store.keep(block, sector, data, oob);
    }

    private void erase(CommandSlot slot) {
        for (int i = 0; i < slot.count(); i++) {
            int status = eraseStatus(slot, i);
            if (status == NvmeStatus.SUCCESS) {
                status = eraseBlock(slot.block(i), slot.record());
            }
            if (status != NvmeStatus.SUCCESS) {
                slot.fail(status, i, i + 1);
            }
            if (zones == null && slot.wantsDescriptors() && slot.block(i) != BlockRules.NO_BLOCK) {
                long address = addresses.pack(parameters.geometry().blockPpa(slot.block(i)));
                table.descriptor(slot.block(i), address).encode(slot.descriptor(i), 0);
            }
        }
    }

    /** What the erase of entry {@code index} of a command is answered, as far as the rules go. */
    int eraseStatus(CommandSlot slot, int index) {
        int block = slot.block(index);
        return slot.isScalar()
                ? rules.eraseRange(block, slot.sector(index), slot.sectors())
                : rules.erase(block, slot.sector(index));
    }

    /** Erases a block that the rules allow to erase; returns the status. */
    int eraseBlock(int block, ByteBuffer record) {
        int erases = blocks.erases(block);
        try {
            if (faults != null && faults.eraseFails(block, erases)) {
                set(block, Condition.OFFLINE, 0, erases, record);
                return rules.failedErase();
            }
            boolean wornOut = parameters.media().wearsOut()
                    && parameters.media().wearIndex(erases + 1) == MediaTraits.MAX_WEAR_INDEX;
            set(block, wornOut ? Condition.OFFLINE : Condition.FREE, 0, erases + 1, record);
            lost.erased(block);
            store.discard(block);
        } catch (IOException e) {
            return NvmeStatus.INTERNAL_ERROR;
        }
        if (wear != null) {
            wear.erased(block, erases + 1);
        }
        return NvmeStatus.SUCCESS;
    }

    private void manage(CommandSlot slot) {
        if (zones == null) {
            slot.failAll(NvmeStatus.INVALID_OPCODE);
            return;
        }
        for (int i = 0; i < slot.count(); i++) {
            int status = manage(slot.operation(), slot.block(i), slot.sector(i), slot.record());
            if (status != NvmeStatus.SUCCESS) {
                slot.fail(status, i, i + 1);
            }
        }
    }

    private int manage(IoCommand.Operation operation, int block, int sector, ByteBuffer record) {
        try {
            return switch (operation) {
                case FINISH -> finish(block, sector, record);
                case OPEN -> open(block, sector, record);
                case CLOSE -> close(block, sector, record);
                default -> throw new IllegalArgumentException("operation=" + operation);
            };
        } catch (IOException e) {
            return NvmeStatus.INTERNAL_ERROR;
        }
    }

    private int finish(int block, int sector, ByteBuffer record) throws IOException {
        int status = zones.finish(block, sector);
        if (status == NvmeStatus.SUCCESS && blocks.condition(block) != Condition.CLOSED) {
            set(block, Condition.CLOSED, blocks.written(block), blocks.erases(block), record);
        }
        return status;
    }

    private int open(int block, int sector, ByteBuffer record) throws IOException {
        int status = zones.open(block, sector);
        if (status != NvmeStatus.SUCCESS || blocks.condition(block) == Condition.EXPLICITLY_OPEN) {
            return status;
        }
        boolean isFree = blocks.condition(block) == Condition.FREE;
        if (places != null && !blocks.condition(block).isOpen()) {
            status = places.take(block);
            if (status != NvmeStatus.SUCCESS) {
                return status;
            }
        }
        try {
            if (!blocks.condition(block).isOpen()) {
                parkForAnother(record);
            }
            set(block, Condition.EXPLICITLY_OPEN, blocks.written(block), blocks.erases(block), record);
        } catch (IOException e) {
            if (places != null && isFree) {
                places.giveBack(block);
            }
            throw e;
        }
        return status;
    }

    private int close(int block, int sector, ByteBuffer record) throws IOException {
        int status = zones.close(block, sector);
        if (status == NvmeStatus.SUCCESS && blocks.condition(block).isOpen()) {
            set(block, Condition.PARKED, blocks.written(block), blocks.erases(block), record);
        }
        return status;
    }
}
