package io.ocssd.geometry.decorator.faults;

import java.util.concurrent.atomic.AtomicLongArray;

/** A bit for each block of a device, by its linear number. Thread-safe; a read costs a load. */
final class BlockBits {
    private final AtomicLongArray words;

    BlockBits(int blocks) {
        this.words = new AtomicLongArray((blocks + Long.SIZE - 1) / Long.SIZE);
    }

    boolean get(int block) {
        return (words.getOpaque(block >> 6) & 1L << block) != 0;
    }

    /** The bit of a block, or false when there is no such block. */
    boolean getIfInside(int block) {
        // The bits behind the last block are never set.
        int word = block >>> 6;
        return word < words.length() && (words.getOpaque(word) & 1L << block) != 0;
    }

    void set(int block) {
        words.getAndAccumulate(block >> 6, 1L << block, (word, bit) -> word | bit);
    }

    void clear(int block) {
        words.getAndAccumulate(block >> 6, 1L << block, (word, bit) -> word & ~bit);
    }
}
