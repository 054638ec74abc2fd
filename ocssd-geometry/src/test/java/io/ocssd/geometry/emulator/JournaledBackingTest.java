package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockState;
import io.ocssd.device.Completion;
import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.error.CorruptException;
import io.ocssd.error.GoneException;
import io.ocssd.error.OcssdException;
import io.ocssd.geometry.contract.Rig;
import io.ocssd.geometry.contract.Rig.Outcome;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code persist=host} costs and says; what it survives is told by {@link HostDeathTest}. */
final class JournaledBackingTest {
    private static final String SHAPE = "mem:?profile=tiny&factoryBad=0";

    @TempDir
    Path directory;

    /** Memory that counts what is asked of it, and fails when it is told to. */
    private static final class CountingBacking implements Backing {
        private final MemoryBacking bytes;
        private int writes;
        private int forces;
        private boolean broken;

        CountingBacking(long length) {
            bytes = new MemoryBacking(length);
        }

        @Override
        public void read(ByteBuffer target, long offset) {
            bytes.read(target, offset);
        }

        @Override
        public synchronized void write(ByteBuffer source, long offset) {
            writes++;
            bytes.write(source, offset);
        }

        @Override
        public void commit() {
            throw new AssertionError("the journal commits by force");
        }

        @Override
        public synchronized void force() throws IOException {
            forces++;
            if (broken) {
                throw new IOException("no space left");
            }
        }

        @Override
        public boolean givesSpaceBack() {
            return true;
        }

        @Override
        public void discard(long offset, long length) {
            bytes.discard(offset, length);
        }

        @Override
        public void close() {}
    }

    private final CreationParameters creation = CreationParameters.of(new Parameters(DeviceUri.parse(SHAPE)));
    private final ImageLayout layout = new ImageLayout(creation.geometry(), true);
    private final CountingBacking image = new CountingBacking(layout.bytes());

    private FlashDevice open(int journalRecords) throws IOException {
        DriveImage drive = DriveImage.open("image", layout.bytes(), image, null, Persistence.HOST, journalRecords);
        DeviceUri uri = DeviceUri.parse("emu:image?timing=off&persist=host");
        Scheduler real = Scheduler.real();
        return EmulatorProvider.device(uri, drive, "", OpenParameters.of(new Parameters(uri), real), real);
    }

    private void format() throws IOException {
        DriveImage.format(creation, layout, image);
    }

    @Test
    void commandsUnderWayShareOneForce() throws Exception {
        format();
        try (Rig rig = new Rig(open(1000));
                IoQueue queue = rig.device.openQueue(32)) {
            image.writes = 0;
            image.forces = 0;
            for (int i = 0; i < 32; i++) {
                IoCommand program = new IoCommand().write(rig.out, 0).oob(rig.oobOut, 0);
                for (int sector = 0; sector < 4; sector++) {
                    program.add(rig.geometry.blockPpa(i) + sector);
                }
                assertThat(queue.submit(program)).isTrue();
            }
            assertThat(image.forces).isZero();
            Completion completion = new Completion();
            for (int i = 0; i < 32; i++) {
                assertThat(queue.poll(completion)).isTrue();
                assertThat(completion.status()).isZero();
            }
            assertThat(image.forces).as("one for all").isEqualTo(1);
            assertThat(image.writes).as("data, OOB, and all records in one").isEqualTo(2 * 32 + 1);
            assertThat(rig.read(0)).isEqualTo(new Outcome(0x287, 1));
            assertThat(image.forces).as("a read forces nothing").isEqualTo(1);
        }
    }

    @Test
    void oneProgramAtATimeIsForcedOnce() throws Exception {
        format();
        try (Rig rig = new Rig(open(1000))) {
            image.forces = 0;
            for (int i = 0; i < 16; i++) {
                assertThat(rig.write(2L * i, 2)).isEqualTo(Outcome.SUCCESS);
            }
            assertThat(rig.erase(0)).isEqualTo(Outcome.SUCCESS);
            assertThat(image.forces).isEqualTo(17);
        }
    }

    @Test
    void threadsShareForces() throws Exception {
        format();
        int threads = 4;
        int programs = 60;
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        // So few records that epochs end in the middle of it all.
        FlashDevice device = open(7);
        CountDownLatch ready = new CountDownLatch(threads);
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int lun = i;
            Thread thread = new Thread(() -> {
                try {
                    Rig rig = new Rig(device);
                    ready.countDown();
                    ready.await();
                    for (int j = 0; j < programs; j++) {
                        long block = rig.geometry.blockPpa(lun * 16 + j % 16);
                        assertThat(rig.write(block + j / 16 * 2L, 2)).isEqualTo(Outcome.SUCCESS);
                    }
                } catch (Throwable e) {
                    failures.add(e);
                }
            });
            all.add(thread);
            thread.start();
        }
        for (Thread each : all) {
            each.join();
        }
        assertThat(failures).isEmpty();
        device.close();
        try (Rig rig = new Rig(open(1000))) {
            for (int i = 0; i < threads * programs; i++) {
                long block = rig.geometry.blockPpa(i / programs * 16 + i % programs % 16);
                assertThat(rig.writePointer(block)).isGreaterThanOrEqualTo(2 * (i % programs / 16 + 1));
            }
        }
    }

    @Test
    void anImageThatCannotBeForcedIsGone() throws Exception {
        format();
        try (Rig rig = new Rig(open(1000))) {
            assertThat(rig.write(0, 4)).isEqualTo(Outcome.SUCCESS);
            image.broken = true;
            assertThatThrownBy(() -> rig.write(4, 4))
                    .isInstanceOf(GoneException.class)
                    .hasMessageContaining("no space left")
                    .satisfies(e -> assertThat(((OcssdException) e).hint()).contains("file system"));
            image.broken = false;
            assertThatThrownBy(() -> rig.write(4, 4)).isInstanceOf(GoneException.class);
            assertThatThrownBy(rig.device::report).isInstanceOf(GoneException.class);
        }
        try (Rig rig = new Rig(open(1000))) {
            assertThat(rig.writePointer(0)).isBetween(4, 8);
        }
    }

    @Test
    void aFileSaysWhatItSurvivesAndWhatWasBroughtBack() throws Exception {
        Path file = directory.resolve("drive.img");
        Ocssd.create("emu:" + file + "?profile=tiny&factoryBad=0&persist=host");
        Scheduler real = Scheduler.real();
        try (Rig rig = new Rig(Ocssd.openDevice("emu:" + file + "?persist=host", real))) {
            assertThat(rig.device.info().persistence()).contains("and of the host (persist=host)");
            rig.fill(0);
            rig.erase(0);
            rig.write(0, 6);
        }
        try (Rig rig = new Rig(Ocssd.openDevice("emu:" + file, real))) {
            assertThat(rig.device.info().persistence()).contains("persist=process");
            assertThat(rig.device.info().notes()).isEmpty();
            assertThat(rig.writePointer(0)).isEqualTo(6);
            assertThat(rig.state(0)).isEqualTo(BlockState.OPEN);
        }
        try (OwnerProcess owner = new OwnerProcess(file, "hold", "?persist=host")) {
            assertThat(owner.nextLine()).isEqualTo("open");
            owner.kill();
        }
        for (String persist : new String[] {"process", "host"}) {
            try (Rig rig = new Rig(Ocssd.openDevice("emu:" + file + "?persist=" + persist, real))) {
                assertThat(rig.device.info().notes())
                        .hasSize(persist.equals("process") ? 1 : 0)
                        .allMatch(note -> note.endsWith("the state of 1 block was brought back from its journal"));
                assertThat(rig.writePointer(rig.geometry.blockPpa(1))).isEqualTo(12);
                rig.read(rig.geometry.blockPpa(1));
                rig.assertData(0, rig.geometry.blockPpa(1));
            }
        }
    }

    @Test
    void aJournalThatIsDamagedWhereItWasDurableIsRefused() throws Exception {
        Path file = directory.resolve("drive.img");
        Ocssd.create("emu:" + file + "?profile=tiny&factoryBad=0");
        try (OwnerProcess owner = new OwnerProcess(file, "hold", "?persist=host")) {
            assertThat(owner.nextLine()).isEqualTo("open");
            owner.kill();
        }
        patch(file, layout.journalOffset() + 50, (byte) 0x5A);
        assertThatThrownBy(() -> Ocssd.openDevice("emu:" + file, Scheduler.real()))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("record 1 of the journal")
                .hasMessageContaining(file.toString());
        patch(file, ImageLayout.JOURNAL_HEADERS_OFFSET + 20, (byte) 0x5A);
        patch(file, ImageLayout.JOURNAL_HEADERS_OFFSET + 4096 + 20, (byte) 0x5A);
        assertThatThrownBy(() -> Ocssd.openDevice("emu:" + file, Scheduler.real()))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("both headers of the journal");
    }

    @Test
    void blocksThatAreWrittenAnywhereAreRefused() throws Exception {
        Path file = directory.resolve("drive.img");
        Ocssd.create("emu:" + file + "?profile=tiny&randomBlocks=2");
        assertThatThrownBy(() -> Ocssd.openDevice("emu:" + file + "?persist=host", Scheduler.real()))
                .isInstanceOf(OcssdException.class)
                .hasMessageContaining("randomBlocks=2")
                .satisfies(e -> assertThat(((OcssdException) e).hint()).contains("persist=process"));
        Ocssd.openDevice("emu:" + file, Scheduler.real()).close();
    }

    private static void patch(Path file, long offset, byte value) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {value}), offset);
        }
    }
}
