package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.BlockState;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.contract.Rig;
import io.ocssd.geometry.contract.Rig.Outcome;
import io.ocssd.scheduler.Scheduler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
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
        HALF_ERASED
    }

    private static final String SHAPE =
            "channels=2&luns=1&blocks=5&sectors=16&sectorBytes=512&oobBytes=8&wsMin=2&wsOpt=4&mwCunits=4";
    private static final int DEPTH = 8;

    /** What is known of a block. */
    private static final class Block {
        /** Sectors of programs whose completion was polled. */
        private int completed;
        /** Sectors of programs that were submitted. */
        private int submitted;
        /** Erases whose completion was polled; also the version of the bytes. */
        private int erases;

        private boolean eraseUnderWay;
    }

    /** A command under way; {@code sectors} is 0 for an erase. */
    private record Sent(Block block, int sectors, IoBuffer buffer) {}

    private final FlashDevice device;
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

    CutWorkload(Scheduler scheduler, Path file, int seed, String parameters) throws Exception {
        random = new SplittableRandom(seed);
        where = "seed=" + seed + parameters;
        device = Images.openNew(file, SHAPE + parameters, scheduler);
        queue = device.openQueue(DEPTH);
        geometry = device.geometry();
        blocks = new Block[geometry.blocks()];
        Arrays.setAll(blocks, i -> new Block());
        buffers = new IoBufferPool(8 * (512 + 8), DEPTH);
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
        int sectors = Math.min(left, 2 * (1 + random.nextInt(4)));
        IoBuffer buffer = buffers.tryTake();
        command.write(buffer, 0).oob(buffer, sectors * 512);
        for (int i = 0; i < sectors; i++) {
            long address = ppa + block.submitted + i;
            command.add(address);
            Rig.pattern(buffer.bytes(), i * 512, 512, address, block.erases);
            Rig.pattern(buffer.bytes(), sectors * 512 + i * 8, 8, address, ~block.erases);
        }
        block.submitted += sectors;
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
            } else {
                assertThat(erases).as(here).isEqualTo(block.erases);
                assertThat(written).as(here).isBetween(block.completed, block.submitted);
                checkContent(rig, ppa, block, written, here);
            }
            assertThat(rig.erase(ppa)).as(here).isEqualTo(Outcome.SUCCESS);
        }
    }

    private void checkContent(Rig rig, long ppa, Block block, int written, String here) throws Exception {
        int good = 0;
        while (good < written && isIntact(rig, ppa + good, block.erases)) {
            good++;
        }
        boolean garbage = good < written;
        if (garbage && good == 0 && written == geometry.sectorsPerBlock() && block.eraseUnderWay) {
            for (int sector = 0; sector < written; sector++) {
                assertThat(isIntact(rig, ppa + sector, block.erases)).as(here).isFalse();
            }
            traces.add(Trace.HALF_ERASED);
            return;
        }
        assertThat(good).as(here + ", first bad sector").isGreaterThanOrEqualTo(block.completed);
        if (garbage) {
            assertThat(good % rig.limits.wsMin()).as(here).isZero();
            assertThat(written).as(here + ", one unit of garbage").isEqualTo(good + rig.limits.wsMin());
            traces.add(Trace.GARBAGE);
        }
        if (written < block.submitted && written > block.completed) {
            traces.add(Trace.PARTLY_PROGRAMMED);
        }
        if (block.eraseUnderWay) {
            traces.add(Trace.NOT_ERASED);
        }
    }

    private boolean isIntact(Rig rig, long address, int version) throws Exception {
        assertThat(rig.read(address)).as(where).isEqualTo(Outcome.SUCCESS);
        return Arrays.equals(rig.data(0), Rig.pattern(512, address, version))
                && Arrays.equals(rig.oob(0), Rig.pattern(8, address, ~version));
    }
}
