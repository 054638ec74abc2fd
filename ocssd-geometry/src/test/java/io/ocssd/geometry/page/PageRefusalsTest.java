package io.ocssd.geometry.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.Capabilities;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Timings;
import io.ocssd.error.CorruptException;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.error.OcssdException;
import io.ocssd.error.TooNewException;
import io.ocssd.geometry.address.DeviceAddressFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a drive can't mean is refused with a sentence and a hint. */
final class PageRefusalsTest {
    private final Geometry cnex = new Geometry(8, 4, 1474, 6144, 4096, 16);
    private final DeviceAddressFormat format = new DeviceAddressFormat(cnex);
    private final ByteBuffer geometry = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer chunk = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer notification = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer namespace = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);

    PageRefusalsTest() {
        GeometryPage.of(cnex, new Limits(24, 24, 192, 0), Capabilities.NONE, Timings.NONE, 0)
                .encode(geometry, 0);
        new ChunkDescriptor(BlockState.OPEN, BlockType.SEQUENTIAL, false, 0, 0x2000, 6144, 24).encode(chunk, 0);
        new ChunkNotification(
                        1, 0, 1, Set.of(ChunkNotification.Cause.REFRESHED), Set.of(ChunkNotification.Scope.SECTORS), 8)
                .encode(notification, 0);
        new NamespacePage(1L << 29, 4096, 16, false, NamespacePage.DeallocatedData.ZEROS, true).encode(namespace, 0);
    }

    private interface Decoding {
        void run() throws OcssdException;
    }

    private static void refused(Class<? extends OcssdException> type, Decoding decoding, String... words) {
        assertThatThrownBy(decoding::run)
                .isInstanceOfSatisfying(type, e -> assertThat(e.hint()).hasSizeGreaterThan(10))
                .hasMessageContainingAll(words);
    }

    @Test
    void geometryPagesOfOtherVersions() {
        geometry.put(0, (byte) 1);
        refused(NotRecognisedException.class, () -> GeometryPage.decode(geometry, 0), "geometry page", "is 1");
        geometry.put(0, (byte) 0);
        refused(NotRecognisedException.class, () -> GeometryPage.decode(geometry, 0), "is 0, and not 2");
        geometry.put(0, (byte) 3);
        refused(TooNewException.class, () -> GeometryPage.decode(geometry, 0), "version 3 is newer");
        geometry.put(0, (byte) 255);
        refused(TooNewException.class, () -> GeometryPage.decode(geometry, 0), "version 255");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            8   | 1 | 2          | channelBits=2 is not in 3..8
            8   | 1 | 9          | channelBits=9
            9   | 1 | 1          | lunBits=1 is not in 2..8
            10  | 1 | 10         | blockBits=10 is not in 11..24
            11  | 1 | 12         | sectorBits=12 is not in 13..24
            11  | 1 | 25         | sectorBits=25
            64  | 2 | 0          | channels=0 is not in 1..256
            64  | 2 | 257        | channels=257
            64  | 2 | 65535      | channels=65535
            66  | 2 | 0          | lunsPerChannel=0
            68  | 4 | 0          | blocksPerLun=0
            68  | 4 | 16777217   | blocksPerLun=16777217 is not in 1..16777216
            68  | 4 | 4294967295 | blocksPerLun=4294967295
            72  | 4 | 0          | sectorsPerBlock=0
            72  | 4 | 4294967295 | sectorsPerBlock=4294967295
            128 | 4 | 0          | wsMin=0 is not in 1..64
            128 | 4 | 65         | wsMin=65
            132 | 4 | 0          | wsOpt=0 is no multiple of wsMin=24
            132 | 4 | 36         | wsOpt=36 is no multiple of wsMin=24
            136 | 4 | 2147483648 | mwCunits=2147483648 is not in 0..2147483647
            140 | 4 | 4294967295 | maxOpen=4294967295
            144 | 4 | 4294967295 | maxOpenPerLun=4294967295
            """)
    void geometryPageFields(int offset, int bytes, long value, String why) {
        for (int i = 0; i < bytes; i++) {
            geometry.put(offset + i, (byte) (value >>> 8 * i));
        }
        refused(CorruptException.class, () -> GeometryPage.decode(geometry, 0), "geometry page: ", why);
    }

    @Test
    void aGeometryPageIsWholeAndItsBlocksCanBeCounted() {
        assertThatThrownBy(() -> GeometryPage.decode(ByteBuffer.allocate(4095), 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        geometry.putInt(68, 1 << 24)
                .put(10, (byte) 24)
                .putShort(64, (short) 256)
                .put(8, (byte) 8);
        refused(CorruptException.class, () -> GeometryPage.decode(geometry, 0), "more than 2^31 - 1 blocks");
        geometry.putInt(72, 16).putInt(68, 1474).put(11, (byte) 4);
        refused(CorruptException.class, () -> GeometryPage.decode(geometry, 0), "wsMin=24 is not in 1..16");
    }

    @Test
    void misuseNamesTheField() {
        assertThatThrownBy(() ->
                        GeometryPage.of(cnex, new Limits(24, 24, 192, 0), Capabilities.NONE, new Timings(-1, 0, 0), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("readNanos=-1 is not in 0..4294967295");
        assertThatThrownBy(
                        () -> GeometryPage.of(cnex, new Limits(24, 24, 192, 0), Capabilities.NONE, Timings.NONE, 256))
                .hasMessageContaining("wearThreshold=256");
    }

    @Test
    void aBestProgramBeyondOneCommandIsCut() throws Exception {
        geometry.putInt(132, 96);
        GeometryPage page = GeometryPage.decode(geometry, 0);
        assertThat(page.wsOpt()).isEqualTo(96);
        assertThat(page.limits()).isEqualTo(new Limits(24, 48, 192, 0));
    }

    @Test
    void widerFieldsAreTheDrivesToChoose() throws Exception {
        geometry.put(8, (byte) 8).put(11, (byte) 24);
        DeviceAddressFormat wide = GeometryPage.decode(geometry, 0).addressFormat(4096, 16);
        assertThat(wide.channelBits()).isEqualTo(8);
        assertThat(wide.sectorBits()).isEqualTo(24);
        assertThat(wide.geometry()).isEqualTo(cnex);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0  | 0   | state=0x0 is not one of the bits
            0  | 3   | state=0x3
            0  | 5   | state=0x5
            0  | 16  | state=0x10
            0  | 255 | state=0xff
            1  | 0   | type=0x0 is not one of the bits
            1  | 3   | type=0x3
            1  | 16  | type=0x10
            1  | 33  | type=0x21
            0  | 1   | writePointer=24 is not in 0..0
            25 | 25  | writePointer=6424 is not in 0..6144
            31 | 255 | writePointer=18374686479671623704 is not in 0..6144
            17 | 0   | sectors=0 is not in 1..16777216
            23 | 128 | sectors=9223372036854781952
            19 | 1   | sectors=16783360 is not in 1..16777216
            """)
    void chunkDescriptorFields(int offset, int value, String why) {
        chunk.put(offset, (byte) value);
        refused(CorruptException.class, () -> ChunkDescriptor.decode(chunk, 0), "deviceAddress=0x2000: ", why);
    }

    @Test
    void writePointersThatMeanNothingMayBeAnything() throws Exception {
        chunk.putLong(24, -1).put(0, (byte) 8);
        BlockReport report = new BlockReport(cnex);
        ChunkDescriptor.decode(chunk, 0).into(report, 1);
        assertThat(report.state(1)).isEqualTo(BlockState.OFFLINE);
        assertThat(report.writePointer(1)).isZero();
        chunk.put(0, (byte) 4).put(1, (byte) 2);
        ChunkDescriptor.decode(chunk, 0).into(report, 1);
        assertThat(report.type(1)).isEqualTo(BlockType.RANDOM);
        assertThat(report.writePointer(1)).isZero();
    }

    @Test
    void aDescriptorIsOfItsPlace() throws Exception {
        ChunkDescriptor good = ChunkDescriptor.decode(chunk, 0);
        good.checkPlace(format, 1);
        refused(
                CorruptException.class,
                () -> good.checkPlace(format, 2),
                "grp=0,pu=0,chk=2",
                "deviceAddress=0x2000 is not 0x4000");
        chunk.putLong(16, 6143);
        ChunkDescriptor shorter = ChunkDescriptor.decode(chunk, 0);
        refused(CorruptException.class, () -> shorter.checkPlace(format, 1), "sectors=6143 is not 6144");
        chunk.put(1, (byte) 0x11);
        ChunkDescriptor.decode(chunk, 0).checkPlace(format, 1);
        chunk.putLong(16, 6145);
        ChunkDescriptor longer = ChunkDescriptor.decode(chunk, 0);
        refused(CorruptException.class, () -> longer.checkPlace(format, 1), "sectors=6145 is more than 6144");
    }

    /** A report written as a log page and read again is the same report. */
    @Test
    void reportsSurviveTheLogPage() throws Exception {
        Geometry shape = new Geometry(3, 2, 50, 96, 4096, 16);
        DeviceAddressFormat addresses = new DeviceAddressFormat(shape);
        BlockReport report = new BlockReport(shape);
        SplittableRandom random = new SplittableRandom(1);
        for (int block = 0; block < shape.blocks(); block++) {
            BlockState state = BlockState.values()[random.nextInt(4)];
            BlockType type = random.nextInt(8) == 0 ? BlockType.RANDOM : BlockType.SEQUENTIAL;
            int sectors = random.nextInt(8) == 0 ? 90 : 96;
            boolean counts = type == BlockType.SEQUENTIAL && state != BlockState.OFFLINE && state != BlockState.FREE;
            report.set(block, state, counts ? random.nextInt(sectors + 1) : 0, BlockReport.UNKNOWN_ERASES);
            report.describe(block, type, sectors, random.nextInt(256));
        }
        ByteBuffer log = ByteBuffer.allocate(shape.blocks() * ChunkDescriptor.BYTES);
        for (int block = 0; block < shape.blocks(); block++) {
            ChunkDescriptor.of(report, block, addresses).encode(log, block * ChunkDescriptor.BYTES);
        }
        BlockReport read = new BlockReport(shape);
        for (int block = 0; block < shape.blocks(); block++) {
            ChunkDescriptor descriptor = ChunkDescriptor.decode(log, block * ChunkDescriptor.BYTES);
            descriptor.checkPlace(addresses, block);
            descriptor.into(read, block);
            assertThat(descriptor.state() == BlockState.OFFLINE)
                    .isEqualTo(descriptor.writePointer() == ChunkDescriptor.NO_WRITE_POINTER);
            assertThat(read.state(block)).as("block %d", block).isEqualTo(report.state(block));
            assertThat(read.type(block)).as("block %d", block).isEqualTo(report.type(block));
            assertThat(read.sectors(block)).as("block %d", block).isEqualTo(report.sectors(block));
            assertThat(read.wearIndex(block)).as("block %d", block).isEqualTo(report.wearIndex(block));
            assertThat(read.writePointer(block)).as("block %d", block).isEqualTo(report.writePointer(block));
            assertThat(read.eraseCount(block)).isEqualTo(BlockReport.UNKNOWN_ERASES);
        }
    }

    @Test
    void notifications() throws Exception {
        assertThat(ChunkNotification.isPresent(notification, 0)).isTrue();
        assertThat(ChunkNotification.decode(notification, 0).sectors()).isEqualTo(8);
        notification.putShort(20, (short) 0x230);
        refused(
                CorruptException.class,
                () -> ChunkNotification.decode(notification, 0),
                "chunk notification: state=0x230 has bits that mean nothing: 0x220");
        notification.putShort(20, (short) 0);
        refused(CorruptException.class, () -> ChunkNotification.decode(notification, 0), "causes=[]");
        notification.putShort(20, (short) 1).put(22, (byte) 8);
        refused(CorruptException.class, () -> ChunkNotification.decode(notification, 0), "mask=0x8");
        notification.put(22, (byte) 0);
        refused(CorruptException.class, () -> ChunkNotification.decode(notification, 0), "scopes=[]");
        notification.putLong(0, 0);
        assertThat(ChunkNotification.isPresent(notification, 0)).isFalse();
        refused(CorruptException.class, () -> ChunkNotification.decode(notification, 0), "count=0");
        Set<ChunkNotification.Cause> causes = EnumSet.of(ChunkNotification.Cause.REFRESHED);
        Set<ChunkNotification.Scope> scopes = EnumSet.of(ChunkNotification.Scope.BLOCK);
        ChunkNotification kept = new ChunkNotification(1, 0, 1, causes, scopes, 1);
        causes.clear();
        assertThat(kept.causes()).containsExactly(ChunkNotification.Cause.REFRESHED);
        assertThatThrownBy(() -> new ChunkNotification(1, 0, 1, kept.causes(), scopes, 65537))
                .hasMessageContaining("sectors=65537");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            26  | 1   | number of the LBA format in use=1 is not in 0..0
            130 | 8   | log2 of the bytes of a sector=8 is not in 9..16
            130 | 17  | log2 of the bytes of a sector=17
            130 | 255 | log2 of the bytes of a sector=255
            128 | 65  | oobBytes=65 is not in 0..64
            129 | 1   | oobBytes=272
            """)
    void namespacePageFields(int offset, int value, String why) {
        namespace.put(offset, (byte) value);
        refused(CorruptException.class, () -> NamespacePage.decode(namespace, 0), "identify namespace page: ", why);
    }

    @Test
    void reservedCodesOfDeallocatedDataAreUnspecified() throws Exception {
        for (int code = 3; code < 8; code++) {
            namespace.put(33, (byte) code);
            assertThat(NamespacePage.decode(namespace, 0).deallocated())
                    .isEqualTo(NamespacePage.DeallocatedData.UNSPECIFIED);
        }
    }

    /** Whatever a drive answers, it is a value that can be written again, or a refusal. */
    @Test
    void anyBytesAreAValueOrRefused() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        int good = 0;
        for (int i = 0; i < 20_000; i++) {
            ByteBuffer bytes = ByteBuffer.allocate(32).put(0, chunk.array());
            for (int change = random.nextInt(3); change >= 0; change--) {
                bytes.put(random.nextInt(32), (byte) random.nextInt());
            }
            try {
                ChunkDescriptor read = ChunkDescriptor.decode(bytes, 0);
                ByteBuffer written = ByteBuffer.allocate(32);
                read.encode(written, 0);
                bytes.put(3, new byte[5]);
                assertThat(written.array()).isEqualTo(bytes.array());
                good++;
            } catch (CorruptException e) {
                assertThat(e).hasMessageStartingWith("chunk descriptor with deviceAddress=0x");
            }
        }
        assertThat(good).isBetween(1_000, 19_000);
    }
}
