package io.ocssd.target;

/**
 * Blocks that follow each other.
 *
 * @param first linear number of the first
 * @param count how many, at least 1
 */
public record BlockRange(int first, int count) {
    /** Checks both. */
    public BlockRange {
        if (first < 0 || count < 1 || first > Integer.MAX_VALUE - count) {
            throw new IllegalArgumentException("first=" + first + ", count=" + count);
        }
    }

    /** Linear number behind the last. */
    public int end() {
        return first + count;
    }
}
