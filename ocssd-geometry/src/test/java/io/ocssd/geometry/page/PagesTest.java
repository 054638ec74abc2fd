package io.ocssd.geometry.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.Capabilities;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.device.Timings;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.geometry.address.DeviceAddressFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every offset of every page, against numbers; and what no page can say. */
class PagesTest {
    /** Pages begin somewhere in a buffer, of whatever byte order. */
    private static final int AT = 24;

    private static final GeometryPage GEOMETRY = new GeometryPage(
            0,
            new Geometry(3, 1, 1474, 6144, 4096, 16),
            new Limits(4, 24, 192, 9, 5, 0),
            new Capabilities(false, true, false, true),
            10,
            new Timings(1, 2, 3, 4, 5, 0xFFFF_FFFFL));

    private final ByteBuffer buffer = ByteBuffer.allocate(AT + 4096);

    private ByteBuffer page() {
        return buffer.slice(AT, buffer.capacity() - AT).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void offsetsOfTheGeometryPage() throws Exception {
        GEOMETRY.encode(buffer, AT);
        ByteBuffer page = page();
        assertThat(page.get(0)).isEqualTo((byte) 2);
        assertThat(page.get(1)).isZero();
        assertThat(new byte[] {page.get(8), page.get(9), page.get(10), page.get(11)})
                .containsExactly(2, 0, 11, 13);
        assertThat(page.getInt(16)).isEqualTo(0b101);
        assertThat(page.get(32)).isEqualTo((byte) 10);
        assertThat(page.getShort(64)).isEqualTo((short) 3);
        assertThat(page.getShort(66)).isEqualTo((short) 1);
        assertThat(page.getInt(68)).isEqualTo(1474);
        assertThat(page.getInt(72)).isEqualTo(6144);
        assertThat(page.getInt(128)).isEqualTo(4);
        assertThat(page.getInt(132)).isEqualTo(24);
        assertThat(page.getInt(136)).isEqualTo(192);
        assertThat(page.getInt(140)).isEqualTo(9);
        assertThat(page.getInt(144)).isEqualTo(5);
        int[] times = {page.getInt(192), page.getInt(196), page.getInt(200), page.getInt(204), page.getInt(208)};
        assertThat(times).containsExactly(1, 4, 2, 5, 3);
        assertThat(page.getInt(212)).isEqualTo(-1);
        assertThat(GeometryPage.decode(buffer, AT, 4096, 16)).isEqualTo(GEOMETRY);
        assertThat(buffer.position()).isZero();
        assertThat(buffer.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
        assertThat(buffer.getLong(0)).isZero();
    }

    @Test
    void timesTooLongForTheirFieldAreTheLongestThereIs() throws Exception {
        Timings endless = new Timings(1L << 40, 1, 1);
        new GeometryPage(0, GEOMETRY.geometry(), GEOMETRY.limits(), Capabilities.NONE, 0, endless).encode(buffer, AT);
        assertThat(GeometryPage.decode(buffer, AT, 4096, 16).timings().readNanos())
                .isEqualTo(0xFFFF_FFFFL);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, version 1",
        "64, 0, channels=0",
        "66, 0, lunsPerChannel=0",
        "70, -128, blocksPerLun=-",
        "75, -128, sectorsPerBlock=-",
        "8, 1, channelBits=1 is not in 2..8",
        "8, 9, channelBits=9 is not in 2..8",
        "9, 9, lunBits=9 is not in 0..8",
        "9, -1, lunBits=255",
        "10, 4, blockBits=4 is not in 11..24",
        "11, 12, sectorBits=12 is not in 13..24",
        "11, 25, sectorBits=25 is not in 13..24",
        "128, 0, wsMin=0",
        "132, 26, wsOpt=26",
        "139, -1, mwCunits=-",
        "143, -1, maxOpen=-",
        "147, -1, maxOpenPerLun=-"
    })
    void aGeometryPageThatMakesNoSense(int offset, byte value, String sentence) {
        GEOMETRY.encode(buffer, AT);
        buffer.put(AT + offset, value);
        if (offset == 70) {
            buffer.put(AT + 71, value);
        }
        assertThatThrownBy(() -> GeometryPage.decode(buffer, AT, 4096, 16))
                .isInstanceOf(NotRecognisedException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void fieldsOfAddressesMayBeWiderThanTheyNeedToBe() throws Exception {
        GEOMETRY.encode(buffer, AT);
        page().put(8, (byte) 8).put(9, (byte) 3).put(10, (byte) 16).put(11, (byte) 24);
        GeometryPage wide = GeometryPage.decode(buffer, AT, 4096, 16);
        assertThat(wide.geometry()).isEqualTo(GEOMETRY.geometry());
        assertThat(wide.addresses()).isEqualTo(new DeviceAddressFormat(GEOMETRY.geometry(), 8, 3, 16, 24));
        assertThat(wide).isNotEqualTo(GEOMETRY).hasToString(wide.toString());
        assertThat(wide.addresses().pack(Ppa.of(2, 0, 1473, 6143))).isEqualTo(2L << 43 | 1473L << 24 | 6143);
        ByteBuffer again = ByteBuffer.allocate(4096);
        wide.encode(again, 0);
        assertThat(again).isEqualTo(page());
    }

    @Test
    void aBestProgramOfMoreThanACommandHoldsIsCut() throws Exception {
        GEOMETRY.encode(buffer, AT);
        page().putInt(128, 24).putInt(132, 96);
        assertThat(GeometryPage.decode(buffer, AT, 4096, 16).limits()).isEqualTo(new Limits(24, 48, 192, 9, 5, 0));
        page().putInt(132, 100);
        assertThatThrownBy(() -> GeometryPage.decode(buffer, AT, 4096, 16)).hasMessageContaining("wsOpt=100");
        page().putInt(128, 96).putInt(132, 96);
        assertThatThrownBy(() -> GeometryPage.decode(buffer, AT, 4096, 16)).hasMessageContaining("wsMin=96");
    }

    /** Whatever a drive answers, it is a descriptor that can be written again, or a refusal. */
    @Test
    void anyBytesAreADescriptorOrRefused() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        int good = 0;
        for (int i = 0; i < 10_000; i++) {
            new ChunkDescriptor(BlockState.OPEN, BlockType.SEQUENTIAL, false, 0, 77, 60, 12).encode(buffer, 0);
            for (int change = random.nextInt(3); change >= 0; change--) {
                buffer.put(random.nextInt(32), (byte) random.nextInt());
            }
            try {
                ChunkDescriptor read = ChunkDescriptor.decode(buffer, 0);
                read.encode(buffer, 0);
                assertThat(ChunkDescriptor.decode(buffer, 0)).isEqualTo(read);
                good++;
            } catch (NotRecognisedException e) {
                assertThat(e).hasMessageContaining("makes no sense: it");
            }
        }
        assertThat(good).isBetween(1_000, 9_000);
    }

    @Test
    void offsetsOfAChunkDescriptor() throws Exception {
        ChunkDescriptor chunk = new ChunkDescriptor(BlockState.OPEN, BlockType.SEQUENTIAL, true, 200, 77, 60, 12);
        chunk.encode(buffer, AT);
        ByteBuffer page = page();
        assertThat(page.get(0)).isEqualTo((byte) 4);
        assertThat(page.get(1)).isEqualTo((byte) 0x11);
        assertThat(page.get(2)).isEqualTo((byte) 200);
        assertThat(page.getLong(8)).isEqualTo(77);
        assertThat(page.getLong(16)).isEqualTo(60);
        assertThat(page.getLong(24)).isEqualTo(12);
        assertThat(ChunkDescriptor.decode(buffer, AT)).isEqualTo(chunk);
    }

    @ParameterizedTest
    @CsvSource({
        "FREE, 1, SEQUENTIAL, 1, 0",
        "CLOSED, 2, SEQUENTIAL, 1, 60",
        "OPEN, 4, RANDOM, 2, -1",
        "OFFLINE, 8, SEQUENTIAL, 1, -1"
    })
    void statesAndTypes(BlockState state, byte stateCode, BlockType type, byte typeCode, long writePointer)
            throws Exception {
        ChunkDescriptor chunk = new ChunkDescriptor(state, type, false, 0, 0, 60, writePointer);
        chunk.encode(buffer, AT);
        assertThat(page().get(0)).isEqualTo(stateCode);
        assertThat(page().get(1)).isEqualTo(typeCode);
        assertThat(ChunkDescriptor.decode(buffer, AT)).isEqualTo(chunk);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, state is 0x0",
        "0, 3, state is 0x3",
        "0, 16, state is 0x10",
        "1, 0, type is 0x0",
        "1, 3, type is 0x3",
        "16, 0, 0 logical blocks",
        "24, 60, open with write pointer 60 of 60",
        "24, -1, open with write pointer 255",
        "0, 1, free with write pointer 12"
    })
    void aDescriptorThatMakesNoSense(int offset, byte value, String sentence) {
        new ChunkDescriptor(BlockState.OPEN, BlockType.SEQUENTIAL, false, 0, 77, 60, 12).encode(buffer, AT);
        buffer.put(AT + offset, value);
        assertThatThrownBy(() -> ChunkDescriptor.decode(buffer, AT))
                .isInstanceOf(NotRecognisedException.class)
                .hasMessageContaining(sentence)
                .hasMessageContaining("0x4D");
    }

    @Test
    void offsetsOfANotification() {
        ChunkNotification entry = new ChunkNotification(
                7, 0x123, 1, ChunkNotification.WEAR_OUTSIDE_THRESHOLD, ChunkNotification.CHUNK, 65536);
        entry.encode(buffer, AT);
        ByteBuffer page = page();
        assertThat(page.getLong(0)).isEqualTo(7);
        assertThat(page.getLong(8)).isEqualTo(0x123);
        assertThat(page.getInt(16)).isEqualTo(1);
        assertThat(page.getShort(20)).isEqualTo((short) 0x100);
        assertThat(page.get(22)).isEqualTo((byte) 2);
        assertThat(page.getShort(32)).isEqualTo((short) 0xFFFF);
        assertThat(ChunkNotification.BYTES).isEqualTo(64);
        assertThat(ChunkNotification.decode(buffer, AT)).isEqualTo(entry);
    }

    @Test
    void offsetsOfTheNamespace() throws Exception {
        NamespacePage namespace = new NamespacePage(1L << 21, 4096, 64, 1, true);
        namespace.encode(buffer, AT);
        ByteBuffer page = page();
        assertThat(page.getLong(0)).isEqualTo(1L << 21);
        assertThat(page.get(33)).isEqualTo((byte) 1);
        assertThat(page.getShort(128)).isEqualTo((short) 64);
        assertThat(page.get(130)).isEqualTo((byte) 12);
        assertThat(page.get(384)).isEqualTo((byte) 1);
        assertThat(NamespacePage.decode(buffer, AT)).isEqualTo(namespace);

        page.put(25, (byte) 2).put(26, (byte) 2).putShort(136, (short) 0).put(138, (byte) 9);
        assertThat(NamespacePage.decode(buffer, AT)).isEqualTo(new NamespacePage(1L << 21, 512, 0, 1, true));
        page.put(26, (byte) 3);
        assertThatThrownBy(() -> NamespacePage.decode(buffer, AT)).hasMessageContaining("format 3 is in use, of 3");
        page.put(26, (byte) 0x10);
        assertThatThrownBy(() -> NamespacePage.decode(buffer, AT)).hasMessageContaining("behind the data");
        page.put(26, (byte) 0).put(130, (byte) 3);
        assertThatThrownBy(() -> NamespacePage.decode(buffer, AT)).hasMessageContaining("2^3 bytes");
    }
}
