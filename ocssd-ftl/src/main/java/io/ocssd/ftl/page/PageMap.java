package io.ocssd.ftl.page;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where each logical page stands: 4 bytes a page, outside the heap. One task at a time sets; any task may get at any time, and
 * sees what was done before the place it gets was set.
 */
final class PageMap {
    static final int NOWHERE = -1;

    private static final int SEGMENT_BITS = 20;
    private static final int SEGMENT_MASK = (1 << SEGMENT_BITS) - 1;
    private static final VarHandle PLACE = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final long pages;
    private final ByteBuffer[] segments;

    /** A map that has no page anywhere. */
    PageMap(long pages) {
        this.pages = pages;
        this.segments = new ByteBuffer[(int) ((pages + SEGMENT_MASK) >>> SEGMENT_BITS)];
        for (int i = 0; i < segments.length; i++) {
            int count = (int) Math.min(1 << SEGMENT_BITS, pages - ((long) i << SEGMENT_BITS));
            segments[i] = ByteBuffer.allocateDirect(count * Integer.BYTES).order(ByteOrder.nativeOrder());
            for (int j = 0; j < count; j++) {
                segments[i].putInt(j * Integer.BYTES, NOWHERE);
            }
        }
    }

    /** Pages, mapped or not. */
    long pages() {
        return pages;
    }

    int get(long page) {
        return (int) PLACE.getAcquire(segment(page), at(page));
    }

    void set(long page, int place) {
        PLACE.setRelease(segment(page), at(page), place);
    }

    private ByteBuffer segment(long page) {
        return segments[(int) (page >>> SEGMENT_BITS)];
    }

    private static int at(long page) {
        return ((int) page & SEGMENT_MASK) * Integer.BYTES;
    }
}
