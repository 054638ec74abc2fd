package io.ocssd.geometry.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.Capabilities;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.device.Timings;
import io.ocssd.geometry.address.DeviceAddressFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages of a drive that was recorded: read, compared with what else was recorded of it, written again, byte for byte. */
final class RecordedPagesTest {
    private final Capture rules = Capture.named("ocssd20-lightnvm.txt");
    private final Capture faults = Capture.named("ocssd20-faults.txt");

    private byte[] geometryBytes() {
        byte[] dump = rules.dump("ADMIN_VIO e2 geometry");
        assertThat(dump).as("what was recorded of the geometry page").hasSize(208);
        return Arrays.copyOf(dump, GeometryPage.BYTES);
    }

    private GeometryPage geometryPage() throws Exception {
        return GeometryPage.decode(ByteBuffer.wrap(geometryBytes()), 0);
    }

    @Test
    void geometryPageSaysWhatTheRecorderPrintedOfIt() throws Exception {
        GeometryPage page = geometryPage();
        String line = "ver 2.0 ";
        assertThat(page.addressBits())
                .isEqualTo(new GeometryPage.AddressBits(
                        rules.number(line, "g"),
                        rules.number(line, "p"),
                        rules.number(line, "c"),
                        rules.number(line, "s")))
                .isEqualTo(new GeometryPage.AddressBits(1, 2, 6, 12));
        assertThat(page.minorVersion()).isZero();
        assertThat(page.capabilityBits()).isEqualTo(rules.number(line, "mccap")).isEqualTo(4);
        assertThat(page.wearThreshold()).isEqualTo(rules.number(line, "wit")).isZero();
        assertThat(page.channels()).isEqualTo(rules.number(line, "grp")).isEqualTo(2);
        assertThat(page.lunsPerChannel()).isEqualTo(rules.number(line, "pu")).isEqualTo(4);
        assertThat(page.blocksPerLun()).isEqualTo(rules.number(line, "chk")).isEqualTo(60);
        assertThat(page.sectorsPerBlock()).isEqualTo(rules.number(line, "clba")).isEqualTo(4096);
        assertThat(page.wsMin()).isEqualTo(rules.number(line, "ws_min")).isEqualTo(4);
        assertThat(page.wsOpt()).isEqualTo(rules.number(line, "ws_opt")).isEqualTo(8);
        assertThat(page.mwCunits()).isEqualTo(rules.number(line, "mw_cunits")).isEqualTo(24);
        assertThat(page.maxOpen()).isEqualTo(rules.number(line, "maxoc")).isZero();
        assertThat(page.maxOpenPerLun())
                .isEqualTo(rules.number(line, "maxocpu"))
                .isZero();
        assertThat(page.timings().readNanos())
                .isEqualTo(rules.number(line, "trdt"))
                .isEqualTo(70_000);
        assertThat(page.timings()).isEqualTo(new Timings(70_000, 1_900_000, 0, 100_000, 3_500_000, 0));
        assertThat(page.geometry(4096, 16)).isEqualTo(new Geometry(2, 4, 60, 4096, 4096, 16));
        assertThat(page.limits()).isEqualTo(new Limits(4, 8, 24, 0));
        assertThat(page.capabilities()).isEqualTo(new Capabilities(false, false, false, true));
    }

    @Test
    void geometryPageIsWrittenAgainByteForByte() throws Exception {
        byte[] recorded = geometryBytes();
        ByteBuffer written = ByteBuffer.allocate(GeometryPage.BYTES);
        geometryPage().encode(written, 0);
        assertThat(written.array()).isEqualTo(recorded);
        assertThat(GeometryPage.of(
                        new Geometry(2, 4, 60, 4096, 4096, 16),
                        new Limits(4, 8, 24, 0),
                        new Capabilities(false, false, false, true),
                        new Timings(70_000, 1_900_000, 0, 100_000, 3_500_000, 0),
                        0))
                .isEqualTo(geometryPage());
    }

    /** The recorder read bytes 4 to 35 of the log page of a fresh drive: most of one descriptor, and the head of the next. */
    @Test
    void logPageIsWrittenAgainByteForByte() throws Exception {
        byte[] recorded = rules.dump("log CA offset=4 len=32");
        assertThat(recorded).hasSize(32);
        DeviceAddressFormat format = geometryPage().addressFormat(4096, 16);
        ByteBuffer log = ByteBuffer.allocate(2 * ChunkDescriptor.BYTES);
        for (int block = 0; block < 2; block++) {
            long address = format.pack(format.geometry().blockPpa(block));
            new ChunkDescriptor(BlockState.FREE, BlockType.SEQUENTIAL, false, 0, address, 4096, 0)
                    .encode(log, block * ChunkDescriptor.BYTES);
        }
        assertThat(Arrays.copyOfRange(log.array(), 4, 36)).isEqualTo(recorded);
        // The head of the first, which the dump lacks, is that of the second.
        byte[] first = new byte[ChunkDescriptor.BYTES];
        System.arraycopy(recorded, 28, first, 0, 4);
        System.arraycopy(recorded, 0, first, 4, 28);
        ChunkDescriptor read = ChunkDescriptor.decode(ByteBuffer.wrap(first), 0);
        read.checkPlace(format, 0);
        assertThat(read).isEqualTo(ChunkDescriptor.decode(log, 0));
    }

    @Test
    void everyChunkThatWasPrintedIsReadAndWrittenAgain() throws Exception {
        DeviceAddressFormat format = geometryPage().addressFormat(4096, 16);
        List<Capture.Chunk> printed = rules.chunks().toList();
        assertThat(printed).hasSize(34);
        for (Capture.Chunk each : printed) {
            ChunkDescriptor read = readAndWrittenAgain(each, each.address());
            long ppa = Ppa.of(each.group(), each.pu(), each.chunk(), 0);
            read.checkPlace(format, format.geometry().blockIndex(ppa));
            assertThat(format.unpack(read.deviceAddress())).as("%s", each).isEqualTo(ppa);
            assertThat(read.type()).as("%s", each).isEqualTo(BlockType.SEQUENTIAL);
        }
        assertThat(printed).extracting(Capture.Chunk::state).contains(1, 2, 4);
    }

    @Test
    void offlineAndRandomChunksOfADriveWithFaults() throws Exception {
        List<Capture.Chunk> printed = faults.chunks().toList();
        assertThat(printed).hasSize(16);
        int offline = 0;
        int random = 0;
        int closedEarly = 0;
        for (Capture.Chunk each : printed) {
            ChunkDescriptor read = readAndWrittenAgain(each, 0);
            offline += read.state() == BlockState.OFFLINE ? 1 : 0;
            random += read.type() == BlockType.RANDOM ? 1 : 0;
            closedEarly += read.state() == BlockState.CLOSED && read.writePointer() < read.sectors() ? 1 : 0;
        }
        assertThat(new int[] {offline, random, closedEarly})
                .as("offline, random, closed early")
                .containsExactly(4, 3, 3);
    }

    private static ChunkDescriptor readAndWrittenAgain(Capture.Chunk printed, long address) throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(0, (byte) printed.state()).put(1, (byte) printed.type()).put(2, (byte) printed.wear());
        bytes.putLong(8, address).putLong(16, printed.sectors()).putLong(24, printed.pointer());
        ChunkDescriptor read = ChunkDescriptor.decode(bytes, 0);
        ByteBuffer written = ByteBuffer.allocate(32);
        read.encode(written, 0);
        assertThat(written.array()).as("%s", printed).isEqualTo(bytes.array());
        return read;
    }
}
