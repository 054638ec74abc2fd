package io.ocssd.lsm.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Looks into records on their way to the log, and falsifies them; for planted bugs. */
public final class RecordTamper {
    private RecordTamper() {}

    /** Whether a record holds puts and deletes. */
    public static boolean isBatch(ByteBuffer record) {
        return record.get(record.position() + RecordLayout.KIND) == RecordLayout.BATCH;
    }

    /** Whether a record changes the manifest. */
    public static boolean isEdit(ByteBuffer record) {
        return record.get(record.position() + RecordLayout.KIND) == RecordLayout.EDIT;
    }

    /** Makes an edit of a flush claim that more entries are in tables than are. */
    public static void flushedFurther(ByteBuffer record, long entries) {
        ByteBuffer numbers = record.slice().order(ByteOrder.LITTLE_ENDIAN);
        long flushed = numbers.getLong(RecordLayout.HEADER_BYTES + EditLayout.FLUSHED_SEQUENCE);
        if (flushed > 0) {
            numbers.putLong(RecordLayout.HEADER_BYTES + EditLayout.FLUSHED_SEQUENCE, flushed + entries);
            CRC32C crc = new CRC32C();
            crc.update(numbers.slice(RecordLayout.VBLOCK_ID, numbers.limit() - RecordLayout.VBLOCK_ID));
            numbers.putInt(RecordLayout.CRC, (int) crc.getValue());
        }
    }
}
