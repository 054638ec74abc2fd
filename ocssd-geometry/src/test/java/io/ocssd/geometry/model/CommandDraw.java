package io.ocssd.geometry.model;

import io.ocssd.device.IoCommand.Operation;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Draws commands for one queue: mostly good ones, going on from what is under way, and some that are wrong in one way or
 * another.
 */
final class CommandDraw {
    private static final byte[][] NOTHING = {};

    private final DriveModel drive;
    private final SplittableRandom random;
    private final List<Long> own = new ArrayList<>();
    /** Where write pointers will be when all goes well that is under way. */
    private final Map<Long, Integer> planned = new HashMap<>();

    /** For the blocks that are {@code queue} modulo {@code queues}. */
    CommandDraw(DriveModel drive, SplittableRandom random, int queue, int queues) {
        this.drive = drive;
        this.random = random;
        int index = 0;
        for (long each : drive.blocks.keySet()) {
            if (index++ % queues == queue) {
                own.add(each);
            }
        }
    }

    /** Nothing is under way for a block any more. */
    void settled(long block) {
        planned.remove(block);
    }

    ModelCommand draw(int number) {
        int dice = random.nextInt(100);
        if (dice < 45) {
            return write(number);
        }
        if (dice < 65) {
            return read(number);
        }
        if (dice < 80) {
            return erase(number);
        }
        if (dice < (drive.capabilities.copy() ? 92 : 81)) {
            return copy(number);
        }
        return drive.isZoned() || chance(30) ? manage(number) : write(number);
    }

    private ModelCommand manage(int number) {
        Operation operation = new Operation[] {Operation.FINISH, Operation.OPEN, Operation.CLOSE}[random.nextInt(3)];
        long[] zones = new long[random.nextInt(5) == 0 ? 2 : 1];
        Arrays.setAll(zones, i -> Ppa.withSector(chance(4) ? anyBlock() : writable(), someSector()));
        for (long each : zones) {
            if (operation == Operation.FINISH) {
                planned.put(Ppa.blockOf(each), sectorsOf(Ppa.blockOf(each)));
            }
        }
        return command(number, operation, zones, 0, new long[0], 0);
    }

    /** Of an address that means a whole block: any will do, but on a zoned drive. */
    private int someSector() {
        return drive.isZoned() && !chance(10) ? 0 : random.nextInt(3);
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private long ownBlock() {
        return own.get(random.nextInt(own.size()));
    }

    /** Mostly a block of the queue, now and then one that does not exist. */
    private long anyBlock() {
        if (!chance(60)) {
            return ownBlock();
        }
        return switch (random.nextInt(3)) {
            case 0 -> Ppa.of(drive.geometry.channels(), 0, 0, 0);
            case 1 -> Ppa.of(0, drive.geometry.lunsPerChannel(), 0, 0);
            default -> Ppa.of(0, 0, drive.geometry.blocksPerLun(), 0);
        };
    }

    private int pointer(long block) {
        ModelBlock known = drive.blocks.get(block);
        return planned.getOrDefault(block, known == null ? 0 : known.written);
    }

    private int sectorsOf(long block) {
        ModelBlock known = drive.blocks.get(block);
        return known == null ? drive.geometry.sectorsPerBlock() : known.sectors;
    }

    /** One of the blocks of the queue that are like this; any block when there is none, or now and then. */
    private long choose(Predicate<ModelBlock> wanted) {
        List<Long> some =
                own.stream().filter(each -> wanted.test(drive.blocks.get(each))).toList();
        return some.isEmpty() || chance(30) ? anyBlock() : some.get(random.nextInt(some.size()));
    }

    private boolean isFull(ModelBlock block) {
        return !block.isRandom() && pointer(block.ppa) >= block.sectors;
    }

    private boolean takesWrites(ModelBlock block) {
        return block.state != ModelBlock.State.OFFLINE && block.state != ModelBlock.State.READ_ONLY && !isFull(block);
    }

    /** A block that will take writes, as far as can be known. */
    private long writable() {
        boolean limited = drive.limits.maxOpen() + drive.limits.maxOpenPerLun() + drive.limits.maxActive() > 0;
        if (limited && !chance(3)) {
            return choose(each -> takesWrites(each) && pointer(each.ppa) > 0);
        }
        return choose(this::takesWrites);
    }

    private boolean isAllFull() {
        return own.stream().noneMatch(each -> takesWrites(drive.blocks.get(each)));
    }

    /** A stretch to write to: mostly where the pointer will be, and of a proper size. */
    private long[] run(long block, int most) {
        int n = drive.limits.wsMin();
        ModelBlock known = drive.blocks.get(block);
        boolean anywhere = known != null && known.isRandom();
        int first = anywhere ? random.nextInt(known.sectors) : pointer(block);
        int left = sectorsOf(block) - first;
        int sectors = chance(3) && left > 0 ? left : n * (1 + random.nextInt(4));
        if (left > 0 && !chance(20)) {
            sectors = Math.min(sectors, left);
        }
        if (anywhere) {
            sectors = 1 + random.nextInt(Math.min(left, 6));
        }
        if (chance(40)) {
            sectors += random.nextBoolean() ? 1 : -1;
        }
        if (chance(40)) {
            first = Math.max(0, first + (random.nextBoolean() ? n : -n));
        }
        sectors = Math.max(1, Math.min(sectors, most));
        long[] run = new long[sectors];
        for (int i = 0; i < sectors; i++) {
            run[i] = Ppa.withSector(block, first + i);
        }
        if (chance(60) && sectors > 1) {
            long swapped = run[0];
            run[0] = run[sectors - 1];
            run[sectors - 1] = swapped;
        }
        if (!anywhere) {
            planned.put(block, first + sectors);
        }
        return run;
    }

    private long[] runs() {
        long[] all = new long[0];
        for (int left = chance(3) ? 1 + random.nextInt(4) : 1; left > 0 && all.length < 60; left--) {
            long[] run = run(writable(), Limits.MAX_ADDRESSES - all.length);
            int end = all.length;
            all = Arrays.copyOf(all, end + run.length);
            System.arraycopy(run, 0, all, end, run.length);
        }
        return all;
    }

    private ModelCommand write(int number) {
        if (isAllFull() && !chance(8)) {
            return erase(number);
        }
        if (drive.isZoned() && chance(3)) {
            return append(number);
        }
        if (chance(4)) {
            long block = writable();
            int most = chance(10) ? Limits.MAX_ADDRESSES + 8 : Limits.MAX_ADDRESSES;
            long[] run = run(block, most);
            Arrays.sort(run);
            return command(number, Operation.WRITE, new long[] {run[0]}, run.length, new long[0], run.length);
        }
        long[] all = runs();
        return command(number, Operation.WRITE, all, 0, new long[0], all.length);
    }

    private ModelCommand append(int number) {
        long zone = writable();
        int sectors = run(zone, chance(10) ? Limits.MAX_ADDRESSES + 8 : Limits.MAX_ADDRESSES).length;
        long address = chance(20) ? Ppa.withSector(zone, 1 + random.nextInt(3)) : zone;
        return command(number, Operation.APPEND, new long[] {address}, sectors, new long[0], sectors);
    }

    private ModelCommand copy(int number) {
        if (isAllFull() && !chance(8)) {
            return erase(number);
        }
        long[] targets = runs();
        long[] sources = new long[targets.length];
        for (int i = 0; i < sources.length; i++) {
            boolean follows = i > 0 && !chance(4) && isReadable(sources[i - 1] + 1);
            sources[i] = follows ? sources[i - 1] + 1 : chance(200) ? sector() : readable();
        }
        return command(number, Operation.COPY, sources, 0, targets, 0);
    }

    private boolean isReadable(long address) {
        ModelBlock block = drive.block(address);
        return block != null && Ppa.sector(address) < block.readableEnd(drive.limits.mwCunits());
    }

    /** A sector that is readable now, if there is one. */
    private long readable() {
        long chosen = choose(each -> each.readableEnd(drive.limits.mwCunits()) > 0);
        ModelBlock block = drive.blocks.get(chosen);
        int end = block == null ? 0 : block.readableEnd(drive.limits.mwCunits());
        return end > 0 ? Ppa.withSector(chosen, random.nextInt(end)) : sector();
    }

    private long sector() {
        long block = anyBlock();
        return Ppa.withSector(block, random.nextInt(sectorsOf(block) + 1 + random.nextInt(20) / 19));
    }

    private ModelCommand read(int number) {
        if (chance(3)) {
            long first = chance(3) ? sector() : readable();
            int sectors = chance(12) ? Limits.MAX_ADDRESSES + random.nextInt(3) : 1 + random.nextInt(8);
            return command(number, Operation.READ, new long[] {first}, sectors, new long[0], 0);
        }
        long[] addresses = new long[chance(5) ? Limits.MAX_ADDRESSES : 1 + random.nextInt(8)];
        for (int i = 0; i < addresses.length; i++) {
            boolean follows = i > 0 && !chance(3) && (chance(20) || isReadable(addresses[i - 1] + 1));
            addresses[i] = follows ? addresses[i - 1] + 1 : chance(40) ? sector() : readable();
        }
        return command(number, Operation.READ, addresses, 0, new long[0], 0);
    }

    private ModelCommand erase(int number) {
        if (chance(5)) {
            long block = erasable();
            int sectors = sectorsOf(block) + (chance(5) ? 1 : 0);
            planned.put(block, 0);
            return command(number, Operation.ERASE, new long[] {block}, sectors, new long[0], 0);
        }
        long[] blocks = new long[chance(3) ? 1 + random.nextInt(4) : 1];
        Arrays.setAll(blocks, i -> Ppa.withSector(erasable(), someSector()));
        for (long each : blocks) {
            planned.put(Ppa.blockOf(each), 0);
        }
        return command(number, Operation.ERASE, blocks, 0, new long[0], 0);
    }

    private long erasable() {
        return choose(each -> each.state != ModelBlock.State.OFFLINE && (isFull(each) || each.isRandom()));
    }

    private ModelCommand command(
            int number, Operation operation, long[] addresses, int sectors, long[] destinations, int written) {
        boolean withOob = written > 0 && !chance(4);
        return new ModelCommand(
                number,
                operation,
                addresses,
                sectors,
                destinations,
                written == 0 ? NOTHING : bytes(written, drive.geometry.sectorBytes()),
                withOob ? bytes(written, drive.geometry.oobBytes()) : NOTHING,
                (written > 0 || destinations.length > 0) && chance(4),
                chance(5));
    }

    private byte[][] bytes(int count, int length) {
        byte[][] bytes = new byte[count][length];
        for (byte[] each : bytes) {
            random.nextBytes(each);
        }
        return bytes;
    }
}
