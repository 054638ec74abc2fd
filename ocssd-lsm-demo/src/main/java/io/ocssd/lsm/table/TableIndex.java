package io.ocssd.lsm.table;

import io.ocssd.lsm.entry.Keys;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Where the data blocks of a table are, and the last key of each. Immutable, thread-safe. */
final class TableIndex {
    private final byte[][] lastKeys;
    private final long[] offsets;
    private final int[] lengths;

    private TableIndex(byte[][] lastKeys, long[] offsets, int[] lengths) {
        this.lastKeys = lastKeys;
        this.offsets = offsets;
        this.lengths = lengths;
    }

    int blocks() {
        return offsets.length;
    }

    long offset(int block) {
        return offsets[block];
    }

    int length(int block) {
        return lengths[block];
    }

    byte[] lastKey(int block) {
        return lastKeys[block];
    }

    /** The first block whose last key is not before {@code key}; {@link #blocks} when there is none. */
    int find(byte[] key) {
        int low = 0;
        int high = offsets.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Keys.compare(lastKeys[middle], key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Reads an index of so many blocks, which fill {@code 0..dataBytes}; null when it makes no sense. */
    static TableIndex decode(byte[] raw, int from, int length, int blocks, long dataBytes) {
        if ((long) blocks * IndexLayout.HEADER_BYTES > length) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(raw, from, length).order(ByteOrder.LITTLE_ENDIAN);
        byte[][] lastKeys = new byte[blocks][];
        long[] offsets = new long[blocks];
        int[] lengths = new int[blocks];
        long end = 0;
        for (int i = 0; i < blocks; i++) {
            if (bytes.remaining() < IndexLayout.HEADER_BYTES) {
                return null;
            }
            offsets[i] = bytes.getLong();
            lengths[i] = bytes.getInt();
            int keyLength = Short.toUnsignedInt(bytes.getShort());
            if (keyLength > bytes.remaining() || offsets[i] != end || lengths[i] <= BlockLayout.TRAILER_BYTES) {
                return null;
            }
            end += lengths[i];
            lastKeys[i] = new byte[keyLength];
            bytes.get(lastKeys[i]);
        }
        return bytes.hasRemaining() || end != dataBytes ? null : new TableIndex(lastKeys, offsets, lengths);
    }

    /** Collects the blocks of a table that is being written. */
    static final class Builder {
        private final List<byte[]> lastKeys = new ArrayList<>();
        private final List<Long> offsets = new ArrayList<>();
        private final List<Integer> lengths = new ArrayList<>();
        private int bytes;

        void add(byte[] lastKey, long offset, int length) {
            lastKeys.add(lastKey);
            offsets.add(offset);
            lengths.add(length);
            bytes += IndexLayout.HEADER_BYTES + lastKey.length;
        }

        /** Bytes of {@link IndexLayout} so far. */
        int bytes() {
            return bytes;
        }

        byte[] encode() {
            ByteBuffer out = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < offsets.size(); i++) {
                out.putLong(offsets.get(i)).putInt(lengths.get(i));
                out.putShort((short) lastKeys.get(i).length).put(lastKeys.get(i));
            }
            return out.array();
        }

        TableIndex build() {
            return new TableIndex(
                    lastKeys.toArray(byte[][]::new),
                    offsets.stream().mapToLong(Long::longValue).toArray(),
                    lengths.stream().mapToInt(Integer::intValue).toArray());
        }
    }
}
