package io.ocssd.gc;

import io.ocssd.policy.PolicyChoice;

/**
 * What a page-mapped FTL without payload is to be like.
 *
 * @param shape of its units, and the seed
 * @param logicalPages that users see
 * @param stripes units of each kind that are written in turn, page by page
 * @param streams that users tell apart; pages that are moved stay in theirs
 * @param separateFrontiers whether pages that are moved go to units of their own
 * @param reserveUnits that only garbage collection may open; it begins when no more than these are free
 * @param victims which unit is emptied next
 * @param pacer how much is done ahead
 * @param wear how erases are spread
 */
public record PageModelRequest(
        GcShape shape,
        long logicalPages,
        int stripes,
        int streams,
        boolean separateFrontiers,
        int reserveUnits,
        PolicyChoice victims,
        PolicyChoice pacer,
        PolicyChoice wear) {
    /** Checks the numbers. */
    public PageModelRequest {
        if (logicalPages < 1 || stripes < 1 || streams < 1 || reserveUnits < 1) {
            throw new IllegalArgumentException("logicalPages=" + logicalPages + ", stripes=" + stripes + ", streams="
                    + streams + ", reserveUnits=" + reserveUnits);
        }
    }
}
