package io.ocssd.ftl.journal;

import io.ocssd.target.LifetimeCounters;
import java.nio.ByteBuffer;

/**
 * Records, one after the other in the payload of a frame. Little endian, not aligned.
 *
 * <pre>
 *              0      1        2                       6
 *   retired    |  1   | reason | linear block number   |
 *
 *              0      1                                9
 *   erasing    |  2   | vblock id                      |
 *
 *              0      1                9                    17                   25           29
 *   sealed     |  3   | vblock id      | end, sectors       | length, bytes      | moves      |
 *
 *              0      1                9                    ...                  65
 *   counted    |  4   | payload, relocated, padding, metadata, parity, mirror bytes, erases, failed programs, 8 bytes each |
 * </pre>
 */
final class JournalRecordLayout {
    static final int RETIRED = 1;
    static final int ERASING = 2;
    static final int SEALED = 3;
    static final int COUNTED = 4;

    static final int RETIRED_BYTES = 2 + Integer.BYTES;
    static final int ERASING_BYTES = 1 + Long.BYTES;
    static final int SEALED_BYTES = 1 + 3 * Long.BYTES + Integer.BYTES;
    static final int COUNTED_BYTES = 1 + 8 * Long.BYTES;

    private static final RetireReason[] REASONS = RetireReason.values();

    private JournalRecordLayout() {}

    /** Bytes that a record takes. */
    static int length(JournalRecord record) {
        if (record instanceof JournalRecord.Retired) {
            return RETIRED_BYTES;
        } else if (record instanceof JournalRecord.Erasing) {
            return ERASING_BYTES;
        } else if (record instanceof JournalRecord.Sealed) {
            return SEALED_BYTES;
        }
        return COUNTED_BYTES;
    }

    /** Writes a record at the buffer's position. */
    static void put(ByteBuffer buffer, JournalRecord record) {
        if (record instanceof JournalRecord.Retired retired) {
            buffer.put((byte) RETIRED).put((byte) retired.reason().ordinal()).putInt(retired.block());
        } else if (record instanceof JournalRecord.Erasing erasing) {
            buffer.put((byte) ERASING).putLong(erasing.vblockId());
        } else if (record instanceof JournalRecord.Sealed sealed) {
            buffer.put((byte) SEALED)
                    .putLong(sealed.vblockId())
                    .putLong(sealed.end().endSector())
                    .putLong(sealed.end().lengthBytes())
                    .putInt(sealed.end().moves());
        } else if (record instanceof JournalRecord.Counted counted) {
            put(buffer.put((byte) COUNTED), counted.counters());
        }
    }

    /**
     * Reads the record at the buffer's position.
     *
     * @return null when there is none that makes sense before the buffer's limit
     */
    static JournalRecord get(ByteBuffer buffer) {
        if (!buffer.hasRemaining()) {
            return null;
        }
        int type = buffer.get();
        int rest = buffer.remaining() + 1;
        if (type == RETIRED && rest >= RETIRED_BYTES) {
            int reason = Byte.toUnsignedInt(buffer.get());
            int block = buffer.getInt();
            return reason < REASONS.length ? new JournalRecord.Retired(block, REASONS[reason]) : null;
        } else if (type == ERASING && rest >= ERASING_BYTES) {
            return new JournalRecord.Erasing(buffer.getLong());
        } else if (type == SEALED && rest >= SEALED_BYTES) {
            long vblockId = buffer.getLong();
            long endSector = buffer.getLong();
            long lengthBytes = buffer.getLong();
            int moves = buffer.getInt();
            return endSector < 0 || lengthBytes < 0 || moves < 0
                    ? null
                    : new JournalRecord.Sealed(vblockId, new SealedEnd(endSector, lengthBytes, moves));
        } else if (type == COUNTED && rest >= COUNTED_BYTES) {
            return new JournalRecord.Counted(new LifetimeCounters(
                    buffer.getLong(),
                    buffer.getLong(),
                    buffer.getLong(),
                    buffer.getLong(),
                    buffer.getLong(),
                    buffer.getLong(),
                    buffer.getLong(),
                    buffer.getLong()));
        }
        return null;
    }

    private static void put(ByteBuffer buffer, LifetimeCounters counters) {
        buffer.putLong(counters.payloadBytes())
                .putLong(counters.relocatedBytes())
                .putLong(counters.paddingBytes())
                .putLong(counters.metadataBytes())
                .putLong(counters.parityBytes())
                .putLong(counters.mirrorBytes())
                .putLong(counters.erases())
                .putLong(counters.failedPrograms());
    }
}
