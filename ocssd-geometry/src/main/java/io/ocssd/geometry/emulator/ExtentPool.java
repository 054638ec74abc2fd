package io.ocssd.geometry.emulator;

/**
 * Memory of erased blocks that is kept for what is written next: memory that was touched before takes a copy three times as
 * fast as fresh memory, which the virtual machine has to clear and may have to get from the system.
 *
 * <p>A bounded stack, so that what was freed last, and may still be in a cache, is used first; what is more than fits is left
 * to the garbage collector. What is in an extent when it is taken is rubbish. Thread-safe.
 */
final class ExtentPool {
    private final byte[][] extents;
    private int count;

    /**
     * An empty pool.
     *
     * @param most extents that it keeps
     */
    ExtentPool(int most) {
        this.extents = new byte[most][];
    }

    /** Keeps an extent that nobody else knows any more. */
    synchronized void give(byte[] extent) {
        if (count < extents.length) {
            extents[count++] = extent;
        }
    }

    /** An extent full of rubbish, or null when there is none. */
    synchronized byte[] take() {
        if (count == 0) {
            return null;
        }
        byte[] extent = extents[--count];
        extents[count] = null;
        return extent;
    }

    /** How many extents it keeps. */
    synchronized int count() {
        return count;
    }
}
