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

    private final Checksum checksum = new Checksum(Scheduler.real());
    private final ByteBuffer buffer = ByteBuffer.allocate(2 * UNIT).order(ByteOrder.LITTLE_ENDIAN);

    @Test
    void offsetsOfTheHeader() {
        header();
        assertThat(text(0, 8)).isEqualTo("OCSSDVBK");
        assertThat(buffer.getShort(8)).isEqualTo((short) 1);
        assertThat(buffer.getShort(10)).isEqualTo((short) Stream.DATA.ordinal());
        assertThat(buffer.getInt(12)).isEqualTo(56 + 3 * 8);
        assertThat(buffer.getLong(16)).isEqualTo(DRIVE);
        assertThat(buffer.getLong(24)).isEqualTo(VBLOCK);
        assertThat(buffer.getLong(32)).isEqualTo(-77);
        assertThat(buffer.getInt(40)).isEqualTo(4);
        assertThat(buffer.getInt(44)).isEqualTo(3);
        assertThat(buffer.getInt(48)).isEqualTo(2);
        int crc = buffer.getInt(52);
        assertThat(buffer.getLong(56)).isEqualTo(100);
        assertThat(buffer.getLong(64)).isEqualTo(200);
        assertThat(buffer.getLong(72)).isEqualTo(300);
        assertThat(buffer.getLong(80)).isZero();
        buffer.putInt(52, 0);
        assertThat(crc).isEqualTo(checksum.of(buffer, 0, 80));
        assertThat(BlockHeaderLayout.mostMembers(4096)).isEqualTo((4096 - 56) / 8);
    }

    @Test
    void headerComesBackAndNoDamagedOneDoes() throws Exception {
        BlockHeader header = header();
        assertThat(BlockHeaderLayout.decode(buffer, 0, UNIT, checksum)).isEqualTo(header);
        for (int i = 0; i < 80; i++) {
            buffer.put(i, (byte) (buffer.get(i) ^ 0x10));
            assertThat(BlockHeaderLayout.decode(buffer, 0, UNIT, checksum))
                    .as("byte %d", i)
                    .isNull();
            buffer.put(i, (byte) (buffer.get(i) ^ 0x10));
        }
    }

    @Test
    void headersOfOtherVersionsAreRefused() {
        assertThatThrownBy(() -> withVersion(2)).isInstanceOf(TooNewException.class);
        assertThatThrownBy(() -> withVersion(0))
                .isInstanceOf(TooOldException.class)
                .hasMessageContaining("older version");
    }

    @Test
    void offsetsOfAFrame() {
        frame();
        assertThat(text(0, 4)).isEqualTo("OCFR");
        assertThat(buffer.getShort(4)).isEqualTo((short) 1);
        assertThat(buffer.getShort(6)).isEqualTo((short) 1);
        assertThat(buffer.getLong(8)).isEqualTo(DRIVE);
        assertThat(buffer.getLong(16)).isEqualTo(VBLOCK);
        assertThat(buffer.getLong(24)).isEqualTo(20);
        assertThat(buffer.getLong(32)).isEqualTo(16);
        assertThat(buffer.getLong(40)).isEqualTo(7000);
        assertThat(buffer.getInt(48)).isEqualTo(100);
        assertThat(buffer.getInt(52)).isEqualTo(checksum.of(buffer, 64, 100));
        assertThat(buffer.getInt(56)).isEqualTo(2);
        assertThat(buffer.getInt(60)).isEqualTo(checksum.of(buffer, 0, 60));
        assertThat(FrameLayout.PAYLOAD_OFFSET).isEqualTo(64);
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
        for (int i = 0; i < 164; i++) {
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
        assertThat(buffer.getShort(8)).isEqualTo((short) 1);
        assertThat(buffer.getShort(10)).isZero();
        assertThat(buffer.getInt(12)).isEqualTo(48 + 2 * 16);
        assertThat(buffer.getLong(16)).isEqualTo(DRIVE);
        assertThat(buffer.getLong(24)).isEqualTo(VBLOCK);
        assertThat(buffer.getLong(32)).isEqualTo(100 + 4 * 512);
        assertThat(buffer.getInt(40)).isEqualTo(2);
        int crc = buffer.getInt(44);
        assertThat(buffer.getLong(48)).isZero();
        assertThat(buffer.getLong(56)).isZero();
        assertThat(buffer.getLong(64)).isEqualTo(100);
        assertThat(buffer.getLong(72)).isEqualTo(Long.MIN_VALUE | 2);
        buffer.putInt(44, 0);
        assertThat(crc).isEqualTo(checksum.of(buffer, 0, 80));
        assertThat(SummaryLayout.mostExtents(UNIT)).isEqualTo((1024 - 48) / 16);
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
        for (int i = 0; i < 80; i++) {
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
        assertThat(SummaryLayout.encode(buffer, UNIT, DRIVE, VBLOCK, extents, checksum))
                .isEqualTo(48);
        assertThat(buffer.getShort(10)).isEqualTo((short) 1);
        assertThat(decodeSummary(VBLOCK)).isNull();
    }

    private BlockHeader header() {
        BlockHeader header =
                new BlockHeader(DRIVE, 4, VBLOCK, Stream.DATA, 2, -77, ImmutableLongArray.of(100, 200, 300));
        BlockHeaderLayout.encode(buffer, UNIT, header, checksum);
        return header;
    }

    private void withVersion(int version) throws OcssdException {
        header();
        buffer.putShort(8, (short) version);
        buffer.putInt(52, 0);
        buffer.putInt(52, checksum.of(buffer, 0, 80));
        BlockHeaderLayout.decode(buffer, 0, UNIT, checksum);
    }

    private void frame() {
        for (int i = 64; i < 164; i++) {
            buffer.put(i, (byte) i);
        }
        FrameLayout.encode(buffer, 0, FrameLayout.SYNC, DRIVE, VBLOCK, 20, 16, 7000, 100, 2, checksum);
    }

    private boolean isFrame(long drive, long vblock, long sector, long previousEnd, int most) {
        return FrameLayout.isFrame(buffer, 0, 512, drive, vblock, sector, previousEnd, most, checksum);
    }

    private void summary() {
        ExtentMap extents = new ExtentMap();
        extents.addFrame(0, 100);
        extents.addRaw(2, 3 * 512, 512);
        extents.addRaw(5, 512, 512);
        assertThat(SummaryLayout.encode(buffer, UNIT, DRIVE, VBLOCK, extents, checksum))
                .isEqualTo(80);
    }

    private ExtentMap decodeSummary(long vblock) {
        return SummaryLayout.decode(buffer, 0, UNIT, DRIVE, vblock, new StripeLayout(2, 2, 4, 32), checksum);
    }

    private String text(int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.get(offset, bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
