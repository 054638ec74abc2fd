package io.ocssd.lsm.workload;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The value of a key after an operation: for the load (operation 0) the bytes of the source, for a later put its number in
 * eight bytes, big end first, and then the bytes of the source. So a value says which operation it is of.
 */
final class Values {
    /** What a rewritten value is longer than its source. */
    static final int HEADER_BYTES = Long.BYTES;

    private Values() {}

    static byte[] of(long operation, byte[] source) {
        if (operation == 0) {
            return source;
        }
        return ByteBuffer.allocate(HEADER_BYTES + source.length)
                .putLong(operation)
                .put(source)
                .array();
    }

    /** The operation that a value is of, or -1 when it is of none. */
    static long operationOf(byte[] value, byte[] source) {
        if (Arrays.equals(value, source)) {
            return 0;
        }
        boolean rewritten = value.length == HEADER_BYTES + source.length
                && Arrays.equals(value, HEADER_BYTES, value.length, source, 0, source.length);
        long operation = rewritten ? ByteBuffer.wrap(value).getLong() : -1;
        return operation > 0 ? operation : -1;
    }
}
