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
        if (dice < 40) {
            return drive.isZoned() && random.nextInt(3) == 0 ? append(number) : write(number);
        }
        if (dice < 62) {
            return read(number);
        }
        if (dice < 80) {
            return erase(number);
        }
        if (dice < (drive.capabilities.copy() ? 92 : 81)) {
            return copy(number);
        }
        return dice < (drive.isZoned() ? 99 : 93) ? manageOrWrite(number) : read(number);
    }

    private ModelCommand manageOrWrite(int number) {
        if (!drive.isZoned() && random.nextInt(20) > 0) {
            return write(number);
        }
        Operation operation = new Operation[] {Operation.FINISH, Operation.OPEN, Operation.CLOSE}[random.nextInt(3)];
        long[] zones = new long[random.nextInt(5) == 0 ? 2 : 1];
        Arrays.setAll(zones, i -> Ppa.withSector(anyBlock(), random.nextInt(3)));
        return command(number, operation, zones, 0, new long[0], 0, true);
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

    /** A block that takes writes, if one is found soon. */
    private long writable() {
        long block = anyBlock();
        for (int i = 0; i < 4; i++) {
            ModelBlock known = drive.blocks.get(block);
            if (known == null || known.state != ModelBlock.State.OFFLINE && pointer(block) < known.sectors) {
                return block;
            }
            block = anyBlock();
        }
        return block;
    }

    /** A stretch to write to: mostly where the pointer will be, and of a proper size. */
    private long[] run(long block, int most) {
        int n = drive.limits.wsMin();
        ModelBlock known = drive.blocks.get(block);
        boolean anywhere = known != null && known.isRandom();
        int first = anywhere ? random.nextInt(known.sectors) : pointer(block);
        int left = sectorsOf(block) - first;
        int sectors = chance(3) && left > 0 ? left : n * (1 + random.nextInt(4));
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
        if (chance(4)) {
            long block = writable();
            int most = chance(10) ? Limits.MAX_ADDRESSES + 8 : Limits.MAX_ADDRESSES;
            long[] run = run(block, most);
            Arrays.sort(run);
            return command(number, Operation.WRITE, new long[] {run[0]}, run.length, new long[0], run.length, false);
        }
        long[] all = runs();
        return command(number, Operation.WRITE, all, 0, new long[0], all.length, false);
    }

    private ModelCommand append(int number) {
        long zone = writable();
        int sectors = run(zone, chance(10) ? Limits.MAX_ADDRESSES + 8 : Limits.MAX_ADDRESSES).length;
        long address = chance(20) ? Ppa.withSector(zone, 1 + random.nextInt(3)) : zone;
        return command(number, Operation.APPEND, new long[] {address}, sectors, new long[0], sectors, false);
    }

    private ModelCommand copy(int number) {
        long[] targets = runs();
        long[] sources = new long[targets.length];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = i > 0 && !chance(4) ? sources[i - 1] + 1 : readable();
        }
        return command(number, Operation.COPY, sources, 0, targets, 0, false);
    }

    /** A sector that is readable now, if one is found soon. */
    private long readable() {
        for (int i = 0; i < 6; i++) {
            ModelBlock block = drive.blocks.get(ownBlock());
            int end = block.readableEnd(drive.limits.mwCunits());
            if (end > 0) {
                return Ppa.withSector(block.ppa, random.nextInt(end));
            }
        }
        return sector();
    }

    private long sector() {
        long block = anyBlock();
        return Ppa.withSector(block, random.nextInt(sectorsOf(block) + 1 + random.nextInt(20) / 19));
    }

    private ModelCommand read(int number) {
        if (chance(3)) {
            long first = chance(3) ? sector() : readable();
            int sectors = chance(12) ? Limits.MAX_ADDRESSES + random.nextInt(3) : 1 + random.nextInt(8);
            return command(number, Operation.READ, new long[] {first}, sectors, new long[0], 0, false);
        }
        long[] addresses = new long[chance(5) ? Limits.MAX_ADDRESSES : 1 + random.nextInt(8)];
        for (int i = 0; i < addresses.length; i++) {
            boolean follows = i > 0 && !chance(3) && Ppa.sector(addresses[i - 1]) < Ppa.MAX_BLOCKS - 1;
            addresses[i] = follows ? addresses[i - 1] + 1 : chance(8) ? sector() : readable();
        }
        return command(number, Operation.READ, addresses, 0, new long[0], 0, false);
    }

    private ModelCommand erase(int number) {
        if (chance(5)) {
            long block = erasable();
            int sectors = sectorsOf(block) + (chance(5) ? 1 : 0);
            planned.put(block, 0);
            return command(number, Operation.ERASE, new long[] {block}, sectors, new long[0], 0, false);
        }
        long[] blocks = new long[chance(3) ? 1 + random.nextInt(4) : 1];
        Arrays.setAll(blocks, i -> Ppa.withSector(erasable(), random.nextInt(3)));
        for (long each : blocks) {
            planned.put(Ppa.blockOf(each), 0);
        }
        return command(number, Operation.ERASE, blocks, 0, new long[0], 0, false);
    }

    /** A block that is full, if one is found soon. */
    private long erasable() {
        long block = anyBlock();
        for (int i = 0; i < 5; i++) {
            ModelBlock known = drive.blocks.get(block);
            if (known != null && pointer(block) >= known.sectors) {
                return block;
            }
            block = anyBlock();
        }
        return block;
    }

    private ModelCommand command(
            int number,
            Operation operation,
            long[] addresses,
            int sectors,
            long[] destinations,
            int written,
            boolean never) {
        boolean withOob = written > 0 && !chance(4);
        return new ModelCommand(
                number,
                operation,
                addresses,
                sectors,
                destinations,
                written == 0 ? NOTHING : bytes(written, drive.geometry.sectorBytes()),
                withOob ? bytes(written, drive.geometry.oobBytes()) : NOTHING,
                !never && (written > 0 || destinations.length > 0) && chance(4));
    }

    private byte[][] bytes(int count, int length) {
        byte[][] bytes = new byte[count][length];
        for (byte[] each : bytes) {
            random.nextBytes(each);
        }
        return bytes;
    }
}
