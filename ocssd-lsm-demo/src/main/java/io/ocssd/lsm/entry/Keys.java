package io.ocssd.lsm.entry;

import java.util.Arrays;
import java.util.Comparator;

/** The order of keys: unsigned bytes, a prefix before what it begins. */
public final class Keys {
    /** That order. */
    public static final Comparator<byte[]> ORDER = Arrays::compareUnsigned;

    private static final int SHOWN_BYTES = 48;

    private Keys() {}

    /** Compares two keys. */
    public static int compare(byte[] left, byte[] right) {
        return Arrays.compareUnsigned(left, right);
    }

    /** The greater of two keys, of which the first may be null: before all keys. */
    public static byte[] later(byte[] left, byte[] right) {
        return left != null && compare(left, right) > 0 ? left : right;
    }

    /** A key as messages show it: printable ASCII as it is, other bytes as hex, cut when long. */
    public static String show(byte[] key) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < Math.min(key.length, SHOWN_BYTES); i++) {
            if (key[i] >= ' ' && key[i] < 0x7F && key[i] != '"' && key[i] != '\\') {
                text.append((char) key[i]);
            } else {
                text.append(String.format("\\x%02x", key[i]));
            }
        }
        return text.append(key.length > SHOWN_BYTES ? "..." : "").append('"').toString();
    }
}
