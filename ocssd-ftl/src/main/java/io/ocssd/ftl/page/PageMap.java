package io.ocssd.ftl.page;

import java.util.Arrays;

/** Where each logical page stands: 4 bytes a page. Belongs to one task at a time. */
final class PageMap {
    static final int NOWHERE = -1;

    private static final int SEGMENT_BITS = 20;
    private static final int SEGMENT_MASK = (1 << SEGMENT_BITS) - 1;

    private final int[][] segments;

    /** A map that has no page anywhere. */
    PageMap(long pages) {
        this.segments = new int[(int) ((pages + SEGMENT_MASK) >>> SEGMENT_BITS)][];
        for (int i = 0; i < segments.length; i++) {
            segments[i] = new int[(int) Math.min(1 << SEGMENT_BITS, pages - ((long) i << SEGMENT_BITS))];
            Arrays.fill(segments[i], NOWHERE);
        }
    }

    int get(long page) {
        return segments[(int) (page >>> SEGMENT_BITS)][(int) page & SEGMENT_MASK];
    }

    void set(long page, int place) {
        segments[(int) (page >>> SEGMENT_BITS)][(int) page & SEGMENT_MASK] = place;
    }
}
