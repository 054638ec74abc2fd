package io.ocssd.geometry.decorator.faults;

import com.google.common.collect.ImmutableList;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.decorator.faults.BlockDamage.Condition;
import java.io.IOException;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is broken on a device. Belongs to a plan and not to the device, so that it outlasts the device's closing.
 *
 * <p>Thread-safe; what is not damaged costs a look at a bit and no lock.
 */
final class Damage {
    private final Geometry geometry;
    private final BlockBits damaged;
    private final Map<Integer, BlockDamage> blocks = new TreeMap<>();
    private final BitSet deadLuns = new BitSet();
    private Armed armed;
    private DamageFile file;
    private volatile IOException failure;

    Damage(Geometry geometry) {
        this.geometry = geometry;
        this.damaged = new BlockBits(geometry.blocks());
    }

    /** Tells who must look again at a block whose damage changes. */
    synchronized void lookedAtBy(Armed newArmed) {
        armed = newArmed;
        // What broke while it was made, too.
        for (int block : ImmutableList.copyOf(blocks.keySet())) {
            armed.look(block);
        }
        deadLuns.stream().forEach(this::lunChanged);
    }

    /** Writes every change to a file from now on. */
    synchronized void keepIn(DamageFile newFile) {
        file = newFile;
    }

    /** Why the file could not be written, or null. */
    IOException failure() {
        return failure;
    }

    boolean isDamaged(int block) {
        return damaged.get(block);
    }

    synchronized Condition condition(int block) {
        if (deadLuns.get(block / geometry.blocksPerLun())) {
            return Condition.DEAD;
        }
        BlockDamage of = blocks.get(block);
        return of == null ? Condition.GOOD : of.condition;
    }

    /** Write pointer of a block that was closed early. */
    synchronized int writePointer(int block) {
        return blocks.get(block).writePointer;
    }

    synchronized boolean resetFails(int block) {
        BlockDamage of = blocks.get(block);
        return of != null && of.resetFails;
    }

    synchronized boolean isUnreadable(int block, int sector) {
        BlockDamage of = blocks.get(block);
        return of != null && of.unreadable.get(sector);
    }

    /** A LUN dies. */
    synchronized void kill(int lun) {
        if (deadLuns.get(lun)) {
            return;
        }
        deadLuns.set(lun);
        write(() -> file.dead(lun));
        lunChanged(lun);
    }

    /** A block goes out of use. */
    synchronized void takeOffline(int block) {
        BlockDamage of = at(block);
        of.condition = Condition.OFFLINE;
        of.resetFails = false;
        of.unreadable.clear();
        write(() -> file.offline(block));
        changed(block);
    }

    /** A block is closed before it is full. */
    synchronized void closeEarly(int block, int writePointer, boolean resetFails) {
        BlockDamage of = at(block);
        if (of.condition != Condition.GOOD) {
            return;
        }
        of.condition = Condition.CLOSED;
        of.writePointer = writePointer;
        of.resetFails = resetFails;
        write(() -> file.closed(block, writePointer, resetFails));
        changed(block);
    }

    /** Sectors of a block can't be read any more. */
    synchronized void breakSectors(int block, int from, int to) {
        at(block).unreadable.set(from, to);
        write(() -> file.unreadable(block, from, to));
        changed(block);
    }

    /** A block was erased, which mends everything that can be mended. */
    synchronized void erased(int block) {
        BlockDamage of = blocks.get(block);
        if (of != null && of.condition != Condition.OFFLINE) {
            blocks.remove(block);
            write(() -> file.erased(block));
            changed(block);
        }
    }

    private BlockDamage at(int block) {
        return blocks.computeIfAbsent(block, each -> new BlockDamage());
    }

    private void changed(int block) {
        if (blocks.containsKey(block) || deadLuns.get(block / geometry.blocksPerLun())) {
            damaged.set(block);
        } else {
            damaged.clear(block);
        }
        if (armed != null) {
            armed.look(block);
        }
    }

    private void lunChanged(int lun) {
        for (int i = 0; i < geometry.blocksPerLun(); i++) {
            changed(lun * geometry.blocksPerLun() + i);
        }
    }

    private interface Write {
        void run() throws IOException;
    }

    private void write(Write write) {
        if (file == null) {
            return;
        }
        try {
            write.run();
        } catch (IOException e) {
            failure = e;
        }
    }

    /** Whether damage changes what a command does. */
    boolean concerns(IoCommand command) {
        int count = Addresses.count(command);
        boolean reads =
                command.operation() == IoCommand.Operation.READ || command.operation() == IoCommand.Operation.COPY;
        for (int i = 0; i < count; i++) {
            long ppa = Addresses.address(command, i);
            int block = Addresses.block(geometry, ppa);
            if (block != Addresses.NO_BLOCK
                    && isDamaged(block)
                    && (reads ? concernsRead(block, Ppa.sector(ppa)) : concernsOther(command.operation(), block))) {
                return true;
            }
        }
        for (int i = 0; i < command.destinationCount(); i++) {
            int block = Addresses.block(geometry, command.destination(i));
            if (block != Addresses.NO_BLOCK && isDamaged(block) && concernsOther(IoCommand.Operation.WRITE, block)) {
                return true;
            }
        }
        return false;
    }

    private synchronized boolean concernsRead(int block, int sector) {
        return switch (condition(block)) {
            case GOOD -> isUnreadable(block, sector);
            case CLOSED -> isUnreadable(block, sector) || sector >= writePointer(block);
            case OFFLINE, DEAD -> true;
        };
    }

    private synchronized boolean concernsOther(IoCommand.Operation operation, int block) {
        return switch (operation) {
            case ERASE -> true;
            case FINISH, OPEN, CLOSE -> condition(block) == Condition.OFFLINE || condition(block) == Condition.DEAD;
            case READ, WRITE, COPY, APPEND -> condition(block) != Condition.GOOD;
        };
    }

    /** Sets the rows of damaged blocks. */
    synchronized void show(BlockReport report) {
        for (Map.Entry<Integer, BlockDamage> each : blocks.entrySet()) {
            int block = each.getKey();
            switch (each.getValue().condition) {
                case CLOSED ->
                    report.set(block, BlockState.CLOSED, each.getValue().writePointer, report.eraseCount(block));
                case OFFLINE, DEAD -> takeOut(report, block);
                case GOOD -> {}
            }
        }
        for (int lun = deadLuns.nextSetBit(0); lun >= 0; lun = deadLuns.nextSetBit(lun + 1)) {
            for (int i = 0; i < geometry.blocksPerLun(); i++) {
                takeOut(report, lun * geometry.blocksPerLun() + i);
            }
        }
    }

    private static void takeOut(BlockReport report, int block) {
        report.set(block, BlockState.OFFLINE, report.writePointer(block), report.eraseCount(block));
    }

    /** Every damaged block; of dead LUNs all of them. */
    synchronized ImmutableList<DamagedBlock> list() {
        ImmutableList.Builder<DamagedBlock> list = ImmutableList.builder();
        for (int block = 0; block < geometry.blocks(); block++) {
            if (!isDamaged(block)) {
                continue;
            }
            Condition condition = condition(block);
            BlockDamage of = blocks.getOrDefault(block, new BlockDamage());
            BlockState state = switch (condition) {
                case GOOD -> null;
                case CLOSED -> BlockState.CLOSED;
                case OFFLINE, DEAD -> BlockState.OFFLINE;
            };
            list.add(new DamagedBlock(
                    geometry.blockPpa(block),
                    state,
                    condition == Condition.CLOSED ? of.writePointer : 0,
                    of.unreadable.stream().boxed().toList()));
        }
        return list.build();
    }

    /**
     * Drops damage that a device contradicts: what it lists as free was erased, and the erase took effect although nobody
     * was told, as when power is cut.
     */
    synchronized void agreeWith(BlockReport report) {
        for (int block : ImmutableList.copyOf(blocks.keySet())) {
            if (report.state(block) == BlockState.FREE) {
                erased(block);
            }
        }
    }

    /** Mends everything. */
    synchronized void mendAll() {
        write(() -> file.mended());
        ImmutableList<Integer> were = ImmutableList.copyOf(blocks.keySet());
        BitSet dead = (BitSet) deadLuns.clone();
        blocks.clear();
        deadLuns.clear();
        were.forEach(this::changed);
        dead.stream().forEach(this::lunChanged);
    }
}
