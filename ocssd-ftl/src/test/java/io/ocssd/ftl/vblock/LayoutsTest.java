package io.ocssd.ftl.vblock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.ImmutableLongArray;
import io.ocssd.error.OcssdException;
import io.ocssd.error.TooNewException;
import io.ocssd.error.TooOldException;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.vblock.Stream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Every offset of the layouts of a vblock, against numbers, and what damaged bytes are taken for. */
final class LayoutsTest {
    private static final int UNIT = 1024;
    private static final long DRIVE = 0x1122334455667788L;
    private static final long VBLOCK = 5L << 32 | 9;

    private static final Piece PIECE = new Piece(900, 24, 5, 2, 1);

    private final Checksum checksum = new Checksum(Scheduler.real());
    private final ByteBuffer buffer = ByteBuffer.allocate(2 * UNIT).order(ByteOrder.LITTLE_ENDIAN);

    @Test
    void offsetsOfTheHeader() {
        header();
        assertThat(text(0, 8)).isEqualTo("OCSSDVBK");
        assertThat(buffer.getShort(8)).isEqualTo((short) 2);
        assertThat(buffer.getShort(10)).isEqualTo((short) Stream.DATA.ordinal());
        assertThat(buffer.getInt(12)).isEqualTo(80 + 3 * 8);
        assertThat(buffer.getLong(16)).isEqualTo(DRIVE);
        assertThat(buffer.getLong(24)).isEqualTo(VBLOCK);
        assertThat(buffer.getLong(32)).isEqualTo(-77);
        assertThat(buffer.getInt(40)).isEqualTo(4);
        assertThat(buffer.getInt(44)).isEqualTo(3);
        assertThat(buffer.getInt(48)).isEqualTo(2);
        int crc = buffer.getInt(52);
        assertThat(buffer.getLong(56)).isEqualTo(900);
        assertThat(buffer.getInt(64)).isEqualTo(24);
        assertThat(buffer.getInt(68)).isEqualTo(5);
        assertThat(buffer.getInt(72)).isEqualTo(2);
        assertThat(buffer.getInt(76)).isEqualTo(1);
        assertThat(buffer.getLong(80)).isEqualTo(100);
        assertThat(buffer.getLong(88)).isEqualTo(200);
        assertThat(buffer.getLong(96)).isEqualTo(300);
        assertThat(buffer.getLong(104)).isZero();
        buffer.putInt(52, 0);
        assertThat(crc).isEqualTo(checksum.of(buffer, 0, 104));
        assertThat(BlockHeaderLayout.mostMembers(4096)).isEqualTo((4096 - 80) / 8);
    }

    @Test
    void headerComesBackAndNoDamagedOneDoes() throws Exception {
        BlockHeader header = header();
        assertThat(BlockHeaderLayout.decode(buffer, 0, UNIT, checksum)).isEqualTo(header);
        for (int i = 0; i < 104; i++) {
            buffer.put(i, (byte) (buffer.get(i) ^ 0x10));
            assertThat(BlockHeaderLayout.decode(buffer, 0, UNIT, checksum))
                    .as("byte %d", i)
                    .isNull();
            buffer.put(i, (byte) (buffer.get(i) ^ 0x10));
        }
    }

    @Test
    void headersOfOtherVersionsAreRefused() {
        assertThatThrownBy(() -> withVersion(3)).isInstanceOf(TooNewException.class);
        assertThatThrownBy(() -> withVersion(1))
                .isInstanceOf(TooOldException.class)
                .hasMessageContaining("older version");
    }

    @Test
    void offsetsOfAFrame() {
        frame();
        assertThat(text(0, 4)).isEqualTo("OCFR");
        assertThat(buffer.getShort(4)).isEqualTo((short) 2);
        assertThat(buffer.getShort(6)).isEqualTo((short) 1);
        assertThat(buffer.getLong(8)).isEqualTo(DRIVE);
        assertThat(buffer.getLong(16)).isEqualTo(VBLOCK);
        assertThat(buffer.getLong(24)).isEqualTo(20);
        assertThat(buffer.getLong(32)).isEqualTo(16);
        assertThat(buffer.getLong(40)).isEqualTo(7000);
        assertThat(buffer.getInt(48)).isEqualTo(100);
        assertThat(buffer.getInt(52)).isEqualTo(checksum.of(buffer, 72, 100));
        assertThat(buffer.getInt(56)).isEqualTo(2);
        assertThat(buffer.getInt(60)).isEqualTo(14);
        assertThat(buffer.getInt(64)).isEqualTo(3);
        assertThat(buffer.getInt(68)).isEqualTo(checksum.of(buffer, 0, 68));
        assertThat(FrameLayout.PAYLOAD_OFFSET).isEqualTo(72);
        assertThat(FrameLayout.paddingSectors(buffer, 0)).isEqualTo(14);
        assertThat(FrameLayout.moves(buffer, 0)).isEqualTo(3);
    }

    @Test
    void frameIsAcceptedOnlyInItsPlaceAndUndamaged() {
        frame();
        assertThat(isFrame(DRIVE, VBLOCK, 20, 16, 2)).isTrue();
        assertThat(FrameLayout.hasValidPayload(buffer, 0, checksum)).isTrue();
        assertThat(FrameLayout.isSync(buffer, 0)).isTrue();
        assertThat(isFrame(DRIVE + 1, VBLOCK, 20, 16, 2)).isFalse();
        assertThat(isFrame(DRIVE, VBLOCK + 1, 20, 16, 2)).isFalse();
        assertThat(isFrame(DRIVE, VBLOCK, 22, 16, 2)).isFalse();
        assertThat(isFrame(DRIVE, VBLOCK, 20, 18, 2)).isFalse();
        assertThat(isFrame(DRIVE, VBLOCK, 20, 16, 1)).isFalse();
        for (int i = 0; i < 172; i++) {
            buffer.put(i, (byte) (buffer.get(i) ^ 0x01));
            assertThat(isFrame(DRIVE, VBLOCK, 20, 16, 2) && FrameLayout.hasValidPayload(buffer, 0, checksum))
                    .as("byte %d", i)
                    .isFalse();
            buffer.put(i, (byte) (buffer.get(i) ^ 0x01));
        }
    }

    @Test
    void offsetsOfASummary() {
        summary();
        assertThat(text(0, 8)).isEqualTo("OCSSDSUM");
        assertThat(buffer.getShort(8)).isEqualTo((short) 2);
        assertThat(buffer.getShort(10)).isZero();
        assertThat(buffer.getInt(12)).isEqualTo(56 + 2 * 16);
        assertThat(buffer.getLong(16)).isEqualTo(DRIVE);
        assertThat(buffer.getLong(24)).isEqualTo(VBLOCK);
        assertThat(buffer.getLong(32)).isEqualTo(100 + 4 * 512);
        assertThat(buffer.getInt(40)).isEqualTo(2);
        assertThat(buffer.getInt(44)).isEqualTo(6);
        assertThat(buffer.getInt(48)).isEqualTo(checksum.of(buffer, 56, 2 * 16));
        assertThat(buffer.getInt(52)).isEqualTo(checksum.of(buffer, 0, 52));
        assertThat(buffer.getLong(56)).isZero();
        assertThat(buffer.getLong(64)).isZero();
        assertThat(buffer.getLong(72)).isEqualTo(100);
        assertThat(buffer.getLong(80)).isEqualTo(Long.MIN_VALUE | 2);
        assertThat(SummaryLayout.moves(buffer, 0)).isEqualTo(6);
        assertThat(SummaryLayout.payload(buffer, 0)).isEqualTo(100 + 4 * 512);
        assertThat(SummaryLayout.mostExtents(UNIT)).isEqualTo((1024 - 56) / 16);
    }

    @Test
    void summaryComesBackAndNoDamagedOneDoes() {
        summary();
        ExtentMap back = decodeSummary(VBLOCK);
        assertThat(back.length()).isEqualTo(100 + 4 * 512);
        assertThat(back.count()).isEqualTo(2);
        assertThat(back.isRaw(0)).isFalse();
        assertThat(back.isRaw(1)).isTrue();
        assertThat(back.start(1)).isEqualTo(100);
        assertThat(back.streamSector(1)).isEqualTo(2);
        assertThat(decodeSummary(VBLOCK + 1)).isNull();
        for (int i = 0; i < 88; i++) {
            buffer.put(i, (byte) (buffer.get(i) ^ 0x10));
            assertThat(decodeSummary(VBLOCK)).as("byte %d", i).isNull();
            buffer.put(i, (byte) (buffer.get(i) ^ 0x10));
        }
    }

    @Test
    void summaryWithTooManyExtentsAsksForAScan() {
        ExtentMap extents = new ExtentMap();
        for (int i = 0; i <= SummaryLayout.mostExtents(UNIT); i++) {
            extents.addFrame(2L * i, 10);
        }
        assertThat(SummaryLayout.encode(buffer, UNIT, DRIVE, VBLOCK, 6, extents, checksum))
                .isEqualTo(56);
        assertThat(buffer.getShort(10)).isEqualTo((short) 1);
        assertThat(decodeSummary(VBLOCK)).isNull();
    }

    private BlockHeader header() {
        BlockHeader header =
                new BlockHeader(DRIVE, 4, VBLOCK, Stream.DATA, 2, -77, ImmutableLongArray.of(100, 200, 300), PIECE);
        BlockHeaderLayout.encode(buffer, UNIT, header, checksum);
        return header;
    }

    private void withVersion(int version) throws OcssdException {
        header();
        buffer.putShort(8, (short) version);
        buffer.putInt(52, 0);
        buffer.putInt(52, checksum.of(buffer, 0, 104));
        BlockHeaderLayout.decode(buffer, 0, UNIT, checksum);
    }

    private void frame() {
        for (int i = 72; i < 172; i++) {
            buffer.put(i, (byte) i);
        }
        FrameLayout.encode(buffer, 0, FrameLayout.SYNC, DRIVE, VBLOCK, 20, 16, 7000, 100, 2, 14, 3, checksum);
    }

    private boolean isFrame(long drive, long vblock, long sector, long previousEnd, int most) {
        return FrameLayout.isFrame(buffer, 0, 512, drive, vblock, sector, most, checksum)
                && FrameLayout.previousEnd(buffer, 0) == previousEnd;
    }

    private void summary() {
        ExtentMap extents = new ExtentMap();
        extents.addFrame(0, 100);
        extents.addRaw(2, 3 * 512, 512);
        extents.addRaw(5, 512, 512);
        assertThat(SummaryLayout.encode(buffer, UNIT, DRIVE, VBLOCK, 6, extents, checksum))
                .isEqualTo(88);
    }

    private ExtentMap decodeSummary(long vblock) {
        return SummaryLayout.isSummary(buffer, 0, UNIT, DRIVE, vblock, checksum)
                ? SummaryLayout.extents(buffer, 0, new StripeLayout(2, 2, 4, 32), checksum)
                : null;
    }

    private String text(int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.get(offset, bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
