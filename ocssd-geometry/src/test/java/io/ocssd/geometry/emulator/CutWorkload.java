package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.BlockState;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Completion;
import io.ocssd.device.DurabilityClass;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.contract.Rig;
import io.ocssd.geometry.contract.Rig.Outcome;
import io.ocssd.scheduler.Scheduler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Keeps a queue busy with programs and erases of random blocks until power is cut, and knows what must be there then. */
final class CutWorkload implements AutoCloseable {
    /** What a power cut was seen to leave. */
    enum Trace {
        WORK_IN_FLIGHT,
        PARTLY_PROGRAMMED,
        GARBAGE,
        ERASED,
        NOT_ERASED,
        HALF_ERASED,
        LOST,
        FREED
    }

    /** What a sector below the write pointer was found to be. */
    private enum Content {
        INTACT,
        LOST,
        RUBBISH
    }

    /** Small sectors of which pairs are many, large ones of a wider drive, and zones. */
    static final List<String> SHAPES = List.of(
            "channels=2&luns=1&blocks=5&sectors=16&sectorBytes=512&oobBytes=8&wsMin=2&wsOpt=4&mwCunits=4",
            "channels=1&luns=2&blocks=4&sectors=24&sectorBytes=4096&oobBytes=16&wsMin=4&wsOpt=8&mwCunits=8",
            "profile=zns-small&blocks=6&sectors=18");

    private static final int DEPTH = 8;
    private static final int MOST_UNITS = 4;

    /** What is known of a block. */
    private static final class Block {
        /** Sectors of programs whose completion was polled. */
        private int completed;
        /** Sectors of programs that were submitted. */
        private int submitted;
        /** Where the programs that were submitted since the last erase end, and where they begin. */
        private final Set<Integer> ends = new HashSet<>(Set.of(0));
        /** Erases whose completion was polled; also the version of the bytes. */
        private int erases;

        private boolean eraseUnderWay;
    }

    /** A command under way; {@code sectors} is 0 for an erase. */
    private record Sent(Block block, int sectors, IoBuffer buffer) {}

    private final FlashDevice device;
    private final boolean pairs;
    private final CutLoss loss;
    private final IoQueue queue;
    private final Geometry geometry;
    private final SplittableRandom random;
    private final Block[] blocks;
    private final IoBufferPool buffers;
    private final List<Sent> sent = new ArrayList<>();
    private final String where;
    private final Set<Trace> traces = EnumSet.noneOf(Trace.class);
    private final IoCommand command = new IoCommand();
    private final Completion completion = new Completion();

    CutWorkload(Scheduler scheduler, Path file, int seed, String shape, CutLoss loss, String parameters)
            throws Exception {
        this.random = new SplittableRandom(seed);
        this.loss = loss;
        where = "seed=" + seed + ", " + shape + parameters;
        device = Images.openNew(file, shape + "&cutLoss=" + loss.label() + parameters, scheduler);
        pairs = device.durability() == DurabilityClass.VOLATILE_PAIRS;
        queue = device.openQueue(DEPTH);
        geometry = device.geometry();
        blocks = new Block[geometry.blocks()];
        Arrays.setAll(blocks, i -> new Block());
        int unitBytes = device.limits().wsMin() * (geometry.sectorBytes() + geometry.oobBytes());
        buffers = new IoBufferPool(MOST_UNITS * unitBytes, DEPTH);
    }

    Set<Trace> traces() {
        return traces;
    }

    void untilCut() {
        try {
            while (true) {
                if (queue.inFlight() == DEPTH || random.nextInt(6) == 0) {
                    queue.await(1, Long.MAX_VALUE);
                }
                while (queue.poll(completion)) {
                    complete(sent.get((int) completion.tag()));
                }
                submit(random.nextInt(blocks.length));
            }
        } catch (GoneException e) {
            assertThat(e.commandsInFlight()).as(e.getMessage()).isPresent();
            if (e.commandsInFlight().getAsInt() > 1) {
                traces.add(Trace.WORK_IN_FLIGHT);
            }
        }
        assertThat(device.counters().programmedBytes(ByteClass.PAYLOAD))
                .as(where)
                .isEqualTo(device.counters().programmedSectors() * geometry.sectorBytes());
    }

    private void submit(int index) throws GoneException {
        Block block = blocks[index];
        long ppa = geometry.blockPpa(index);
        int left = geometry.sectorsPerBlock() - block.submitted;
        if (block.eraseUnderWay) {
            return;
        }
        if (left == 0) {
            block.eraseUnderWay = true;
            send(command.erase().add(ppa), new Sent(block, 0, null));
            return;
        }
        int sectors = Math.min(left, device.limits().wsMin() * (1 + random.nextInt(MOST_UNITS)));
        int sectorBytes = geometry.sectorBytes();
        int oobBytes = geometry.oobBytes();
        IoBuffer buffer = buffers.tryTake();
        command.write(buffer, 0).oob(buffer, sectors * sectorBytes);
        for (int i = 0; i < sectors; i++) {
            long address = ppa + block.submitted + i;
            command.add(address);
            Rig.pattern(buffer.bytes(), i * sectorBytes, sectorBytes, address, block.erases);
            int oobFrom = sectors * sectorBytes + i * oobBytes;
            Rig.pattern(buffer.bytes(), oobFrom, oobBytes, address, ~block.erases);
        }
        block.submitted += sectors;
        block.ends.add(block.submitted);
        send(command, new Sent(block, sectors, buffer));
    }

    private void send(IoCommand what, Sent as) throws GoneException {
        sent.add(as);
        assertThat(queue.submit(what.tag(sent.size() - 1))).isTrue();
    }

    private void complete(Sent done) {
        assertThat(completion.status()).as(where).isZero();
        if (done.sectors == 0) {
            done.block.eraseUnderWay = false;
            done.block.completed = 0;
            done.block.submitted = 0;
            done.block.ends.clear();
            done.block.ends.add(0);
            done.block.erases++;
        } else {
            done.block.completed += done.sectors;
            done.buffer.release();
        }
    }

    void closeDevice() {
        queue.close();
        device.close();
    }

    @Override
    public void close() {
        closeDevice();
    }

    /** Checks every block of the drive, opened anew; afterwards each is filled and erased, as an owner would. */
    void check(Rig rig) throws Exception {
        for (int index = 0; index < blocks.length; index++) {
            Block block = blocks[index];
            long ppa = geometry.blockPpa(index);
            String here = where + ", block=" + index;
            int written = rig.writePointer(ppa);
            long erases = rig.erases(ppa);
            BlockState state = written == 0
                    ? BlockState.FREE
                    : written < geometry.sectorsPerBlock() ? BlockState.OPEN : BlockState.CLOSED;
            assertThat(rig.state(ppa)).as(here).isEqualTo(state);
            // Filled up, all of it can be read, the window of an open block included.
            rig.fill(ppa);
            if (block.eraseUnderWay && erases == block.erases + 1) {
                assertThat(written).as(here).isZero();
                traces.add(Trace.ERASED);
            } else if (isFreed(block) && erases == block.erases + 1) {
                assertThat(written).as(here).isZero();
                traces.add(Trace.FREED);
            } else {
                assertThat(erases).as(here).isEqualTo(block.erases);
                assertThat(written).as(here).isBetween(block.completed, block.submitted);
                checkContent(rig, ppa, block, written, here);
            }
            assertThat(rig.erase(ppa)).as(here).isEqualTo(Outcome.SUCCESS);
        }
    }

    /** Whether the drive may have freed a block since nothing in it was safe. */
    private boolean isFreed(Block block) {
        return pairs
                && loss.freesBlocks()
                && block.completed <= device.limits().mwCunits()
                && block.completed < geometry.sectorsPerBlock();
    }

    private void checkContent(Rig rig, long ppa, Block block, int written, String here) throws Exception {
        Content[] content = new Content[written];
        int rubbish = 0;
        for (int sector = 0; sector < written; sector++) {
            content[sector] = contentOf(rig, ppa + sector, block.erases);
            rubbish += content[sector] == Content.RUBBISH ? 1 : 0;
        }
        if (written > 0 && rubbish == written && written == geometry.sectorsPerBlock() && block.eraseUnderWay) {
            assertThat(loss).as(here).isEqualTo(CutLoss.RANDOM);
            traces.add(Trace.HALF_ERASED);
            return;
        }
        checkLost(content, here);
        int lastUnit = written - rig.limits.wsMin();
        for (int sector = 0; sector < written; sector++) {
            if (content[sector] == Content.RUBBISH) {
                assertThat(sector).as(here + ", rubbish").isGreaterThanOrEqualTo(Math.max(lastUnit, block.completed));
                assertThat(loss).as(here).isEqualTo(CutLoss.RANDOM);
                traces.add(Trace.GARBAGE);
            }
        }
        if (loss != CutLoss.RANDOM) {
            // Also what completed without being polled has happened, but always as a whole.
            assertThat(block.ends).as(here).contains(written);
        }
        if (written < block.submitted && written > block.completed) {
            traces.add(Trace.PARTLY_PROGRAMMED);
        }
        if (block.eraseUnderWay) {
            traces.add(Trace.NOT_ERASED);
        }
    }

    /** Lost is only what was at risk; all of it when everything is lost that is not safe, nothing where blocks are. */
    private void checkLost(Content[] content, String here) {
        boolean atRisk = pairs && content.length < geometry.sectorsPerBlock();
        int safe = atRisk ? Math.max(0, content.length - device.limits().mwCunits()) : content.length;
        for (int sector = 0; sector < content.length; sector++) {
            if (content[sector] == Content.LOST) {
                assertThat(sector).as(here + ", lost").isGreaterThanOrEqualTo(safe);
                assertThat(loss).as(here).isNotEqualTo(CutLoss.BLOCKS);
                traces.add(Trace.LOST);
            } else if (sector >= safe) {
                assertThat(loss.undoes())
                        .as(here + ", sector %d is not lost", sector)
                        .isFalse();
            }
        }
    }

    private Content contentOf(Rig rig, long address, int version) throws Exception {
        Outcome outcome = rig.read(address);
        if (outcome.status() == NvmeStatus.UNRECOVERED_READ) {
            return Content.LOST;
        }
        assertThat(outcome).as(where).isEqualTo(Outcome.SUCCESS);
        boolean intact = Arrays.equals(rig.data(0), Rig.pattern(geometry.sectorBytes(), address, version))
                && Arrays.equals(rig.oob(0), Rig.pattern(geometry.oobBytes(), address, ~version));
        return intact ? Content.INTACT : Content.RUBBISH;
    }
}
