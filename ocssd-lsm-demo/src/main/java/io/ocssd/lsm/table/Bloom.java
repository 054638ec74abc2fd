package io.ocssd.lsm.table;

import com.google.common.hash.HashCode;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A Bloom filter over keys: says "not there" only when it is so. Immutable, thread-safe.
 *
 * <p>Two halves of one 128-bit hash are combined to as many probes as are wanted (double hashing).
 */
final class Bloom {
    private static final HashFunction HASH = Hashing.murmur3_128(0x6F637373);
    private static final double LN_2 = 0.6931;
    private static final int MOST_PROBES = 16;

    private final byte[] bytes;
    private final int probes;
    private final int bits;

    private Bloom(byte[] bytes) {
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.bytes = bytes;
        this.probes = header.getInt(BloomLayout.PROBES);
        this.bits = header.getInt(BloomLayout.BITS);
    }

    /** Bytes that the filter of so many keys takes, at least as many as {@link #of} makes. */
    static long bytes(long keys, int bitsPerKey) {
        return BloomLayout.HEADER_BYTES + keys * bitsPerKey / Byte.SIZE + Long.BYTES + 1;
    }

    /** The filter of the keys whose {@link #hash} is in pairs in the first {@code keys * 2} places. */
    static Bloom of(long[] hashes, int keys, int bitsPerKey) {
        int bits = (int) Math.min((long) keys * bitsPerKey, Integer.MAX_VALUE - 64L);
        bits = Math.max(64, (bits + Byte.SIZE - 1) / Byte.SIZE * Byte.SIZE);
        byte[] bytes = new byte[BloomLayout.HEADER_BYTES + bits / Byte.SIZE];
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(BloomLayout.PROBES, Math.max(1, Math.min(MOST_PROBES, (int) Math.round(bitsPerKey * LN_2))));
        header.putInt(BloomLayout.BITS, bits);
        Bloom bloom = new Bloom(bytes);
        for (int i = 0; i < keys; i++) {
            bloom.add(hashes[2 * i], hashes[2 * i + 1]);
        }
        return bloom;
    }

    /** Reads a filter; null when its header makes no sense. */
    static Bloom decode(byte[] raw, int offset, int length) {
        if (length < BloomLayout.HEADER_BYTES + 1) {
            return null;
        }
        Bloom bloom = new Bloom(Arrays.copyOfRange(raw, offset, offset + length));
        boolean sensible = bloom.probes >= 1
                && bloom.probes <= MOST_PROBES
                && bloom.bits >= Byte.SIZE
                && BloomLayout.HEADER_BYTES + (long) bloom.bits / Byte.SIZE == length;
        return sensible ? bloom : null;
    }

    /** Puts both halves of a key's hash into {@code hashes} at {@code 2 * at}. */
    static void hash(byte[] key, long[] hashes, int at) {
        HashCode hash = HASH.hashBytes(key);
        byte[] raw = hash.asBytes();
        ByteBuffer halves = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        hashes[2 * at] = halves.getLong(0);
        hashes[2 * at + 1] = halves.getLong(Long.BYTES);
    }

    boolean mayContain(byte[] key) {
        long[] hash = new long[2];
        hash(key, hash, 0);
        long sum = hash[0];
        for (int i = 0; i < probes; i++) {
            int bit = (int) Long.remainderUnsigned(sum, bits);
            if ((bytes[BloomLayout.HEADER_BYTES + bit / Byte.SIZE] >> bit % Byte.SIZE & 1) == 0) {
                return false;
            }
            sum += hash[1];
        }
        return true;
    }

    /** The bytes of {@link BloomLayout}. */
    byte[] encoded() {
        return bytes;
    }

    private void add(long first, long step) {
        long sum = first;
        for (int i = 0; i < probes; i++) {
            int bit = (int) Long.remainderUnsigned(sum, bits);
            bytes[BloomLayout.HEADER_BYTES + bit / Byte.SIZE] |= (byte) (1 << bit % Byte.SIZE);
            sum += step;
        }
    }
}
