package io.ocssd.ftl.vblock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Geometry;
import io.ocssd.error.BusyException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.error.NotFoundException;
import io.ocssd.ftl.TestDrive;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Task;
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
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a vblock promises, case by case; {@link VblockProperties} has what is random. */
final class VblockTest {
    private static final String TINY = "profile=tiny&factoryBad=0&sectorBytes=512";
    private static final int SECTOR = 512;
    private static final int UNIT = 2 * SECTOR;

    @Test
    void capacityCanBeAppendedInEitherWayAndIsThereAfterwards() throws Exception {
        onTarget(TINY, (drive, vblocks) -> {
            for (boolean staged : new boolean[] {true, false}) {
                VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 3, 0));
                byte[] bytes = random((int) writer.remaining(staged));
                assertThat((long) bytes.length).isGreaterThanOrEqualTo(vblocks.capacityBytes(3));
                assertThat(bytes.length).isGreaterThan(3 * 30 * SECTOR * 8 / 10);
                if (staged) {
                    writer.append(ByteBuffer.wrap(bytes));
                } else {
                    appendRaw(writer, bytes);
                }
                assertThat(writer.remaining(staged)).isZero();
                assertThatThrownBy(() -> writer.append(ByteBuffer.allocate(1)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("remaining=0");
                writer.sync();
                writer.seal();
                assertHolds(writer.vblock(), bytes);
                for (int i = 0; i < drive.device().geometry().blocks(); i++) {
                    assertThat(drive.device().report().state(i)).isNotEqualTo(BlockState.OPEN);
                }
            }
        });
    }

    @Test
    void bytesAreCountedByWhatTheyAre() throws Exception {
        onTarget(TINY, (drive, vblocks) -> {
            VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.LOG, 2, 0));
            Counts before = new Counts(drive);
            writer.append(ByteBuffer.allocate(100));
            writer.sync();
            assertThat(before.since(drive)).isEqualTo(List.of(100L, 72L, (long) UNIT - 172, 0L));
            before = new Counts(drive);
            writer.sync();
            assertThat(before.since(drive)).isEqualTo(List.of(0L, 0L, 0L, 0L));
            appendRaw(writer, random(3 * UNIT));
            writer.sync();
            assertThat(before.since(drive)).isEqualTo(List.of(3L * UNIT, 72L, (long) UNIT - 72, 0L));
            writer.seal();
            long programmed = drive.device().counters().programmedSectors();
            // Two labels, each with a mirror, and the two blocks.
            assertThat(programmed).isEqualTo((4 + 2) * 32);
            assertThat(drive.device().counters().programmedBytes()).isEqualTo(programmed * SECTOR);
            assertThat(drive.device().counters().programmedBytes(ByteClass.PAYLOAD))
                    .isEqualTo(100 + 3 * UNIT);
            assertThat(drive.device().counters().writeAmplification()).isEqualTo(1.0);
        });
    }

    @Test
    void allBlocksComeRound() throws Exception {
        onTarget("profile=tiny&sectorBytes=512&factoryBad=5", (drive, vblocks) -> {
            SplittableRandom random = new SplittableRandom(3);
            List<Vblock> alive = new ArrayList<>();
            for (int i = 0; i < 250; i++) {
                VblockWriter writer =
                        vblocks.allocate(new VblockRequest(Stream.DATA, 1 + random.nextInt(vblocks.maxWidth()), i));
                writer.seal();
                alive.add(writer.vblock());
                if (alive.size() > 3) {
                    alive.remove(random.nextInt(alive.size())).erase();
                }
            }
            BlockReport report = drive.device().report();
            Geometry geometry = drive.device().geometry();
            long least = Long.MAX_VALUE;
            long most = 0;
            for (int block = 0; block < geometry.blocks(); block++) {
                // The label is in the first blocks of LUNs 0 and 2.
                if (report.state(block) != BlockState.OFFLINE && block % geometry.blocksPerLun() >= 8) {
                    least = Math.min(least, report.eraseCount(block));
                    most = Math.max(most, report.eraseCount(block));
                }
            }
            assertThat(least).isGreaterThan(4);
            assertThat(most - least).isLessThanOrEqualTo(2);
        });
    }

    @Test
    void widthOneAloneUsesEveryLun() throws Exception {
        onTarget("profile=tiny&sectorBytes=512&factoryBad=5", (drive, vblocks) -> {
            for (int i = 0; i < 130; i++) {
                VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.LOG, 1, i));
                writer.seal();
                writer.vblock().erase();
            }
            BlockReport report = drive.device().report();
            Geometry geometry = drive.device().geometry();
            for (int lun = 0; lun < geometry.luns(); lun++) {
                int block = (lun + 1) * geometry.blocksPerLun() - 1;
                while (report.state(block) == BlockState.OFFLINE) {
                    block--;
                }
                assertThat(report.eraseCount(block)).as("LUN %d", lun).isPositive();
            }
        });
    }

    @Test
    void fullTargetSaysSoStaysReadableAndIsFreedByAnErase() throws Exception {
        onTarget(TINY, (drive, vblocks) -> {
            List<VblockWriter> writers = new ArrayList<>();
            int available = vblocks.available(4);
            for (int i = 0; i < available; i++) {
                VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 4, i));
                writer.append(ByteBuffer.wrap(new byte[] {(byte) i}));
                writer.seal();
                writers.add(writer);
            }
            assertThat(vblocks.available(4)).isZero();
            long programmed = drive.device().counters().programmedSectors();
            assertThatThrownBy(() -> vblocks.allocate(new VblockRequest(Stream.DATA, 4, 0)))
                    .isInstanceOf(NoSpaceException.class)
                    .hasMessageContaining("fewer than 4 LUNs");
            assertThat(drive.device().counters().programmedSectors()).isEqualTo(programmed);
            assertHolds(writers.get(3).vblock(), new byte[] {3});
            writers.get(5).vblock().erase();
            assertThat(vblocks.available(4)).isEqualTo(1);
            vblocks.allocate(new VblockRequest(Stream.DATA, 4, 0)).seal();
        });
    }

    @Test
    void windowsStayWithinTheBudget() throws Exception {
        int reserve = StripeWriter.reserveBuffers(4, new io.ocssd.device.Limits(2, 4, 8, 0)) * 4 * SECTOR;
        onDrive(TINY, OpenOptions.defaults().withWindowBytes(2L * reserve), (drive, vblocks) -> {
            VblockWriter first = vblocks.allocate(new VblockRequest(Stream.DATA, 4, 1));
            VblockWriter second = vblocks.allocate(new VblockRequest(Stream.DATA, 4, 2));
            int available = vblocks.available(4);
            assertThatThrownBy(() -> vblocks.allocate(new VblockRequest(Stream.DATA, 1, 3)))
                    .isInstanceOf(BusyException.class)
                    .hasMessageContaining("windows");
            assertThat(vblocks.available(4)).isEqualTo(available);
            first.seal();
            vblocks.allocate(new VblockRequest(Stream.DATA, 4, 3)).seal();
            // What was given up without a seal stays readable, so it keeps its window until it is erased.
            second.append(ByteBuffer.wrap(new byte[] {7}));
            second.sync();
            second.close();
            assertHolds(second.vblock(), new byte[] {7});
            vblocks.allocate(new VblockRequest(Stream.DATA, 2, 4));
            assertThatThrownBy(() -> vblocks.allocate(new VblockRequest(Stream.DATA, 4, 3)))
                    .isInstanceOf(BusyException.class);
            second.vblock().erase();
            vblocks.allocate(new VblockRequest(Stream.DATA, 1, 3)).seal();
        });
    }

    @Test
    void limitOfOpenBlocksIsKept() throws Exception {
        onTarget(TINY + "&maxOpen=7", (drive, vblocks) -> {
            VblockWriter four = vblocks.allocate(new VblockRequest(Stream.DATA, 4, 0));
            VblockWriter one = vblocks.allocate(new VblockRequest(Stream.LOG, 1, 0));
            assertThatThrownBy(() -> vblocks.allocate(new VblockRequest(Stream.LOG, 1, 0)))
                    .isInstanceOf(BusyException.class)
                    .hasMessageContaining("may have 6 open blocks, 6 are open");
            appendRaw(four, random((int) four.remaining(false)));
            four.seal();
            one.close();
            one.vblock().erase();
            vblocks.allocate(new VblockRequest(Stream.DATA, 4, 0)).seal();
        });
    }

    @Test
    void erasedVblockIsGoneForEveryone() throws Exception {
        onTarget(TINY, (drive, vblocks) -> {
            VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 2, 0));
            writer.append(ByteBuffer.wrap(random(5000)));
            writer.sync();
            Vblock vblock = writer.vblock();
            assertThatThrownBy(vblock::erase)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("open for writing");
            assertThat(vblock.length()).isEqualTo(5000);
            writer.close();
            vblock.erase();
            assertThatThrownBy(() -> vblock.read(0, ByteBuffer.allocate(1))).isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> vblocks.open(vblock.id())).isInstanceOf(NotFoundException.class);
            assertThatThrownBy(vblock::erase).isInstanceOf(NotFoundException.class);
            assertThat(vblocks.list()).isEmpty();
            BlockReport report = drive.device().report();
            // The journal's, which has what was erased.
            assertThat(report.count(BlockState.OPEN)).isEqualTo(1);
            assertThat(report.count(BlockState.CLOSED)).isEqualTo(4);
        });
    }

    @Test
    void misuseIsNamedAndHarmsNothing() throws Exception {
        onTarget(TINY, (drive, vblocks) -> {
            assertThatThrownBy(() -> vblocks.allocate(new VblockRequest(Stream.DATA, 5, 0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("width=5, maxWidth=4");
            VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 2, 0));
            IoBuffer buffer = writer.takeBuffer();
            buffer.bytes().limit(UNIT + 1);
            assertThatThrownBy(() -> writer.append(buffer))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no multiple of ws_min");
            IoBuffer foreign = new IoBufferPool(UNIT, 1).tryTake();
            assertThatThrownBy(() -> writer.append(foreign))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("takeBuffer");
            buffer.bytes().limit(UNIT);
            assertThat(writer.append(buffer)).isZero();
            assertThatThrownBy(() -> writer.append(buffer)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> writer.vblock().read(UNIT, ByteBuffer.allocate(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("length=" + UNIT);
            assertThatThrownBy(() -> writer.vblock().read(-1, ByteBuffer.allocate(1)))
                    .isInstanceOf(IllegalArgumentException.class);
            ReadHandle handle = vblocks.openHandle();
            handle.close();
            handle.close();
            assertThatThrownBy(() -> writer.vblock().read(handle, 0, ByteBuffer.allocate(1)))
                    .isInstanceOf(IllegalStateException.class);
            writer.seal();
            writer.close();
            assertThat(writer.remaining(true)).isZero();
            assertThatThrownBy(() -> writer.append(ByteBuffer.allocate(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        });
    }

    @Test
    void buffersTakenAndNeverAppendedAreMisuseNotAHang() throws Exception {
        onTarget(TINY, (drive, vblocks) -> {
            VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 2, 0));
            List<IoBuffer> taken = new ArrayList<>();
            assertThatThrownBy(() -> {
                        while (true) {
                            taken.add(writer.takeBuffer());
                        }
                    })
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("none appended");
            assertThat(taken).hasSizeGreaterThan(4);
            taken.forEach(IoBuffer::release);
            appendRaw(writer, random((int) writer.remaining(false)));
            writer.seal();
        });
    }

    @Test
    void smallestRawAppendsNeverRunOutOfBuffers() throws Exception {
        onTarget(TINY, (drive, vblocks) -> {
            VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 4, 0));
            byte[] bytes = random((int) writer.remaining(false));
            for (int at = 0; at < bytes.length; at += UNIT) {
                // The caller holds as many as it may.
                List<IoBuffer> held = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    held.add(writer.takeBuffer());
                }
                IoBuffer buffer = writer.takeBuffer();
                buffer.bytes().put(bytes, at, UNIT).flip();
                writer.append(buffer);
                held.forEach(IoBuffer::release);
            }
            writer.seal();
            assertHolds(writer.vblock(), bytes);
        });
    }

    @Test
    void readersFollowTheWriter() throws Exception {
        for (int seed = 1; seed <= 3; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            try (Scheduler scheduler = Scheduler.real()) {
                follow(scheduler, random.split());
            }
            TestDrive.simulated(seed, scheduler -> {
                follow(scheduler, random.split());
                return null;
            });
        }
    }

    @Test
    void sameSeedGivesTheSameRun() throws Exception {
        List<Long> ends = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            TestDrive.simulated(77, scheduler -> {
                follow(scheduler, new SplittableRandom(77));
                return ends.add(scheduler.nanoTime());
            });
        }
        assertThat(ends.get(0)).isEqualTo(ends.get(1));
    }

    private static void follow(Scheduler scheduler, SplittableRandom random) throws Exception {
        try (Drive drive = Ocssd.open("mem:?" + TINY, scheduler, OpenOptions.defaults())) {
            Vblocks vblocks = drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
            for (int round = 0; round < 4; round++) {
                VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 4, 0));
                byte[] bytes = random((int) writer.remaining(false));
                AtomicBoolean done = new AtomicBoolean();
                AtomicLong read = new AtomicLong();
                List<Task> readers = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    SplittableRandom own = random.split();
                    readers.add(scheduler.spawn("reader", () -> {
                        // However late it begins in real time.
                        do {
                            read.addAndGet(readSome(writer.vblock(), bytes, own));
                            scheduler.sleepUntil(scheduler.nanoTime() + 1000);
                        } while (!done.get() || read.get() == 0);
                    }));
                }
                int at = 0;
                while (writer.remaining(false) > 4 * UNIT) {
                    int count = random.nextInt(3) == 0 ? 1 + random.nextInt(700) : UNIT * (1 + random.nextInt(2));
                    count = Math.min(count, bytes.length - at);
                    if (count % UNIT == 0) {
                        appendRaw(writer, java.util.Arrays.copyOfRange(bytes, at, at + count));
                    } else {
                        writer.append(ByteBuffer.wrap(bytes, at, count));
                    }
                    at += count;
                    if (random.nextInt(5) == 0) {
                        writer.sync();
                    }
                    scheduler.sleepUntil(scheduler.nanoTime() + 1000);
                }
                writer.seal();
                done.set(true);
                for (Task reader : readers) {
                    reader.join();
                }
                assertThat(read.get()).isPositive();
                writer.vblock().erase();
            }
        }
    }

    private static int readSome(Vblock vblock, byte[] bytes, SplittableRandom random) throws IOException {
        int length = (int) vblock.length();
        int from = random.nextInt(length + 1);
        if (random.nextBoolean()) {
            from = Math.max(0, length - 1 - random.nextInt(3000));
        }
        ByteBuffer back = ByteBuffer.allocate(Math.min(length - from, random.nextInt(5000)));
        vblock.read(from, back);
        assertThat(back.flip()).isEqualTo(ByteBuffer.wrap(bytes, from, back.limit()));
        return back.limit();
    }

    @Test
    void readersOfAnErasedVblockFailAndNeverSeeOtherBytes() throws Exception {
        try (Scheduler scheduler = Scheduler.real();
                Drive drive = Ocssd.open("mem:?" + TINY, scheduler, OpenOptions.defaults())) {
            Vblocks vblocks = drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
            for (int round = 0; round < 20; round++) {
                Vblock vblock = write(vblocks, (byte) round);
                List<Task> readers = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    byte expected = (byte) round;
                    readers.add(scheduler.spawn("reader", () -> {
                        ByteBuffer back = ByteBuffer.allocate(20_000);
                        try {
                            while (true) {
                                vblock.read(0, back.clear());
                                for (byte each : back.array()) {
                                    assertThat(each).isEqualTo(expected);
                                }
                            }
                        } catch (NotFoundException e) {
                            assertThat(e).hasMessageContaining("was erased");
                        }
                    }));
                }
                vblock.erase();
                while (vblocks.available(4) > 0) {
                    write(vblocks, (byte) (round + 100));
                }
                for (Task reader : readers) {
                    reader.join();
                }
                for (Vblock each : vblocks.list()) {
                    each.erase();
                }
            }
        }
    }

    private static Vblock write(Vblocks vblocks, byte value) throws IOException {
        VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 4, 0));
        byte[] bytes = new byte[20_000];
        java.util.Arrays.fill(bytes, value);
        writer.append(ByteBuffer.wrap(bytes));
        writer.seal();
        return writer.vblock();
    }

    @Test
    void writersAndErasersGoSideBySide() throws Exception {
        try (Scheduler scheduler = Scheduler.real();
                Drive drive = Ocssd.open("mem:?" + TINY, scheduler, OpenOptions.defaults())) {
            Vblocks vblocks = drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
            int available = vblocks.available(1);
            List<Task> tasks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                SplittableRandom random = new SplittableRandom(i);
                tasks.add(scheduler.spawn("writer", () -> {
                    for (int round = 0; round < 30; round++) {
                        VblockWriter writer =
                                vblocks.allocate(new VblockRequest(Stream.DATA, 1 + random.nextInt(4), 0));
                        byte[] bytes = random(random.nextInt((int) writer.remaining(true)));
                        writer.append(ByteBuffer.wrap(bytes));
                        if (random.nextBoolean()) {
                            writer.seal();
                        } else {
                            writer.sync();
                            writer.close();
                        }
                        assertHolds(writer.vblock(), bytes);
                        writer.vblock().erase();
                    }
                }));
            }
            for (Task task : tasks) {
                task.join();
            }
            assertThat(vblocks.list()).isEmpty();
            assertThat(vblocks.available(1)).isEqualTo(available);
        }
    }

    private record Counts(List<Long> bytes) {
        Counts(Drive drive) {
            this(of(drive));
        }

        static List<Long> of(Drive drive) {
            List<Long> counts = new ArrayList<>();
            for (ByteClass each : List.of(ByteClass.PAYLOAD, ByteClass.METADATA, ByteClass.PADDING, ByteClass.MIRROR)) {
                counts.add(drive.device().counters().programmedBytes(each));
            }
            return counts;
        }

        List<Long> since(Drive drive) {
            List<Long> now = new ArrayList<>(of(drive));
            for (int i = 0; i < now.size(); i++) {
                now.set(i, now.get(i) - bytes.get(i));
            }
            return now;
        }
    }

    private interface Body {
        void run(Drive drive, Vblocks vblocks) throws Exception;
    }

    private static void onTarget(String shape, Body body) throws Exception {
        onDrive(shape, OpenOptions.defaults(), body);
    }

    /** On both schedulers. */
    private static void onDrive(String shape, OpenOptions options, Body body) throws Exception {
        for (Scheduler scheduler : List.of(Scheduler.real(), Scheduler.simulated(1))) {
            scheduler.run("test", () -> {
                try (Drive drive = Ocssd.open("mem:?" + shape, scheduler, options)) {
                    body.run(
                            drive,
                            drive.createTarget(TargetRequest.wholeDrive("t")).vblocks());
                }
                return null;
            });
            scheduler.close();
        }
    }

    private static void appendRaw(VblockWriter writer, byte[] bytes) throws IOException {
        for (int at = 0; at < bytes.length; ) {
            IoBuffer buffer = writer.takeBuffer();
            int count = Math.min(buffer.capacity(), bytes.length - at);
            buffer.bytes().clear().put(bytes, at, count).flip();
            writer.append(buffer);
            at += count;
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }

    private static void assertHolds(Vblock vblock, byte[] bytes) throws IOException {
        assertThat(vblock.length()).isEqualTo(bytes.length);
        ByteBuffer back = ByteBuffer.allocate(bytes.length);
        vblock.read(0, back);
        assertThat(back.array()).isEqualTo(bytes);
    }
}
