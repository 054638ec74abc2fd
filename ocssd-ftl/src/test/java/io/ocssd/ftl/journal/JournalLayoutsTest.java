package io.ocssd.ftl.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.error.OcssdException;
import io.ocssd.error.TooNewException;
import io.ocssd.error.TooOldException;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.LifetimeCounters;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Every offset of the layouts of a journal, against numbers, and what damaged bytes are taken for. */
final class JournalLayoutsTest {
    private static final int UNIT = 512;
    private static final long DRIVE = 0x1122334455667788L;
    private static final LifetimeCounters COUNTERS = new LifetimeCounters(1, 2, 3, 4, 5, 6, 7, 8);

    private final Checksum checksum = new Checksum(Scheduler.real());
    private final ByteBuffer buffer = ByteBuffer.allocate(2 * UNIT).order(ByteOrder.LITTLE_ENDIAN);

    @Test
    void offsetsOfTheHeader() {
        int crc = header();
        assertThat(text(0, 8)).isEqualTo("OCSSDJRN");
        assertThat(buffer.getShort(8)).isEqualTo((short) 1);
        assertThat(buffer.getShort(10)).isZero();
        assertThat(buffer.getInt(12)).isEqualTo(48);
        assertThat(buffer.getLong(16)).isEqualTo(DRIVE);
        assertThat(buffer.getLong(24)).isEqualTo(99);
        assertThat(buffer.getInt(32)).isEqualTo(4);
        assertThat(buffer.getInt(36)).isEqualTo(77);
        assertThat(buffer.getInt(40)).isZero();
        assertThat(buffer.getInt(44)).isEqualTo(crc);
        assertThat(buffer.getLong(48)).isZero();
        buffer.putInt(44, 0);
        assertThat(crc).isEqualTo(checksum.of(buffer, 0, 48));
        assertThat(Journal.beginsJournal(buffer, 0, DRIVE)).isTrue();
        assertThat(Journal.beginsJournal(buffer, 0, DRIVE + 1)).isFalse();
    }

    @Test
    void headerComesBackAndNoDamagedOneDoes() throws Exception {
        int crc = header();
        assertThat(JournalHeaderLayout.decode(buffer, 0, checksum)).isEqualTo(new JournalHeader(DRIVE, 4, 77, 99));
        assertThat(JournalHeaderLayout.crc(buffer, 0)).isEqualTo(crc);
        for (int i = 0; i < 48; i++) {
            buffer.put(i, (byte) (buffer.get(i) ^ 0x10));
            assertThat(JournalHeaderLayout.decode(buffer, 0, checksum))
                    .as("byte %d", i)
                    .isNull();
            buffer.put(i, (byte) (buffer.get(i) ^ 0x10));
        }
    }

    @Test
    void headersOfOtherVersionsAreRefused() {
        assertThatThrownBy(() -> withVersion(2))
                .isInstanceOf(TooNewException.class)
                .hasMessageContaining("version 2");
        assertThatThrownBy(() -> withVersion(0))
                .isInstanceOf(TooOldException.class)
                .hasMessageContaining("older version");
    }

    @Test
    void offsetsOfAFrame() {
        int crc = frame();
        assertThat(text(0, 4)).isEqualTo("OCJF");
        assertThat(buffer.getShort(4)).isEqualTo((short) 1);
        assertThat(buffer.getShort(6)).isEqualTo((short) 1);
        assertThat(buffer.getLong(8)).isEqualTo(DRIVE);
        assertThat(buffer.getLong(16)).isEqualTo(99);
        assertThat(buffer.getInt(24)).isEqualTo(4);
        assertThat(buffer.getInt(28)).isEqualTo(5);
        assertThat(buffer.getInt(32)).isEqualTo(2);
        assertThat(buffer.getInt(36)).isEqualTo(3);
        assertThat(buffer.getInt(40)).isEqualTo(-123);
        assertThat(buffer.getInt(44)).isEqualTo(600);
        assertThat(buffer.getInt(48)).isEqualTo(checksum.of(buffer, 56, 600));
        assertThat(buffer.getInt(52)).isEqualTo(checksum.of(buffer, 0, 52)).isEqualTo(crc);
        assertThat(JournalFrameLayout.PAYLOAD_OFFSET).isEqualTo(56);
        for (int i = 56 + 600; i < 2 * UNIT; i++) {
            assertThat(buffer.get(i)).as("byte %d", i).isZero();
        }
    }

    @Test
    void frameComesBackAndNoDamagedOneDoes() {
        int crc = frame();
        JournalFrameLayout.Head back = JournalFrameLayout.decode(buffer, 0, UNIT, checksum);
        assertThat(back).isEqualTo(new JournalFrameLayout.Head(DRIVE, 4, 99, 5, 2, 3, -123, 600, true, crc));
        assertThat(JournalFrameLayout.hasValidPayload(buffer, 0, back, checksum))
                .isTrue();
        for (int i = 0; i < 56 + 600; i++) {
            buffer.put(i, (byte) (buffer.get(i) ^ 0x01));
            JournalFrameLayout.Head damaged = JournalFrameLayout.decode(buffer, 0, UNIT, checksum);
            assertThat(damaged != null && JournalFrameLayout.hasValidPayload(buffer, 0, damaged, checksum))
                    .as("byte %d", i)
                    .isFalse();
            buffer.put(i, (byte) (buffer.get(i) ^ 0x01));
        }
    }

    @Test
    void offsetsOfRecords() {
        put(new JournalRecord.Retired(0x01020304, RetireReason.MARKED_BY_HOST), 6);
        assertThat(buffer.get(0)).isEqualTo((byte) 1);
        assertThat(buffer.get(1)).isEqualTo((byte) 2);
        assertThat(buffer.getInt(2)).isEqualTo(0x01020304);
        put(new JournalRecord.Erasing(DRIVE), 9);
        assertThat(buffer.get(0)).isEqualTo((byte) 2);
        assertThat(buffer.getLong(1)).isEqualTo(DRIVE);
        put(new JournalRecord.Sealed(DRIVE, new SealedEnd(20, 30, 40)), 29);
        assertThat(buffer.get(0)).isEqualTo((byte) 3);
        assertThat(buffer.getLong(1)).isEqualTo(DRIVE);
        assertThat(buffer.getLong(9)).isEqualTo(20);
        assertThat(buffer.getLong(17)).isEqualTo(30);
        assertThat(buffer.getInt(25)).isEqualTo(40);
        put(new JournalRecord.Counted(COUNTERS), 65);
        assertThat(buffer.get(0)).isEqualTo((byte) 4);
        for (int i = 0; i < 8; i++) {
            assertThat(buffer.getLong(1 + 8 * i)).isEqualTo(i + 1);
        }
    }

    @Test
    void numbersOfTheReasonsAreForGood() {
        assertThat(RetireReason.values())
                .containsExactly(RetireReason.PROGRAM_FAILED, RetireReason.ERASE_FAILED, RetireReason.MARKED_BY_HOST);
    }

    @Test
    void recordsThatMakeNoSenseEndTheFrame() {
        buffer.clear().put((byte) 1).put((byte) 3).putInt(7).flip();
        assertThat(JournalRecordLayout.get(buffer)).as("unknown reason").isNull();
        buffer.clear().put((byte) 5).putLong(7).flip();
        assertThat(JournalRecordLayout.get(buffer)).as("unknown type").isNull();
        buffer.clear().put((byte) 2).putInt(7).flip();
        assertThat(JournalRecordLayout.get(buffer)).as("cut short").isNull();
        buffer.clear().put((byte) 3).putLong(7).putLong(-1).putLong(0).flip();
        assertThat(JournalRecordLayout.get(buffer)).as("negative end").isNull();
    }

    private int header() {
        return JournalHeaderLayout.encode(buffer, UNIT, new JournalHeader(DRIVE, 4, 77, 99), checksum);
    }

    private void withVersion(int version) throws OcssdException {
        header();
        buffer.putShort(8, (short) version);
        buffer.putInt(44, 0);
        buffer.putInt(44, checksum.of(buffer, 0, 48));
        JournalHeaderLayout.decode(buffer, 0, checksum);
    }

    private int frame() {
        for (int i = 0; i < 2 * UNIT; i++) {
            buffer.put(i, (byte) i);
        }
        return JournalFrameLayout.encode(
                buffer, UNIT, new JournalFrameLayout.Head(DRIVE, 4, 99, 5, 2, 3, -123, 600, true, 0), checksum);
    }

    private void put(JournalRecord record, int length) {
        buffer.clear();
        JournalRecordLayout.put(buffer, record);
        assertThat(buffer.position()).isEqualTo(length).isEqualTo(JournalRecordLayout.length(record));
        buffer.flip();
        assertThat(JournalRecordLayout.get(buffer)).isEqualTo(record);
        assertThat(JournalRecordLayout.get(buffer)).isNull();
    }

    private String text(int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.get(offset, bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
