package io.ocssd.geometry.timing;

/**
 * What the second register of a LUN, the cache register, is used for.
 *
 * @param cacheRead whether the array reads the next page while the data of the last one leave
 * @param cacheReadNanos tRCBSY: how long the array stops when it hands a page over so
 * @param cacheProgram whether data come in while the array programs the page before
 */
public record RegisterRules(boolean cacheRead, long cacheReadNanos, boolean cacheProgram) {
    /** One register only. */
    public static final RegisterRules NONE = new RegisterRules(false, 0, false);

    /** Checks the time. */
    public RegisterRules {
        if (cacheReadNanos < 0) {
            throw new IllegalArgumentException("cacheReadNanos=" + cacheReadNanos);
        }
    }
}
