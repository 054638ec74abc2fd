package io.ocssd.geometry.emulator;

import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory that the commands of one queue need while they execute, which they do one at a time. */
final class CommandScratch {
    private final Geometry geometry;
    private final ByteBuffer record = newRecord();
    private final ByteBuffer zeros;
    /** What a copy moves; made by the first one. */
    private ByteBuffer copiedData;

    private ByteBuffer copiedOob;

    CommandScratch(Geometry geometry) {
        this.geometry = geometry;
        this.zeros = ByteBuffer.allocateDirect(Limits.MAX_ADDRESSES * geometry.oobBytes());
    }

    /** Room for a record of the state table. */
    static ByteBuffer newRecord() {
        return ByteBuffer.allocateDirect(BlockRecordLayout.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Room for one record of the state table. */
    ByteBuffer record() {
        return record;
    }

    /** Zeros for the OOB area of {@code length} sectors. */
    ByteBuffer zeroOob(int length) {
        return zeros.clear().limit(length * geometry.oobBytes());
    }

    /** The copied data of {@code length} sectors from {@code from} on. */
    ByteBuffer copiedData(int from, int length) {
        if (copiedData == null) {
            copiedData = ByteBuffer.allocateDirect(Limits.MAX_ADDRESSES * geometry.sectorBytes());
        }
        return part(copiedData, from, length, geometry.sectorBytes());
    }

    /** The copied OOB bytes of {@code length} sectors from {@code from} on. */
    ByteBuffer copiedOob(int from, int length) {
        if (copiedOob == null) {
            copiedOob = ByteBuffer.allocateDirect(Limits.MAX_ADDRESSES * geometry.oobBytes());
        }
        return part(copiedOob, from, length, geometry.oobBytes());
    }

    private static ByteBuffer part(ByteBuffer whole, int from, int length, int bytes) {
        return whole.clear().limit((from + length) * bytes).position(from * bytes);
    }
}
