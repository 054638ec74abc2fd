package io.ocssd.device;

import java.util.Locale;

/** How a block is written (Open-Channel SSD 2.0, chunk type). */
public enum BlockType {
    /** In order, at the write pointer. */
    SEQUENTIAL,
    /** Anywhere, any number of times; its write pointer means nothing. */
    RANDOM;

    /** The name as users write it: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
