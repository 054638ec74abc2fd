package io.ocssd.lsm.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.lsm.entry.Entry;
import io.ocssd.lsm.table.TableMeta;
import io.ocssd.scheduler.Scheduler;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Every offset of the records of a log, against the numbers in their pictures. */
class LogLayoutTest {
    private static final TableMeta TABLE =
            new TableMeta(21, 3, 8192, 100, 20, 5, 900, true, new byte[] {1, 2}, new byte[] {9});
    private static final StoreId STORE = new StoreId("default");

    private final RecordWriter records = new RecordWriter(Scheduler.real());

    @Test
    void record() {
        ByteBuffer record = batch();
        assertThat(record.getInt(0)).isEqualTo(record.limit() - 20);
        CRC32C crc = new CRC32C();
        crc.update(record.slice(8, record.limit() - 8));
        assertThat(record.getInt(4)).isEqualTo((int) crc.getValue());
        assertThat(record.getLong(8)).isEqualTo(77);
        assertThat(record.get(16)).isEqualTo((byte) 3);
        assertThat(record.get(17)).isEqualTo((byte) 1);
        assertThat(record.getShort(18)).isZero();
        assertThat(RecordLayout.HEADER_BYTES).isEqualTo(20);
    }

    @Test
    void batchOfPutsAndDeletes() {
        ByteBuffer record = batch();
        assertThat(record.getLong(20)).isEqualTo(41);
        assertThat(record.getInt(28)).isEqualTo(2);
        assertThat(record.getShort(32)).isEqualTo((short) 2);
        assertThat(record.getInt(34)).isEqualTo(3);
        assertThat(record.get(38)).isEqualTo((byte) 'k');
        assertThat(record.get(40)).isEqualTo((byte) 'v');
        assertThat(record.getShort(43)).isEqualTo((short) 1);
        assertThat(record.getInt(45)).isEqualTo(-1);
        assertThat(record.get(49)).isEqualTo((byte) 'd');
        assertThat(record.limit()).isEqualTo(50);
        assertThat(RecordWriter.batchBytes(2, 3)).isEqualTo(43);
    }

    @Test
    void snapshot() {
        Manifest manifest = new Manifest(1234, List.of(TABLE));
        ByteBuffer record = records.snapshot(77, STORE, manifest, List.of(new LogInfo(66, 55)));
        assertThat(record.get(16)).isEqualTo((byte) 1);
        byte[] magic = new byte[8];
        record.get(20, magic);
        assertThat(new String(magic, US_ASCII)).isEqualTo("OCSSDKVS");
        assertThat(record.getLong(28)).isEqualTo(STORE.owner());
        assertThat(record.getLong(36)).isEqualTo(1234);
        assertThat(record.getInt(44)).isEqualTo(1);
        assertThat(record.getInt(48)).isEqualTo(1);
        assertThat(record.getShort(52)).isEqualTo((short) 7);
        assertThat(record.get(54)).isEqualTo((byte) 'd');
        assertThat(record.getLong(61)).isEqualTo(66);
        assertThat(record.getLong(69)).isEqualTo(55);
        assertTable(record, 77);
        assertThat(record.limit()).isEqualTo(77 + 57);
        assertThat(SnapshotLayout.HEADER_BYTES).isEqualTo(34);
    }

    @Test
    void edit() {
        ByteBuffer record = records.edit(77, new Edit(500, List.of(31L, 32L), List.of(TABLE)));
        assertThat(record.get(16)).isEqualTo((byte) 2);
        assertThat(record.getLong(20)).isEqualTo(500);
        assertThat(record.getInt(28)).isEqualTo(2);
        assertThat(record.getInt(32)).isEqualTo(1);
        assertThat(record.getLong(36)).isEqualTo(31);
        assertThat(record.getLong(44)).isEqualTo(32);
        assertTable(record, 52);
        assertThat(EditLayout.HEADER_BYTES).isEqualTo(16);
        Edit read = ManifestCodec.readEdit(record.slice(20, record.limit() - 20).order(ByteOrder.LITTLE_ENDIAN));
        assertThat(read.removed()).containsExactly(31L, 32L);
        assertThat(read.upserted().get(0)).hasToString(TABLE.toString());
    }

    @Test
    void tableMetaOffsetsAreThoseThatAreWritten() {
        assertThat(TableMetaLayout.BYTES).isEqualTo(8);
        assertThat(TableMetaLayout.ENTRIES).isEqualTo(16);
        assertThat(TableMetaLayout.DELETES).isEqualTo(24);
        assertThat(TableMetaLayout.FIRST_SEQUENCE).isEqualTo(32);
        assertThat(TableMetaLayout.LAST_SEQUENCE).isEqualTo(40);
        assertThat(TableMetaLayout.LEVEL).isEqualTo(48);
        assertThat(TableMetaLayout.FLAGS).isEqualTo(49);
        assertThat(TableMetaLayout.SMALLEST_LENGTH).isEqualTo(50);
        assertThat(TableMetaLayout.LARGEST_LENGTH).isEqualTo(52);
        assertThat(TableMetaLayout.HEADER_BYTES).isEqualTo(54);
    }

    @Test
    void tagsOfStoresDiffer() {
        StoreId other = new StoreId("other");
        assertThat(STORE.logTag() & 0xFF).isEqualTo(1);
        assertThat(STORE.tableTag() & 0xFF).isEqualTo(2);
        assertThat(STORE.owner() & 0xFF).isZero();
        assertThat(other.owner()).isNotEqualTo(STORE.owner());
    }

    private static void assertTable(ByteBuffer record, int at) {
        assertThat(record.getLong(at)).isEqualTo(21);
        assertThat(record.getLong(at + 8)).isEqualTo(8192);
        assertThat(record.getLong(at + 16)).isEqualTo(100);
        assertThat(record.getLong(at + 24)).isEqualTo(20);
        assertThat(record.getLong(at + 32)).isEqualTo(5);
        assertThat(record.getLong(at + 40)).isEqualTo(900);
        assertThat(record.get(at + 48)).isEqualTo((byte) 3);
        assertThat(record.get(at + 49)).isEqualTo((byte) 1);
        assertThat(record.getShort(at + 50)).isEqualTo((short) 2);
        assertThat(record.getShort(at + 52)).isEqualTo((short) 1);
        assertThat(record.get(at + 54)).isEqualTo((byte) 1);
        assertThat(record.get(at + 56)).isEqualTo((byte) 9);
    }

    private ByteBuffer batch() {
        return records.batch(
                77,
                List.of(
                        new Entry("kk".getBytes(US_ASCII), "vvv".getBytes(US_ASCII), 41),
                        new Entry("d".getBytes(US_ASCII), null, 42)));
    }
}
