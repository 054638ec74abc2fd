package io.ocssd.lsm.table;

import io.ocssd.lsm.entry.Keys;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** A window over the bytes of one data block that goes from entry to entry. Belongs to one task. */
final class Block {
    private byte[] bytes;
    private ByteBuffer numbers;
    private int end;
    private int position;
    private int keyLength;
    private int valueOffset;
    private int valueLength;
    private long sequence;
    private byte[] key;

    /** Looks at a block that {@link #isWhole} said yes to. */
    void reset(byte[] array, int offset, int length) {
        if (bytes != array) {
            bytes = array;
            numbers = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
        }
        position = offset;
        end = offset + length - BlockLayout.TRAILER_BYTES;
    }

    /** Whether the bytes are a block with the right checksum and whole entries. */
    static boolean isWhole(byte[] array, int offset, int length) {
        int trailer = offset + length - BlockLayout.TRAILER_BYTES;
        if (length <= BlockLayout.TRAILER_BYTES) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(array, offset, length - BlockLayout.TRAILER_BYTES + BlockLayout.CRC);
        ByteBuffer numbers = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
        if (numbers.getInt(trailer + BlockLayout.CRC) != (int) crc.getValue()) {
            return false;
        }
        int entries = 0;
        int position = offset;
        while (position < trailer) {
            if (trailer - position < EntryLayout.HEADER_BYTES) {
                return false;
            }
            int keyLength = Short.toUnsignedInt(numbers.getShort(position + EntryLayout.KEY_LENGTH));
            int valueLength = numbers.getInt(position + EntryLayout.VALUE_LENGTH);
            long next = (long) position + EntryLayout.HEADER_BYTES + keyLength + Math.max(0, valueLength);
            if (valueLength < EntryLayout.DELETE || next > trailer) {
                return false;
            }
            position = (int) next;
            entries++;
        }
        return entries == numbers.getInt(trailer + BlockLayout.ENTRIES);
    }

    /** Goes on to the next entry; false at the end of the block. */
    boolean next() {
        if (position >= end) {
            return false;
        }
        keyLength = Short.toUnsignedInt(numbers.getShort(position + EntryLayout.KEY_LENGTH));
        valueLength = numbers.getInt(position + EntryLayout.VALUE_LENGTH);
        sequence = numbers.getLong(position + EntryLayout.SEQUENCE);
        int keyOffset = position + EntryLayout.HEADER_BYTES;
        key = null;
        valueOffset = keyOffset + keyLength;
        position = valueOffset + Math.max(0, valueLength);
        return true;
    }

    /** Goes on to the first entry whose key is not before {@code wanted}; false when there is none. */
    boolean seek(byte[] wanted) {
        while (next()) {
            if (compareTo(wanted) >= 0) {
                return true;
            }
        }
        return false;
    }

    int compareTo(byte[] wanted) {
        return Arrays.compareUnsigned(bytes, valueOffset - keyLength, valueOffset, wanted, 0, wanted.length);
    }

    byte[] key() {
        if (key == null) {
            key = Arrays.copyOfRange(bytes, valueOffset - keyLength, valueOffset);
        }
        return key;
    }

    long sequence() {
        return sequence;
    }

    boolean isDelete() {
        return valueLength == EntryLayout.DELETE;
    }

    byte[] array() {
        return bytes;
    }

    int valueOffset() {
        return valueOffset;
    }

    int valueLength() {
        return Math.max(0, valueLength);
    }

    byte[] value() {
        return isDelete() ? null : Arrays.copyOfRange(bytes, valueOffset, valueOffset + valueLength);
    }

    @Override
    public String toString() {
        return Keys.show(key());
    }
}
