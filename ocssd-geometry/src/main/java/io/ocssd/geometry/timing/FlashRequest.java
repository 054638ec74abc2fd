package io.ocssd.geometry.timing;

/**
 * What a caller wants to know the end of: any number of operations, on any LUNs.
 *
 * <p>Extended by the caller with whatever it needs there. May be used again when it has finished.
 */
public abstract class FlashRequest {
    /** Operations that have not finished, and one more while the request is being submitted. */
    int operationsLeft;

    /** A request without operations. */
    protected FlashRequest() {}

    /**
     * All operations have finished. Called within {@link FlashTimeline#advance}; it must not submit anything.
     *
     * @param nanos when the last one did
     */
    protected abstract void finished(long nanos);
}
