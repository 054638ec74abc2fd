package io.ocssd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import io.ocssd.Ocssd;
import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.error.DeviceException;
import io.ocssd.geometry.decorator.faults.Fault;
import io.ocssd.geometry.decorator.faults.FaultKind;
import io.ocssd.geometry.decorator.faults.Faults;
import io.ocssd.geometry.decorator.faults.FaultyDevice;
import io.ocssd.geometry.decorator.trace.Trace;
import io.ocssd.geometry.decorator.trace.TracedCommand;
import io.ocssd.geometry.decorator.trace.TracedDevice;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.TargetRequest;
import io.ocssd.target.TargetShare;
import io.ocssd.vblock.ReadHandle;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Defects that liblightnvm 0.1.8 has and this library must not have, one test each.
 *
 * <p>Of those, these can't come back for want of what they are in, and have no test. The flags for scrambling and for buffer
 * lists are the same bit there: commands have no flags here, only named parts. Its table of the quirks of drives is never looked
 * at: there is none here. Reading a bad block table of Open-Channel SSD 1.2 for several addresses does not advance: that revision
 * is not spoken yet. Its context for asynchronous commands leaks when a virtual block is freed: there is none to be freed, queues
 * are closed by who opened them, and {@link #whatAWriterHeldIsGivenBack} has the rest of it. One more is tested where drives of a
 * kernel are opened: a missing privilege is told as "function not implemented" there, and by its name here (RecognitionTest of
 * ocssd-geometry).
 */
class LiblightnvmDefectsTest {
    private static final String TINY = "mem:?profile=tiny&factoryBad=0";

    @TempDir
    Path directory;

    private final Scheduler scheduler = Scheduler.real();

    @AfterEach
    void closeScheduler() {
        scheduler.close();
    }

    private Vblocks wholeDrive(FlashDevice device) throws Exception {
        Drive drive = Ocssd.open(device, scheduler, OpenOptions.defaults());
        return drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
    }

    /** There, a read of 8 sectors reads 64, past the end of the caller's buffer and where nothing was written. */
    @Test
    void aReadTouchesOnlyTheSectorsAndTheBytesThatWereAskedFor() throws Exception {
        Trace trace = Trace.inMemory(1 << 20);
        try (FlashDevice device = new TracedDevice(Ocssd.openDevice(TINY, scheduler), trace, scheduler)) {
            Vblocks vblocks = wholeDrive(device);
            byte[] data = random(300_000);
            VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 4, 0));
            writer.append(ByteBuffer.wrap(data));
            writer.seal();
            int sectorBytes = device.geometry().sectorBytes();
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < 300; i++) {
                long before = reads(trace).size();
                int length = random.nextInt(3 * sectorBytes);
                int offset = random.nextInt(data.length - length + 1);
                byte[] around = new byte[length + 200];
                Arrays.fill(around, (byte) 0x5A);
                writer.vblock().read(offset, ByteBuffer.wrap(around, 100, length));
                assertThat(Arrays.copyOfRange(around, 100, 100 + length))
                        .isEqualTo(Arrays.copyOfRange(data, offset, offset + length));
                for (int j = 0; j < 100; j++) {
                    assertThat(around[j]).isEqualTo((byte) 0x5A);
                    assertThat(around[100 + length + j]).isEqualTo((byte) 0x5A);
                }
                List<TracedCommand> reads = reads(trace);
                int sectors = 0;
                for (TracedCommand read : reads.subList((int) before, reads.size())) {
                    sectors += read.sectors();
                    assertThat(read.status()).isZero();
                }
                // A frame has a header and does not end where a sector does: two more at both ends and at each frame.
                assertThat(sectors).as("sectors for %d bytes", length).isLessThanOrEqualTo(length / sectorBytes + 3);
                if (length == 0) {
                    assertThat(sectors).isZero();
                }
            }
        }
    }

    private static List<TracedCommand> reads(Trace trace) {
        List<TracedCommand> reads = new ArrayList<>();
        for (TracedCommand command : trace.read()) {
            if (command.operation() == IoCommand.Operation.READ) {
                reads.add(command);
            }
        }
        return reads;
    }

    /** There, a write that fails says "I/O error", and which sectors are written nobody can find out but by erasing all. */
    @Test
    void aFailedWriteIsToldSectorBySectorAndTheWritePointerIsTheDevices() throws Exception {
        Faults faults = Faults.of(1, Fault.earlyClose().at(Ppa.of(1, 0, 3, 5)));
        try (FlashDevice device = new FaultyDevice(Ocssd.openDevice(TINY, scheduler), faults, scheduler)) {
            long ppa = Ppa.of(1, 0, 3, 0);
            Completion completion = write(device, ppa, 8);
            assertThat(completion.status()).isEqualTo(0x2F1);
            assertThat(completion.failedAddresses()).isEqualTo(0b1110_0000);
            int block = device.geometry().blockIndex(ppa);
            assertThat(device.report().state(block)).isEqualTo(BlockState.CLOSED);
            assertThat(device.report().writePointer(block)).isEqualTo(5);
        }
    }

    /** There, a virtual block one of whose programs failed can't be written any more. */
    @Test
    void aFailedProgramLosesNothingThatWasSynced() throws Exception {
        for (int nth = 1; nth < 40; nth += 3) {
            Faults faults = new Faults(nth);
            try (FlashDevice device = new FaultyDevice(Ocssd.openDevice(TINY, scheduler), faults, scheduler)) {
                Vblocks vblocks = wholeDrive(device);
                VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 2, 0));
                byte[] data = random(120_000);
                writer.append(ByteBuffer.wrap(data, 0, 30_000));
                writer.sync();
                faults.arm(Fault.earlyClose().nth(nth));
                int synced = 30_000;
                try {
                    writer.append(ByteBuffer.wrap(data, 30_000, 90_000));
                    writer.sync();
                    synced = data.length;
                } catch (DeviceException e) {
                    assertThat(e).hasMessageContaining("0x2F1").hasMessageContaining("ch=");
                }
                assertThat(faults.fired(FaultKind.EARLY_CLOSE)).isLessThanOrEqualTo(1);
                byte[] back = new byte[synced];
                writer.vblock().read(0, ByteBuffer.wrap(back));
                assertThat(back).isEqualTo(Arrays.copyOf(data, synced));
            }
        }
    }

    /** There, a write behind the end is sent to the drive, and a read of no bytes at offset 0 counts backwards. */
    @Test
    void nothingGoesBehindTheEndAndNothingIsReadOfNothing() throws Exception {
        try (FlashDevice device = Ocssd.openDevice(TINY, scheduler)) {
            long ppa = Ppa.of(0, 1, 3, 0);
            assertThat(write(device, ppa, 32).status()).isZero();
            assertThat(write(device, Ppa.withSector(ppa, 30), 4).status()).isNotZero();
            execute(device, new IoCommand().erase().add(ppa));

            Vblocks vblocks = wholeDrive(device);
            VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 2, 0));
            long room = writer.remaining(true);
            assertThatThrownBy(() -> writer.append(ByteBuffer.allocate((int) room + 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("remaining=" + room);
            assertThat(writer.append(ByteBuffer.allocate(0))).isZero();
            writer.append(ByteBuffer.allocate((int) room));
            writer.seal();
            Vblock vblock = writer.vblock();
            assertThat(vblock.length()).isEqualTo(room);
            vblock.read(0, ByteBuffer.allocate(0));
            vblock.read(room, ByteBuffer.allocate(0));
            for (long offset : new long[] {-1, room, room + 1, Long.MAX_VALUE}) {
                assertThatThrownBy(() -> vblock.read(offset, ByteBuffer.allocate(1)))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    /** There, asynchronous writes ignore the offset and go to the beginning of each block. */
    @Test
    void whatIsUnderWayTogetherIsFoundAtTheOffsetsThatWereReturned() throws Exception {
        try (FlashDevice device = Ocssd.openDevice(TINY + "&shuffle=3", scheduler)) {
            Vblocks vblocks = wholeDrive(device);
            VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 4, 0));
            SplittableRandom random = new SplittableRandom(2);
            List<byte[]> pieces = new ArrayList<>();
            List<Long> offsets = new ArrayList<>();
            while (writer.remaining(true) > 9000) {
                byte[] piece = random(1 + random.nextInt(9000));
                pieces.add(piece);
                offsets.add(writer.append(ByteBuffer.wrap(piece)));
            }
            writer.sync();
            for (int i = 0; i < pieces.size(); i++) {
                byte[] back = new byte[pieces.get(i).length];
                writer.vblock().read(offsets.get(i), ByteBuffer.wrap(back));
                assertThat(back).as("piece %d", i).isEqualTo(pieces.get(i));
            }
        }
    }

    /** There, a copy leaves the write cursor at the beginning, and visits a block twice in a command, which drives refuse. */
    @Test
    void aCopyMovesTheWritePointerAndGoesOnBehindIt() throws Exception {
        String image = "emu:" + directory.resolve("drive.img");
        new Cli()
                .run("device", "create", image + "?profile=tiny&factoryBad=0&copy=on")
                .succeeds();
        byte[] data = random(16 * 4096);
        Cli cli = new Cli().with("OCSSD_DEVICE", image).input(data);
        cli.run("io", "write", "ch=0-1,lun=0,blk=5", "--count", "8", "--input", "-")
                .succeeds();
        cli.run("io", "write", "ch=0-1,lun=0,blk=5,sec=8", "--count", "24", "--input", "-")
                .succeeds();
        cli.run("io", "copy", "ch=0,lun=0,blk=5", "--to", "ch=1,lun=1,blk=6", "--count", "8")
                .succeeds();
        assertThat(writePointer(cli, "ch=1,lun=1,blk=6")).isEqualTo(8);
        cli.run("io", "copy", "ch=1,lun=0,blk=5", "--to", "ch=1,lun=1,blk=6,sec=8", "--count", "8")
                .succeeds();
        assertThat(writePointer(cli, "ch=1,lun=1,blk=6")).isEqualTo(16);
        cli.run("io", "write", "ch=1,lun=1,blk=6,sec=16", "--count", "16", "--input", "-")
                .succeeds();
        byte[] back = cli.run("io", "read", "ch=1,lun=1,blk=6", "--count", "16", "--output", "-")
                .succeeds()
                .stdout();
        assertThat(back).isEqualTo(data);
    }

    private static int writePointer(Cli cli, String block) {
        JsonArray report = cli.run("--json", "device", "report", block).json().getAsJsonArray();
        return report.get(0).getAsJsonObject().get("writePointerSectors").getAsInt();
    }

    /** There, a virtual block of more than 128 blocks writes behind its table, and takes a block twice, or a sector for one. */
    @Test
    void aVblockMayHaveAnyNumberOfBlocksAndEachOnlyOnce() throws Exception {
        String wide = "mem:?channels=16&luns=16&blocks=9&sectors=16&sectorBytes=4096&wsMin=1&wsOpt=2&mwCunits=0"
                + "&factoryBad=0";
        try (FlashDevice device = Ocssd.openDevice(wide, scheduler)) {
            Vblocks vblocks = wholeDrive(device);
            assertThat(vblocks.maxWidth()).isEqualTo(256);
            VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 256, 0));
            assertThat(writer.vblock().luns()).doesNotHaveDuplicates().hasSize(256);
            byte[] data = random((int) writer.remaining(true));
            writer.append(ByteBuffer.wrap(data));
            writer.seal();
            byte[] back = new byte[data.length];
            writer.vblock().read(0, ByteBuffer.wrap(back));
            assertThat(back).isEqualTo(data);
        }
        assertThatThrownBy(() -> TargetShare.luns(List.of(3, 3))).hasMessageContaining("listed twice");
        Cli.Run twice = new Cli().run("-d", "mem:", "--json", "io", "erase", "blk=4", "blk=4,sec=7", "--dry-run");
        assertThat(twice.succeeds().json().getAsJsonObject().get("count").getAsInt())
                .isEqualTo(1);
    }

    /** There, padding takes ws_opt times the memory of what is padded, and fails when nothing is left to pad. */
    @Test
    void paddingTakesLittleMemoryAndMayHaveNothingToDo() throws Exception {
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        String large = "mem:?channels=1&luns=1&blocks=12&sectors=16384&wsMin=4&wsOpt=16&factoryBad=0&payload=off";
        try (FlashDevice device = Ocssd.openDevice(large, scheduler)) {
            Vblocks vblocks = wholeDrive(device);
            vblocks.allocate(new VblockRequest(Stream.DATA, 1, 0)).seal();
            VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 1, 0));
            long before = threads.getCurrentThreadAllocatedBytes();
            writer.seal();
            long padded = 16384L * device.geometry().sectorBytes();
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(padded / 16);
        }
        try (FlashDevice device = Ocssd.openDevice(TINY, scheduler)) {
            Vblocks vblocks = wholeDrive(device);
            VblockWriter full = vblocks.allocate(new VblockRequest(Stream.DATA, 1, 0));
            while (full.remaining(false) > 0) {
                IoBuffer buffer = full.takeBuffer();
                buffer.bytes().limit((int) Math.min(buffer.capacity(), full.remaining(false)));
                full.append(buffer);
            }
            full.sync();
            full.seal();
            assertThat(full.vblock().isSealed()).isTrue();
        }
        String image = "emu:" + directory.resolve("drive.img");
        new Cli().run("device", "create", image, "--profile", "tiny").succeeds();
        Cli cli = new Cli().with("OCSSD_DEVICE", image);
        cli.run("target", "create", "t").succeeds();
        assertThat(cli.run("vblock", "pad").succeeds().out()).contains("nothing was open");
    }

    /** There, what a virtual block holds for asynchronous commands is never given back. */
    @Test
    void whatAWriterHeldIsGivenBack() throws Exception {
        try (FlashDevice device = Ocssd.openDevice(TINY + "&maxOpen=7", scheduler)) {
            Drive drive = Ocssd.open(device, scheduler, OpenOptions.defaults());
            Vblocks vblocks = drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
            int most = vblocks.maxWriters(1);
            int free = vblocks.available(1);
            assertThat(most).isBetween(4, 6);
            for (int i = 0; i < 300; i++) {
                VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 4, 0));
                writer.append(ByteBuffer.allocate(5000));
                if (i % 2 == 0) {
                    writer.seal();
                } else {
                    writer.close();
                }
                try (ReadHandle handle = vblocks.openHandle()) {
                    writer.vblock().read(handle, 0, ByteBuffer.allocate((int)
                            writer.vblock().length()));
                }
                writer.vblock().erase();
            }
            // But for what the target itself keeps to remember things.
            assertThat(vblocks.available(1)).isGreaterThanOrEqualTo(free - 2);
            assertThat(vblocks.maxWriters(1)).isEqualTo(most);
            assertThat(vblocks.list()).isEmpty();
        }
    }

    /** There, the last mw_cunits sectors of an open block can't be read, and nobody asks the drive where a block ends. */
    @Test
    void whatWasSyncedIsReadableAtOnceAndFoundByTheDrivesWritePointers() throws Exception {
        String image = "emu:" + directory.resolve("drive.img");
        Ocssd.create(image + "?profile=tiny&factoryBad=0");
        byte[] data = random(50_000);
        long id;
        try (Drive drive = Ocssd.open(image, scheduler, OpenOptions.defaults())) {
            Vblocks vblocks = drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
            VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.LOG, 1, 0));
            id = writer.vblock().id();
            for (int i = 0; i < data.length; i += 5000) {
                writer.append(ByteBuffer.wrap(data, i, 5000));
                writer.sync();
                byte[] back = new byte[i + 5000];
                writer.vblock().read(0, ByteBuffer.wrap(back));
                assertThat(back).isEqualTo(Arrays.copyOf(data, i + 5000));
            }
        }
        try (Drive drive = Ocssd.open(image, scheduler, OpenOptions.defaults())) {
            Vblock vblock = drive.target("t").vblocks().open(id);
            assertThat(vblock.length()).isEqualTo(data.length);
            byte[] back = new byte[data.length];
            vblock.read(0, ByteBuffer.wrap(back));
            assertThat(back).isEqualTo(data);
            BlockReport report = drive.device().report();
            // The target itself may have one to remember things.
            assertThat(report.count(BlockState.OPEN)).isLessThanOrEqualTo(1);
        }
    }

    /** There, a read never fetches the out-of-band bytes. */
    @Test
    void outOfBandBytesAreRead() throws Exception {
        try (FlashDevice device = Ocssd.openDevice(TINY, scheduler)) {
            Geometry geometry = device.geometry();
            IoBuffer oob = new IoBufferPool(32 * geometry.oobBytes(), 1).tryTake();
            IoBuffer data = new IoBufferPool(32 * geometry.sectorBytes(), 1).tryTake();
            byte[] bytes = random(32 * geometry.oobBytes());
            oob.bytes().put(0, bytes);
            long ppa = Ppa.of(0, 0, 2, 0);
            assertThat(execute(
                                    device,
                                    new IoCommand().write(data, 0).oob(oob, 0).addRun(ppa, 32))
                            .status())
                    .isZero();
            oob.bytes().put(0, new byte[bytes.length]);
            assertThat(execute(device, new IoCommand().read(data, 0).oob(oob, 0).addRun(ppa, 32))
                            .status())
                    .isZero();
            byte[] back = new byte[bytes.length];
            oob.bytes().get(0, back);
            assertThat(back).isEqualTo(bytes);
        }
    }

    /** There, the report of blocks ignores the option that says which. */
    @Test
    void aReportIsOfTheBlocksThatWereAskedFor() throws Exception {
        Cli cli = new Cli().with("OCSSD_DEVICE", "mem:?profile=tiny&factoryBad=2");
        assertThat(cli.run("--json", "device", "report").json().getAsJsonArray())
                .hasSize(64);
        assertThat(cli.run("--json", "device", "report", "--channel", "1", "--lun", "0")
                        .json()
                        .getAsJsonArray())
                .hasSize(16)
                .allMatch(each -> each.getAsJsonObject().get("channel").getAsInt() == 1);
        assertThat(cli.run("--json", "device", "report", "--state", "offline")
                        .json()
                        .getAsJsonArray())
                .hasSize(2);
        assertThat(cli.run("--json", "device", "report", "blk=3").json().getAsJsonArray())
                .hasSize(1);
    }

    /** There, one way to the drive has no queues and no copy, and listing drives is not implemented. */
    @Test
    void everyDriveHasQueuesAndSaysWhetherItCopies() throws Exception {
        for (String uri :
                List.of("mem:?profile=tiny&copy=on", "mem:?profile=tiny&copy=off", "mem:?profile=zns-small")) {
            try (FlashDevice device = Ocssd.openDevice(uri, scheduler);
                    IoQueue queue = device.openQueue(4)) {
                long from = firstFree(device, 0);
                long to = firstFree(device, device.geometry().blockIndex(from) + 1);
                int wsMin = device.limits().wsMin();
                IoBuffer data = new IoBufferPool(64 * device.geometry().sectorBytes(), 1).tryTake();
                int half = 16 / wsMin * wsMin;
                assertThat(queue.submit(new IoCommand()
                                .write(data, 0)
                                .addRun(from, half)
                                .tag(1)))
                        .isTrue();
                assertThat(queue.submit(new IoCommand()
                                .write(data, 0)
                                .addRun(from + half, half)
                                .tag(2)))
                        .isTrue();
                queue.await(2, Long.MAX_VALUE);
                Completion completion = new Completion();
                while (queue.poll(completion)) {
                    assertThat(completion.status()).as(uri).isZero();
                }
                IoCommand copy = new IoCommand().copy();
                for (int i = 0; i < wsMin; i++) {
                    copy.add(from + i).addDestination(to + i);
                }
                int status = execute(device, copy).status();
                assertThat(status == NvmeStatus.SUCCESS)
                        .as(uri)
                        .isEqualTo(device.capabilities().copy());
            }
        }
    }

    private static long firstFree(FlashDevice device, int from) throws Exception {
        BlockReport report = device.report();
        int block = from;
        while (report.state(block) != BlockState.FREE) {
            block++;
        }
        return device.geometry().blockPpa(block);
    }

    private static Completion write(FlashDevice device, long ppa, int sectors) throws Exception {
        IoBuffer data = new IoBufferPool(sectors * device.geometry().sectorBytes(), 1).tryTake();
        return execute(device, new IoCommand().write(data, 0).addRun(ppa, sectors));
    }

    private static Completion execute(FlashDevice device, IoCommand command) throws Exception {
        Completion completion = new Completion();
        try (IoQueue queue = device.openQueue(1)) {
            queue.submit(command);
            queue.await(1, Long.MAX_VALUE);
            assertThat(queue.poll(completion)).isTrue();
        }
        return completion;
    }

    private static byte[] random(int bytes) {
        byte[] data = new byte[bytes];
        new SplittableRandom(bytes).nextBytes(data);
        return data;
    }
}
