package io.ocssd.lsm.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.error.CorruptException;
import io.ocssd.error.TooNewException;
import io.ocssd.error.TooOldException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Every offset of the layouts of a table, against the numbers in their pictures. */
class TableLayoutTest {
    private static final Footer FOOTER = new Footer(11, 12, 100, 20, 5, 900, 4000, 4300, 300, 200, 7, 31, 32);

    @Test
    void entry() {
        assertThat(EntryLayout.KEY_LENGTH).isZero();
        assertThat(EntryLayout.VALUE_LENGTH).isEqualTo(2);
        assertThat(EntryLayout.SEQUENCE).isEqualTo(6);
        assertThat(EntryLayout.HEADER_BYTES).isEqualTo(14);
        assertThat(EntryLayout.DELETE).isEqualTo(-1);
        assertThat(EntryLayout.bytes(10, 100)).isEqualTo(124);
    }

    @Test
    void block() {
        assertThat(BlockLayout.ENTRIES).isZero();
        assertThat(BlockLayout.CRC).isEqualTo(4);
        assertThat(BlockLayout.TRAILER_BYTES).isEqualTo(8);
    }

    @Test
    void index() {
        assertThat(IndexLayout.BLOCK_OFFSET).isZero();
        assertThat(IndexLayout.BLOCK_LENGTH).isEqualTo(8);
        assertThat(IndexLayout.KEY_LENGTH).isEqualTo(12);
        assertThat(IndexLayout.HEADER_BYTES).isEqualTo(14);
        TableIndex.Builder builder = new TableIndex.Builder();
        builder.add(new byte[] {7, 8}, 0, 0x01020304);
        assertThat(builder.encode()).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 4, 3, 2, 1, 2, 0, 7, 8);
    }

    @Test
    void bloom() {
        assertThat(BloomLayout.PROBES).isZero();
        assertThat(BloomLayout.BITS).isEqualTo(4);
        assertThat(BloomLayout.HEADER_BYTES).isEqualTo(8);
    }

    @Test
    void footer() {
        assertThat(FooterLayout.BYTES).isEqualTo(128);
        ByteBuffer bytes = ByteBuffer.wrap(FOOTER.encode()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(new String(bytes.array(), 0, 8, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("OCSSDTBL");
        assertThat(bytes.getInt(8)).isEqualTo(1);
        assertThat(bytes.getInt(12)).isEqualTo(128);
        assertThat(bytes.getLong(16)).isEqualTo(11);
        assertThat(bytes.getLong(24)).isEqualTo(12);
        assertThat(bytes.getLong(32)).isEqualTo(100);
        assertThat(bytes.getLong(40)).isEqualTo(20);
        assertThat(bytes.getLong(48)).isEqualTo(5);
        assertThat(bytes.getLong(56)).isEqualTo(900);
        assertThat(bytes.getLong(64)).isEqualTo(4000);
        assertThat(bytes.getLong(72)).isEqualTo(4300);
        assertThat(bytes.getInt(80)).isEqualTo(300);
        assertThat(bytes.getInt(84)).isEqualTo(200);
        assertThat(bytes.getInt(88)).isEqualTo(7);
        assertThat(bytes.getInt(92)).isEqualTo(31);
        assertThat(bytes.getInt(96)).isEqualTo(32);
        for (int i = 100; i < 124; i++) {
            assertThat(bytes.get(i)).isZero();
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, 124);
        assertThat(bytes.getInt(124)).isEqualTo((int) crc.getValue());
    }

    @Test
    void footerIsReadBack() throws Exception {
        assertThat(Footer.decode(FOOTER.encode(), 11, 12, 8192)).isEqualTo(FOOTER);
    }

    @Test
    void footerOfAnotherVersionIsRefused() {
        assertThatThrownBy(() -> Footer.decode(changed(8, 2), 11, 12, 8192))
                .isInstanceOf(TooNewException.class)
                .hasMessageContaining("version 2");
        assertThatThrownBy(() -> Footer.decode(changed(8, 0), 11, 12, 8192))
                .isInstanceOf(TooOldException.class)
                .hasMessageContaining("older version");
    }

    @Test
    void footerThatIsNotThisTablesIsRefused() {
        assertThatThrownBy(() -> Footer.decode(FOOTER.encode(), 99, 12, 8192))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("another store");
        assertThatThrownBy(() -> Footer.decode(FOOTER.encode(), 11, 13, 8192))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("table 12");
        assertThatThrownBy(() -> Footer.decode(FOOTER.encode(), 11, 12, 4400))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("do not fit");
        for (int i = 0; i < FooterLayout.BYTES; i++) {
            byte[] flipped = FOOTER.encode();
            flipped[i] ^= 16;
            assertThatThrownBy(() -> Footer.decode(flipped, 11, 12, 8192)).isInstanceOf(CorruptException.class);
        }
    }

    private static byte[] changed(int offset, int value) {
        ByteBuffer bytes = ByteBuffer.wrap(FOOTER.encode()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(offset, value);
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, 124);
        return bytes.putInt(124, (int) crc.getValue()).array();
    }
}
