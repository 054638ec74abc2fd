package io.ocssd.ftl.vblock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand.Operation;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.error.DeviceException;
import io.ocssd.ftl.MeddlingDevice;
import io.ocssd.ftl.TestDrive;
import io.ocssd.geometry.decorator.faults.Fault;
import io.ocssd.geometry.decorator.faults.Faults;
import io.ocssd.geometry.decorator.faults.FaultyDevice;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.ReadHandle;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reads into buffers that the device fills. */
final class DirectReadTest {
    private static final String SHAPE = "mem:?profile=tiny&factoryBad=0&sectorBytes=512";
    private static final int SECTOR_BYTES = 512;
    private static final int UNIT_BYTES = 2 * SECTOR_BYTES;
    private static final int BUFFER_BYTES = 1 << 16;

    private final Scheduler scheduler = Scheduler.real();
    private final IoBuffer target = new IoBufferPool(BUFFER_BYTES, 1).tryTake();
    private final AtomicInteger straight = new AtomicInteger();
    private MeddlingDevice device;
    private Drive drive;
    private Vblocks vblocks;

    private void open(FlashDevice below) throws IOException {
        device = new MeddlingDevice(below);
        device.meddle(command -> {
            if (command.operation() == Operation.READ && command.data() == target) {
                straight.incrementAndGet();
            }
            return 0;
        });
        drive = Ocssd.open(device, scheduler, OpenOptions.defaults());
        vblocks = drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
    }

    @AfterEach
    void close() {
        if (drive != null) {
            drive.close();
        }
        scheduler.close();
    }

    @Test
    void anyRangeOfAnyMixtureOfAppendsComesAsItWasAppended() throws Exception {
        open(Ocssd.openDevice(SHAPE, scheduler));
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            VblockWriter writer = vblocks.allocate(request(1 + random.nextInt(4)));
            byte[] content = new byte[0];
            for (int i = 0; i < 12; i++) {
                content = append(writer, content, random);
                if (random.nextInt(4) == 0) {
                    writer.sync();
                }
                compare(writer.vblock(), content, random, seed);
            }
            writer.seal();
            compare(writer.vblock(), content, random, seed);
            writer.vblock().erase();
        }
        assertThat(straight).hasPositiveValue();
    }

    @Test
    void wholeSectorsAreNotCopied() throws Exception {
        open(Ocssd.openDevice(SHAPE, scheduler));
        Vblock vblock = raw(4, 8 * UNIT_BYTES);
        // Through another buffer goes what is no whole sector.
        AtomicInteger others = new AtomicInteger();
        device.meddle(command -> {
            (command.data() == target ? straight : others).addAndGet(command.sectors());
            return 0;
        });
        try (ReadHandle handle = vblocks.openHandle()) {
            target.bytes().clear().limit(8 * UNIT_BYTES);
            vblock.read(handle, 0, target);
            assertThat(straight).hasValue(16);
            assertThat(others).hasValue(0);
            target.bytes().clear().limit(3 * SECTOR_BYTES + 1);
            vblock.read(handle, SECTOR_BYTES, target);
            assertThat(straight).hasValue(19);
            assertThat(others).hasValue(1);
        }
    }

    @Test
    void failureNamesTheSectorAndLeavesTheHandleUsable() throws Exception {
        open(Ocssd.openDevice(SHAPE, scheduler));
        Vblock vblock = raw(4, 8 * UNIT_BYTES);
        StringBuilder failing = new StringBuilder();
        AtomicInteger reads = new AtomicInteger();
        device.meddle(command -> {
            if (reads.incrementAndGet() != 3) {
                return 0;
            }
            failing.append(Ppa.toString(command.address(0)));
            return NvmeStatus.UNRECOVERED_READ;
        });
        try (ReadHandle handle = vblocks.openHandle()) {
            target.bytes().clear().limit(8 * UNIT_BYTES);
            assertThatThrownBy(() -> vblock.read(handle, 0, target))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("read at " + failing);
            assertThat(failing).isNotEmpty();
            target.bytes().clear().limit(8 * UNIT_BYTES);
            vblock.read(handle, 0, target);
            assertThatThrownBy(() -> vblock.read(handle, 1, target)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void blockThatReadsBadlyIsCopied() throws Exception {
        long copied = TestDrive.simulated(1, simulated -> {
            Faults faults = Faults.of(1);
            FlashDevice faulty = new FaultyDevice(Ocssd.openDevice(SHAPE, simulated), faults, simulated);
            try (Drive other = Ocssd.open(faulty, simulated, OpenOptions.defaults())) {
                vblocks = other.createTarget(TargetRequest.wholeDrive("t")).vblocks();
                Vblock vblock = raw(4, 8 * UNIT_BYTES);
                try (ReadHandle handle = vblocks.openHandle()) {
                    target.bytes().clear().limit(SECTOR_BYTES);
                    vblock.read(handle, 0, target);
                    faults.arm(Fault.highEcc());
                    vblock.read(handle, 0, target);
                    faults.disarmAll();
                }
                simulated.sleepUntil(simulated.nanoTime() + 1_000_000_000L);
                return vblocks.statistics().scrubbedBlocks();
            }
        });
        assertThat(copied).isEqualTo(1);
    }

    /** A sealed vblock of one run of raw units. */
    private Vblock raw(int width, int bytes) throws IOException {
        VblockWriter writer = vblocks.allocate(request(width));
        for (int left = bytes; left > 0; ) {
            IoBuffer buffer = writer.takeBuffer();
            int count = Math.min(left, buffer.bytes().limit());
            buffer.bytes().limit(count);
            writer.append(buffer);
            left -= count;
        }
        writer.seal();
        return writer.vblock();
    }

    private static byte[] append(VblockWriter writer, byte[] content, Random random) throws IOException {
        byte[] bytes = new byte[random.nextBoolean() ? random.nextInt(3000) : (1 + random.nextInt(6)) * UNIT_BYTES];
        random.nextBytes(bytes);
        if (random.nextBoolean()) {
            if (bytes.length > writer.remaining(true)) {
                return content;
            }
            writer.append(ByteBuffer.wrap(bytes));
        } else {
            bytes = Arrays.copyOf(bytes, bytes.length / UNIT_BYTES * UNIT_BYTES);
            if (bytes.length > writer.remaining(false)) {
                return content;
            }
            for (int done = 0; done < bytes.length; ) {
                IoBuffer buffer = writer.takeBuffer();
                int count = Math.min(bytes.length - done, buffer.bytes().limit());
                buffer.bytes().clear().put(bytes, done, count).flip();
                writer.append(buffer);
                done += count;
            }
        }
        byte[] both = Arrays.copyOf(content, content.length + bytes.length);
        System.arraycopy(bytes, 0, both, content.length, bytes.length);
        return both;
    }

    private void compare(Vblock vblock, byte[] content, Random random, int seed) throws IOException {
        try (ReadHandle handle = vblocks.openHandle()) {
            for (int i = 0; i < 4; i++) {
                int from = random.nextInt((int) vblock.length() + 1);
                from = random.nextBoolean() ? from : from / SECTOR_BYTES * SECTOR_BYTES;
                int to = from + random.nextInt((int) vblock.length() - from + 1);
                target.bytes().clear().limit(to - from);
                vblock.read(handle, from, target);
                assertThat(target.bytes().flip())
                        .as("seed=%d from=%d to=%d", seed, from, to)
                        .isEqualTo(ByteBuffer.wrap(content, from, to - from));
            }
        }
    }

    private static VblockRequest request(int width) {
        return new VblockRequest(Stream.DATA, width, 7);
    }
}
