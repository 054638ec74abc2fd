package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.decorator.faults.FaultKind.Group;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * The faults of a plan, made ready for one geometry: a bit for each block says whether a program, a read or an erase there
 * may meet anything at all. Thread-safe, no lock and no allocation for a command.
 */
final class Armed {
    private static final VarHandle LUN_BITS;

    static {
        try {
            LUN_BITS = MethodHandles.lookup().findVarHandle(Armed.class, "lunBits", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Geometry geometry;
    private final long seed;
    private final Damage damage;
    private final Faults plan;

    private final ArmedFault[] programs;
    private final ArmedFault[] reads;
    private final ArmedFault[] erases;
    private final ArmedFault[] commands;
    private final BlockBits programBits;
    private final BlockBits readBits;
    private final BlockBits eraseBits;
    /** The bits that an operation must look at, by its ordinal; of a copy, for its sources. */
    private final BlockBits[] bitsOf = new BlockBits[IoCommand.Operation.values().length];

    /**
     * A bit for each LUN by its lowest six bits: whether anything may be met there. Most commands need to look no further. A
     * bit stays once it is set: a LUN where something was mended is looked at more closely, for nothing.
     */
    @SuppressWarnings("UnusedVariable") // through the handle
    private long lunBits;

    private final boolean isEveryCommandMet;
    private final int lunsPerChannel;
    private final int blocksPerLun;
    /** What each group draws from, or null when chance has no say there. */
    private final Draws programDraws;

    private final Draws readDraws;
    private final Draws eraseDraws;

    /**
     * Makes faults ready.
     *
     * @param before how it was until now, or null; its counts of what happened at blocks go on
     */
    Armed(Geometry geometry, long seed, Faults plan, List<ArmedFault> faults, Damage damage, Armed before) {
        this.geometry = geometry;
        this.seed = seed;
        this.damage = damage;
        this.plan = plan;
        this.programs = of(faults, Group.PROGRAM);
        this.reads = of(faults, Group.READ);
        this.erases = of(faults, Group.ERASE);
        this.commands = of(faults, Group.COMMAND);
        this.programBits = new BlockBits(geometry.blocks());
        this.readBits = new BlockBits(geometry.blocks());
        this.eraseBits = new BlockBits(geometry.blocks());
        this.programDraws = draws(programs, before == null ? null : before.programDraws);
        this.readDraws = draws(reads, before == null ? null : before.readDraws);
        this.eraseDraws = draws(erases, before == null ? null : before.eraseDraws);
        this.isEveryCommandMet = commands.length > 0;
        this.lunBits = isEveryCommandMet ? -1 : 0;
        this.lunsPerChannel = geometry.lunsPerChannel();
        this.blocksPerLun = geometry.blocksPerLun();
        for (IoCommand.Operation each : IoCommand.Operation.values()) {
            bitsOf[each.ordinal()] = switch (each) {
                case READ, COPY -> readBits;
                case WRITE, APPEND -> programBits;
                case ERASE, FINISH, OPEN, CLOSE -> eraseBits;
            };
        }
        for (int block = 0; block < geometry.blocks(); block++) {
            look(block);
        }
    }

    private static ArmedFault[] of(List<ArmedFault> faults, Group group) {
        return faults.stream().filter(each -> each.fault.kind.group() == group).toArray(ArmedFault[]::new);
    }

    private Draws draws(ArmedFault[] faults, Draws before) {
        if (before != null) {
            return before;
        }
        for (ArmedFault each : faults) {
            if (each.isUncertain()) {
                return new Draws(seed, geometry.blocks());
            }
        }
        return null;
    }

    /** Sets the bits of a block by what is armed there and how damaged it is. */
    void look(int block) {
        long ppa = geometry.blockPpa(block);
        boolean damaged = damage.isDamaged(block);
        boolean programMeets = damaged || isAnyAt(programs, ppa);
        boolean readMeets = damaged || isAnyAt(reads, ppa);
        boolean eraseMeets = damaged || isAnyAt(erases, ppa);
        set(programBits, block, programMeets);
        set(readBits, block, readMeets);
        set(eraseBits, block, eraseMeets);
        if (programMeets || readMeets || eraseMeets) {
            LUN_BITS.getAndBitwiseOr(this, 1L << geometry.lunIndex(ppa));
        }
    }

    private static void set(BlockBits bits, int block, boolean value) {
        if (value) {
            bits.set(block);
        } else {
            bits.clear(block);
        }
    }

    private static boolean isAnyAt(ArmedFault[] faults, long ppa) {
        for (ArmedFault each : faults) {
            if (each.isAt(ppa)) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing can meet this command. */
    boolean isQuiet(IoCommand command) {
        long luns = (long) LUN_BITS.getOpaque(this);
        return luns == 0 || isQuiet(command, luns) || isQuietAtBlocks(command);
    }

    /** Whether a command keeps to LUNs where nothing is met at all. */
    private boolean isQuiet(IoCommand command, long luns) {
        if (command.destinationCount() > 0) {
            return false;
        }
        int count = command.count();
        for (int i = 0; i < count; i++) {
            // An address outside may be taken for that of another LUN, and the drive refuses it.
            long ppa = command.address(i);
            if ((luns & 1L << (Ppa.channel(ppa) * lunsPerChannel + Ppa.lun(ppa))) != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isQuietAtBlocks(IoCommand command) {
        if (isEveryCommandMet || (command.destinationCount() > 0 && !areDestinationsQuiet(command))) {
            return false;
        }
        BlockBits bits = bitsOf[command.operation().ordinal()];
        int count = command.count();
        for (int i = 0; i < count; i++) {
            // No check of each field: an address outside may be taken for another block, and is looked at closely then.
            long ppa = command.address(i);
            int block = (Ppa.channel(ppa) * lunsPerChannel + Ppa.lun(ppa)) * blocksPerLun + Ppa.block(ppa);
            if (bits.getIfInside(block)) {
                return false;
            }
        }
        return true;
    }

    private boolean areDestinationsQuiet(IoCommand command) {
        for (int i = 0; i < command.destinationCount(); i++) {
            int block = Addresses.block(geometry, command.destination(i));
            if (block != Addresses.NO_BLOCK && programBits.get(block)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Lets a command meet what is armed: counts it, draws, and writes down what hits it.
     *
     * @param command checked by {@link io.ocssd.geometry.decorator.CommandShape}
     * @param highEccAsked whether reads with a high error count are reported
     */
    void meet(IoCommand command, boolean highEccAsked, Hits hits) {
        hits.clear();
        if (commands.length > 0) {
            meetCommand(command, hits);
        }
        if (!Addresses.areUsual(command)) {
            return;
        }
        switch (command.operation()) {
            case READ -> meetRead(command, highEccAsked, hits);
            case WRITE -> meetWrite(command, hits);
            case APPEND -> meetAppend(command, hits);
            case ERASE -> meetErase(command, hits);
            case COPY -> meetCopy(command, hits);
            case FINISH, OPEN, CLOSE -> {}
        }
        hits.damage = damage.concerns(command);
    }

    private void meetCommand(IoCommand command, Hits hits) {
        for (ArmedFault each : commands) {
            int at = each.isOf(command.operation()) ? firstAt(each, command, 0) : Addresses.NO_BLOCK;
            if (at < 0 || !each.hitsByCount(seed)) {
                continue;
            }
            plan.count(each.fault.kind);
            switch (each.fault.kind) {
                case SLOW -> hits.extraNanos += each.fault.nanos;
                case GONE -> hits.gone = true;
                default -> {
                    for (int i = at; i >= 0; i = firstAt(each, command, i + 1)) {
                        damage.kill(geometry.lunIndex(place(command, i)));
                    }
                }
            }
        }
    }

    /** Index of the first address or destination from {@code from} on that a fault is about, or -1. */
    private int firstAt(ArmedFault fault, IoCommand command, int from) {
        for (int i = from; i < command.count() + command.destinationCount(); i++) {
            long ppa = place(command, i);
            if (fault.isAt(ppa) && geometry.contains(Ppa.blockOf(ppa))) {
                return i;
            }
        }
        return -1;
    }

    private static long place(IoCommand command, int index) {
        return index < command.count() ? command.address(index) : command.destination(index - command.count());
    }

    private void meetRead(IoCommand command, boolean highEccAsked, Hits hits) {
        int count = Addresses.count(command);
        for (int from = 0, to; from < count; from = to) {
            to = Addresses.endOfRun(command, from);
            int block = Addresses.block(geometry, command.address(from));
            if (block == Addresses.NO_BLOCK || reads.length == 0 || !readBits.get(block)) {
                continue;
            }
            long key = readDraws == null ? 0 : readDraws.next(block);
            for (ArmedFault each : reads) {
                long bits = matching(each, command, from, to);
                if (bits == 0 || !each.hits(Draws.draw(key, each.id))) {
                    continue;
                }
                long hit = each.isUncertain() ? chosen(bits, Draws.draw(key, each.id)) : bits;
                if (each.fault.kind == FaultKind.UNREADABLE) {
                    hits.unreadable |= hit;
                    hits.breaking |= each.isPassing() ? hit : 0;
                } else if (highEccAsked || each.fault.always) {
                    hits.highEcc |= hit;
                }
            }
        }
        for (long left = hits.unreadable; left != 0; left &= left - 1) {
            hits.unreadable |= same(command, Long.numberOfTrailingZeros(left));
        }
    }

    /** Bits of all sectors of a command that are the same as one: a sector is read twice, and fails twice. */
    private static long same(IoCommand command, int index) {
        long ppa = Addresses.address(command, index);
        long bits = 0;
        for (int i = 0; i < Addresses.count(command); i++) {
            bits |= Addresses.address(command, i) == ppa ? 1L << i : 0;
        }
        return bits;
    }

    /** Bits of the sectors of a run that a fault is about. */
    private static long matching(ArmedFault fault, IoCommand command, int from, int to) {
        if (!fault.isAt(command.address(from))) {
            return 0;
        }
        if (!fault.hasSectors()) {
            return Addresses.bits(from, to);
        }
        long bits = 0;
        for (int i = from; i < to; i++) {
            if (fault.fault.sectors.contains(Ppa.sector(Addresses.address(command, i)))) {
                bits |= 1L << i;
            }
        }
        return bits;
    }

    private static long chosen(long bits, long drawn) {
        long left = bits;
        for (int skip = Draws.choose(drawn, Long.bitCount(bits)); skip > 0; skip--) {
            left &= left - 1;
        }
        return Long.lowestOneBit(left);
    }

    private void meetWrite(IoCommand command, Hits hits) {
        int count = Addresses.count(command);
        for (int from = 0, to; from < count; from = to) {
            to = Addresses.endOfRun(command, from);
            int block = Addresses.block(geometry, command.address(from));
            if (isProgramWatched(block)) {
                long key = programKey(block);
                for (ArmedFault each : programs) {
                    meetProgram(each, key, matching(each, command, from, to), from, hits);
                }
            }
        }
    }

    private boolean isProgramWatched(int block) {
        return block != Addresses.NO_BLOCK && programs.length > 0 && programBits.get(block);
    }

    private long programKey(int block) {
        return programDraws == null ? 0 : programDraws.next(block);
    }

    private static void meetProgram(ArmedFault fault, long key, long bits, int from, Hits hits) {
        long drawn = Draws.draw(key, fault.id);
        if (bits == 0 || !fault.hits(drawn)) {
            return;
        }
        long failing = fault.isUncertain() ? chosen(bits, drawn) : bits;
        hits.addProgram(fault.fault.kind, from, Long.numberOfTrailingZeros(failing), fault.fault.resetFails);
    }

    private void meetAppend(IoCommand command, Hits hits) {
        int block = Addresses.block(geometry, command.address(0));
        if (!isProgramWatched(block)) {
            return;
        }
        long key = programKey(block);
        for (ArmedFault each : programs) {
            if (!each.isAt(command.address(0))) {
                continue;
            }
            if (each.hasSectors()) {
                hits.appendLater = true;
            } else {
                meetProgram(each, key, Addresses.bits(0, command.sectors()), 0, hits);
            }
        }
    }

    /**
     * Lets an append meet the faults that are about single sectors, now that it is known where it goes.
     *
     * @param writePointer first sector that it programs
     */
    void meetAppendAt(IoCommand command, int writePointer, Hits hits) {
        int block = Addresses.block(geometry, command.address(0));
        long key = programKey(block);
        for (ArmedFault each : programs) {
            if (!each.hasSectors() || !each.isAt(command.address(0))) {
                continue;
            }
            long bits = 0;
            for (int i = 0; i < command.sectors(); i++) {
                if (each.fault.sectors.contains(writePointer + i)) {
                    bits |= 1L << i;
                }
            }
            meetProgram(each, key, bits, 0, hits);
        }
    }

    private void meetErase(IoCommand command, Hits hits) {
        for (int i = 0; i < command.count(); i++) {
            int block = Addresses.block(geometry, command.address(i));
            if (block == Addresses.NO_BLOCK || erases.length == 0 || !eraseBits.get(block)) {
                continue;
            }
            long key = eraseDraws == null ? 0 : eraseDraws.next(block);
            for (ArmedFault each : erases) {
                if (each.isAt(command.address(i)) && each.hits(Draws.draw(key, each.id))) {
                    hits.erases |= 1L << i;
                    break;
                }
            }
        }
    }

    /** A copy reads its sources and programs its destinations. */
    private void meetCopy(IoCommand command, Hits hits) {
        meetRead(command, false, hits);
        int count = command.count();
        for (int from = 0, to; from < count; from = to) {
            long blockPpa = Ppa.blockOf(command.destination(from));
            to = from + 1;
            while (to < count && Ppa.blockOf(command.destination(to)) == blockPpa) {
                to++;
            }
            int block = Addresses.block(geometry, blockPpa);
            if (!isProgramWatched(block)) {
                continue;
            }
            long key = programKey(block);
            for (ArmedFault each : programs) {
                long bits = 0;
                for (int i = from; each.isAt(blockPpa) && i < to; i++) {
                    bits |= each.fault.sectors.contains(Ppa.sector(command.destination(i))) ? 1L << i : 0;
                }
                meetProgram(each, key, bits, from, hits);
            }
        }
    }
}
