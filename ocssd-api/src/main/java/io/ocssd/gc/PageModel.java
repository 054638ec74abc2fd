package io.ocssd.gc;

/**
 * A page-mapped FTL that keeps no payload: the same code that serves a block device, over units that only count. Made by
 * {@link GcPolicies#pageModel}. Not thread-safe.
 */
public interface PageModel {
    /**
     * Writes a page.
     *
     * @param page from 0 to the logical pages
     * @param stream data that is expected to die together, from 0 to the streams
     */
    void write(long page, int stream);

    /** Gives a page up; nothing happens when it holds nothing. */
    void trim(long page);

    /** What has happened so far. */
    PageModelStatistics statistics();
}
