package io.ocssd.cli.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Capabilities;
import io.ocssd.device.Completion;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.DeviceInfo;
import io.ocssd.device.DurabilityClass;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.device.Timings;
import io.ocssd.scheduler.Scheduler;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * A device whose latencies and failures a test decides, command by command; it asserts that its rules are kept. It has no
 * LUNs that are busy: a command ends its latency after it was submitted, whatever else is under way.
 */
final class HandMadeDevice implements FlashDevice {
    static final Geometry GEOMETRY = new Geometry(2, 2, 8, 64, 4096, 0);
    static final Limits LIMITS = new Limits(4, 8, 16, 0);

    private final Scheduler scheduler;
    private final Geometry geometry;
    private final Limits limits;
    private final ToLongFunction<IoCommand> latencyNanos;
    private final ToIntFunction<IoCommand> status;
    private final BlockState[] states;
    private final int[] writePointers;
    private final long[] erases;
    private final long[] programmedBytes = new long[ByteClass.values().length];
    private final int[] readsBySector;
    private long commands;
    int mostInFlight;
    int mostOpen;

    HandMadeDevice(Scheduler scheduler, Geometry geometry, Limits limits, ToLongFunction<IoCommand> latencyNanos) {
        this(scheduler, geometry, limits, latencyNanos, command -> NvmeStatus.SUCCESS);
    }

    HandMadeDevice(
            Scheduler scheduler,
            Geometry geometry,
            Limits limits,
            ToLongFunction<IoCommand> latencyNanos,
            ToIntFunction<IoCommand> status) {
        this.scheduler = scheduler;
        this.geometry = geometry;
        this.limits = limits;
        this.latencyNanos = latencyNanos;
        this.status = status;
        this.states = new BlockState[geometry.blocks()];
        this.writePointers = new int[geometry.blocks()];
        this.erases = new long[geometry.blocks()];
        this.readsBySector = new int[geometry.blocks() * geometry.sectorsPerBlock()];
        Arrays.fill(states, BlockState.FREE);
    }

    /** Puts a block into a state, as if someone else had written it. */
    HandMadeDevice with(int block, BlockState state, int writePointer) {
        states[block] = state;
        writePointers[block] = writePointer;
        return this;
    }

    long erases() {
        return Arrays.stream(erases).sum();
    }

    BlockState state(int block) {
        return states[block];
    }

    long programmed(ByteClass byteClass) {
        return programmedBytes[byteClass.ordinal()];
    }

    /** How often each sector of a block was read. */
    int[] reads(int block) {
        int from = block * geometry.sectorsPerBlock();
        return Arrays.copyOfRange(readsBySector, from, from + geometry.sectorsPerBlock());
    }

    @Override
    public DeviceInfo info() {
        return new DeviceInfo("hand:", "hand-made", "1", "2.0", "nothing", List.of());
    }

    @Override
    public Geometry geometry() {
        return geometry;
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.NONE;
    }

    @Override
    public DeviceAdmin admin() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Timings timings() {
        return Timings.NONE;
    }

    @Override
    public DurabilityClass durability() {
        return DurabilityClass.PROTECTED;
    }

    @Override
    public BlockReport report() {
        BlockReport report = new BlockReport(geometry);
        for (int i = 0; i < states.length; i++) {
            report.set(i, states[i], writePointers[i], erases[i]);
        }
        return report;
    }

    @Override
    public DeviceCounters counters() {
        return new DeviceCounters(commands, 0, 0, erases(), programmedBytes);
    }

    @Override
    public IoQueue openQueue(int depth) {
        return new HandMadeQueue(depth);
    }

    @Override
    public void close() {}

    /** Executes a command at once; its completion is held back. */
    private int execute(IoCommand command) {
        commands++;
        assertThat(command.count()).isBetween(1, Limits.MAX_ADDRESSES);
        for (int i = 0; i < command.count(); i++) {
            geometry.checkAddress(command.address(i));
        }
        int wanted = status.applyAsInt(command);
        if (wanted != NvmeStatus.SUCCESS && wanted != NvmeStatus.HIGH_ECC) {
            return wanted;
        }
        switch (command.operation()) {
            case READ -> read(command);
            case WRITE -> write(command);
            case ERASE -> erase(command);
            default -> throw new AssertionError(command.operation());
        }
        return wanted;
    }

    /** Plain, since it is done for every sector. */
    private static void check(boolean kept, String rule) {
        if (!kept) {
            throw new AssertionError(rule);
        }
    }

    private void read(IoCommand command) {
        for (int i = 0; i < command.count(); i++) {
            int block = geometry.blockIndex(command.address(i));
            check(states[block] == BlockState.CLOSED, "a block that is read is closed");
            check(Ppa.sector(command.address(i)) < writePointers[block], "a sector that is read is written");
            readsBySector[block * geometry.sectorsPerBlock() + Ppa.sector(command.address(i))]++;
        }
        command.data().part(command.dataOffset(), command.count() * geometry.sectorBytes());
    }

    private void write(IoCommand command) {
        int block = geometry.blockIndex(command.address(0));
        assertThat(command.count() % limits.wsMin()).as("a multiple of ws_min").isZero();
        assertThat(states[block]).as("a block that is written").isIn(BlockState.FREE, BlockState.OPEN);
        for (int i = 0; i < command.count(); i++) {
            check(geometry.blockIndex(command.address(i)) == block, "a write is in one block");
            check(Ppa.sector(command.address(i)) == writePointers[block]++, "a write is at the write pointer");
        }
        command.data().part(command.dataOffset(), command.count() * geometry.sectorBytes());
        boolean full = writePointers[block] == geometry.sectorsPerBlock();
        states[block] = full ? BlockState.CLOSED : BlockState.OPEN;
        int open = 0;
        for (BlockState each : states) {
            open += each == BlockState.OPEN ? 1 : 0;
        }
        mostOpen = Math.max(mostOpen, open);
        if (limits.maxOpen() > 0) {
            assertThat(open).as("open blocks").isLessThanOrEqualTo(limits.maxOpen());
        }
        int named = 0;
        for (ByteClass each : ByteClass.values()) {
            programmedBytes[each.ordinal()] += command.classBytes(each);
            named += command.classBytes(each);
        }
        programmedBytes[ByteClass.PAYLOAD.ordinal()] += command.count() * geometry.sectorBytes() - named;
    }

    private void erase(IoCommand command) {
        for (int i = 0; i < command.count(); i++) {
            int block = geometry.blockIndex(command.address(i));
            assertThat(states[block]).as("a block that is erased").isEqualTo(BlockState.CLOSED);
            states[block] = BlockState.FREE;
            writePointers[block] = 0;
            erases[block]++;
        }
    }

    private record Due(long nanos, long number, long tag, int status) {}

    private final class HandMadeQueue implements IoQueue {
        private final int depth;
        private final PriorityQueue<Due> underWay =
                new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::number));
        private long number;

        HandMadeQueue(int depth) {
            this.depth = depth;
        }

        @Override
        public int depth() {
            return depth;
        }

        @Override
        public int inFlight() {
            return underWay.size();
        }

        @Override
        public boolean submit(IoCommand command) {
            if (underWay.size() == depth) {
                return false;
            }
            long latency = latencyNanos.applyAsLong(command);
            underWay.add(new Due(scheduler.nanoTime() + latency, number++, command.tag(), execute(command)));
            mostInFlight = Math.max(mostInFlight, underWay.size());
            return true;
        }

        @Override
        public boolean poll(Completion completion) {
            if (underWay.isEmpty() || underWay.peek().nanos() > scheduler.nanoTime()) {
                return false;
            }
            Due due = underWay.remove();
            completion.set(due.tag(), due.status(), due.status() == 0 ? 0 : 1, 0);
            return true;
        }

        @Override
        public int await(int min, long deadlineNanos) {
            if (!underWay.isEmpty() && min > 0) {
                scheduler.sleepUntil(Math.min(deadlineNanos, underWay.peek().nanos()));
            }
            return 0;
        }

        @Override
        public void close() {
            assertThat(underWay)
                    .as("commands under way when the queue is closed")
                    .isEmpty();
        }
    }
}
