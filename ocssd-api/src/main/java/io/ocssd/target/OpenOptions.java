package io.ocssd.target;

/**
 * How a drive is opened.
 *
 * @param windowBytes memory budget of each target, for the windows of all vblocks open for writing
 */
public record OpenOptions(long windowBytes) {
    /** Checks the budget. */
    public OpenOptions {
        if (windowBytes < 1) {
            throw new IllegalArgumentException("windowBytes=" + windowBytes);
        }
    }

    /** 64 MiB for windows. */
    public static OpenOptions defaults() {
        return new OpenOptions(64L << 20);
    }
}
