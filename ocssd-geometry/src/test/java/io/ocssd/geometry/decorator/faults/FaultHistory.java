package io.ocssd.geometry.decorator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Completion;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.decorator.TestDrive.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Commands drawn by a seed, a few under way at a time, on a drive with faults and on its model. */
final class FaultHistory {
    private static final int MOST_UNDER_WAY = 5;

    private record Sent(IoCommand.Operation operation, List<Long> addresses, long version, int buffer) {}

    private final SplittableRandom random;
    private final FlashDevice device;
    private final Geometry geometry;
    private final Limits limits;
    private final FaultModel model;
    private final IoQueue queue;
    private final IoBuffer[] buffers = new IoBuffer[MOST_UNDER_WAY];
    private final IoBuffer[] oobs = new IoBuffer[MOST_UNDER_WAY];
    /** Blocks that are in play: few, so that something happens to them. */
    private final long[] blocks;

    private final int[] expectedPointers;
    private long version;
    private long commands;

    FaultHistory(FlashDevice device, FaultModel model, long seed) throws Exception {
        this.random = new SplittableRandom(seed);
        this.device = device;
        this.geometry = device.geometry();
        this.limits = device.limits();
        this.model = model;
        this.queue = device.openQueue(MOST_UNDER_WAY);
        IoBufferPool pool = new IoBufferPool(Limits.MAX_ADDRESSES * geometry.sectorBytes(), 2 * MOST_UNDER_WAY);
        for (int i = 0; i < MOST_UNDER_WAY; i++) {
            buffers[i] = pool.tryTake();
            oobs[i] = pool.tryTake();
        }
        this.blocks = new long[6];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = geometry.blockPpa(i % geometry.luns(), i / geometry.luns());
        }
        this.expectedPointers = new int[blocks.length];
    }

    long[] blocks() {
        return blocks;
    }

    void run(int steps) throws Exception {
        for (int step = 0; step < steps; step++) {
            batch();
            check();
        }
        queue.close();
    }

    private void batch() throws Exception {
        int size = random.nextInt(1, MOST_UNDER_WAY + 1);
        for (int i = 0; i < blocks.length; i++) {
            expectedPointers[i] = model.writePointer(blocks[i]);
        }
        List<Sent> sent = new ArrayList<>();
        IoCommand command = new IoCommand();
        for (int i = 0; i < size; i++) {
            Sent each = draw(command, i, size);
            sent.add(each);
            assertThat(queue.submit(command.tag(i))).as("room in the queue").isTrue();
        }
        Answer[] answers = new Answer[size];
        Completion completion = new Completion();
        assertThat(queue.await(size, Long.MAX_VALUE)).isEqualTo(size);
        while (queue.poll(completion)) {
            answers[(int) completion.tag()] = new Answer(completion.status(), completion.failedAddresses());
        }
        BlockReport report = device.report();
        for (int i = 0; i < size; i++) {
            settle(sent.get(i), answers[i], report);
        }
        commands += size;
    }

    private void settle(Sent sent, Answer answer, BlockReport report) {
        switch (sent.operation) {
            case WRITE ->
                model.written(
                        sent.addresses,
                        sent.version,
                        answer,
                        // With one run the status tells; with several the command was alone and the report tells.
                        ppa -> runs(sent.addresses) == 1
                                ? answer.status() == 0x2F1
                                : report.writePointer(geometry.blockIndex(ppa)) == Ppa.sector(ppa));
            case READ -> checkData(sent, model.read(sent.addresses, answer));
            default -> model.erased(sent.addresses, answer);
        }
    }

    private static long runs(List<Long> addresses) {
        return addresses.stream().map(Ppa::blockOf).distinct().count();
    }

    private Sent draw(IoCommand command, int buffer, int size) {
        int kind = random.nextInt(100);
        if (kind < 55) {
            return drawWrite(command, buffer, size == 1 ? 3 : 1);
        }
        return kind < 85 ? drawRead(command, buffer) : drawErase(command, buffer);
    }

    private Sent drawWrite(IoCommand command, int buffer, int mostRuns) {
        List<Long> addresses = new ArrayList<>();
        for (int runs = random.nextInt(1, mostRuns + 1); runs > 0; runs--) {
            int block = random.nextInt(blocks.length);
            int length = limits.wsMin() * random.nextInt(1, 5) + (random.nextInt(25) == 0 ? 1 : 0);
            int at = expectedPointers[block] + (random.nextInt(20) == 0 ? random.nextInt(-2, 3) : 0);
            at = Math.max(0, Math.min(at, geometry.sectorsPerBlock() - 1));
            for (int i = 0; i < length; i++) {
                addresses.add(blocks[block] + at + i);
            }
            expectedPointers[block] = at + length;
        }
        version++;
        boolean scalar = mostRuns == 1 && random.nextInt(3) == 0;
        command.write(buffers[buffer], 0);
        addAll(command, addresses, scalar);
        command.oob(oobs[buffer], 0);
        for (int i = 0; i < addresses.size(); i++) {
            fill(buffers[buffer], i * geometry.sectorBytes(), geometry.sectorBytes(), stamp(addresses.get(i), version));
            fill(oobs[buffer], i * geometry.oobBytes(), geometry.oobBytes(), stamp(addresses.get(i), ~version));
        }
        return new Sent(IoCommand.Operation.WRITE, addresses, version, buffer);
    }

    private Sent drawRead(IoCommand command, int buffer) {
        List<Long> addresses = new ArrayList<>();
        boolean scalar = random.nextInt(3) == 0;
        if (scalar) {
            long first = blocks[random.nextInt(blocks.length)] + random.nextInt(geometry.sectorsPerBlock());
            for (int i = random.nextInt(8); i >= 0; i--) {
                addresses.add(first + addresses.size());
            }
        } else {
            for (int i = random.nextInt(8); i >= 0; i--) {
                addresses.add(blocks[random.nextInt(blocks.length)] + random.nextInt(geometry.sectorsPerBlock()));
            }
        }
        command.read(buffers[buffer], 0);
        addAll(command, addresses, scalar);
        command.oob(oobs[buffer], 0);
        fill(buffers[buffer], 0, addresses.size() * geometry.sectorBytes(), 0);
        fill(oobs[buffer], 0, addresses.size() * geometry.oobBytes(), 0);
        return new Sent(IoCommand.Operation.READ, addresses, 0, buffer);
    }

    private Sent drawErase(IoCommand command, int buffer) {
        List<Long> addresses = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int block = random.nextInt(blocks.length);
            addresses.add(blocks[block] + random.nextInt(geometry.sectorsPerBlock()));
            expectedPointers[block] = 0;
        }
        addAll(command.erase(), addresses, false);
        return new Sent(IoCommand.Operation.ERASE, addresses, 0, buffer);
    }

    private static void addAll(IoCommand command, List<Long> addresses, boolean scalar) {
        if (scalar) {
            command.range(addresses.get(0), addresses.size());
        } else {
            addresses.forEach(command::add);
        }
    }

    private static byte stamp(long address, long version) {
        long mixed = (address * 31 + version) * 0x9E37_79B9_7F4A_7C15L;
        return (byte) (mixed >>> 57 | 1);
    }

    private static void fill(IoBuffer buffer, int offset, int bytes, int value) {
        for (int i = 0; i < bytes; i++) {
            buffer.bytes().put(offset + i, (byte) value);
        }
    }

    private void checkData(Sent sent, List<Long> versions) {
        for (int i = 0; i < versions.size(); i++) {
            long address = sent.addresses.get(i);
            Long written = versions.get(i);
            byte expected = written == null ? 0 : stamp(address, written);
            byte expectedOob = written == null ? 0 : stamp(address, ~written);
            int last = (i + 1) * geometry.sectorBytes() - 1;
            assertThat(buffers[sent.buffer].bytes().get(last))
                    .as("data of address " + i)
                    .isEqualTo(expected);
            if (geometry.oobBytes() > 0) {
                int lastOob = (i + 1) * geometry.oobBytes() - 1;
                assertThat(oobs[sent.buffer].bytes().get(lastOob))
                        .as("OOB of address " + i)
                        .isEqualTo(expectedOob);
            }
        }
    }

    private void check() throws Exception {
        BlockReport report = device.report();
        for (int block = 0; block < geometry.blocks(); block++) {
            long ppa = geometry.blockPpa(block);
            assertThat(report.state(block)).as("state of block " + block).isEqualTo(model.state(ppa));
            if (report.state(block) != BlockState.OFFLINE) {
                assertThat(report.writePointer(block))
                        .as("write pointer of block " + block)
                        .isEqualTo(model.writePointer(ppa));
            }
            assertThat(report.eraseCount(block)).as("erases of block " + block).isEqualTo(model.erases(ppa));
        }
        DeviceCounters counters = device.counters();
        assertThat(counters.commands()).as("commands").isEqualTo(commands);
        assertThat(counters.programmedSectors()).as("programmed sectors").isEqualTo(model.programmedSectors);
        assertThat(counters.programmedBytes()).isEqualTo(model.programmedSectors * geometry.sectorBytes());
        assertThat(counters.readSectors()).as("read sectors").isEqualTo(model.readSectors);
        assertThat(counters.erases()).as("erases").isEqualTo(model.erases);
    }
}
