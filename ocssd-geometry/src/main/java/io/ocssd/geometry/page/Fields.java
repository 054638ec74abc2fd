package io.ocssd.geometry.page;

import io.ocssd.error.CorruptException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/** Reading, writing and checking fields of pages. */
final class Fields {
    private static final long MAX_U32 = 0xFFFF_FFFFL;

    private Fields() {}

    /** Part of a buffer, little endian, every byte of it zero. */
    static ByteBuffer cleared(ByteBuffer target, int offset, int bytes) {
        Objects.checkFromIndexSize(offset, bytes, target.limit());
        ByteBuffer page = target.slice(offset, bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < bytes; i++) {
            page.put(i, (byte) 0);
        }
        return page;
    }

    /** Part of a buffer, little endian. */
    static ByteBuffer part(ByteBuffer source, int offset, int bytes) {
        Objects.checkFromIndexSize(offset, bytes, source.limit());
        return source.slice(offset, bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw outside(name, Long.toString(value), least, most);
        }
    }

    /** The same for all 64 bits of an unsigned number. */
    static void checkUnsigned(String name, long value, long most) {
        if (Long.compareUnsigned(value, most) > 0) {
            throw outside(name, Long.toUnsignedString(value), 0, most);
        }
    }

    private static IllegalArgumentException outside(String name, String value, long least, long most) {
        return new IllegalArgumentException(name + "=" + value + " is not in " + least + ".." + most);
    }

    static void checkNanos(String name, long value) {
        check(name, value, 0, MAX_U32);
    }

    /** A count of four bytes. */
    static int count(ByteBuffer page, int offset, String name) {
        long value = unsigned(page, offset);
        check(name, value, 0, Integer.MAX_VALUE);
        return (int) value;
    }

    /** A count of eight bytes. */
    static int longCount(ByteBuffer page, int offset, String name) {
        long value = page.getLong(offset);
        checkUnsigned(name, value, Integer.MAX_VALUE);
        return (int) value;
    }

    /** Four bytes, unsigned. */
    static long unsigned(ByteBuffer page, int offset) {
        return Integer.toUnsignedLong(page.getInt(offset));
    }

    /** What a record had against the bytes that it was read from. */
    static CorruptException corrupt(String what, IllegalArgumentException why) {
        CorruptException corrupt = new CorruptException(
                what + ": " + why.getMessage(),
                "the drive, or the file, says something impossible; nothing was changed");
        corrupt.initCause(why);
        return corrupt;
    }
}
