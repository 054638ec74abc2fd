package io.ocssd.ftl.vblock;

/**
 * What a sync pads: pure functions.
 *
 * <p>On a drive of class PROTECTED a frame is padded to whole ws_min units, and that is all. On one of class VOLATILE_PAIRS
 * filler follows on the frame, in stream order, up to the least position at which each block that holds something new is safe:
 * mw_cunits more sectors follow in it, or it is full. The first sync of a vblock makes the headers of all its blocks safe as
 * well, so that no header is lost of a vblock that holds what was synced.
 */
final class SyncPadding {
    private final StripeLayout layout;
    private final int wsMin;
    private final int sectorsPerBlock;
    /** Sectors that follow on a safe one: mw_cunits in whole ws_min units. */
    private final int behind;

    /**
     * The padding of a drive.
     *
     * @param mwCunits sectors that must follow; 0 on a drive of class PROTECTED
     */
    SyncPadding(StripeLayout layout, int wsMin, int mwCunits, int sectorsPerBlock) {
        this.layout = layout;
        this.wsMin = wsMin;
        this.sectorsPerBlock = sectorsPerBlock;
        this.behind = (mwCunits + wsMin - 1) / wsMin * wsMin;
    }

    /** Bytes of padding in a frame with so many bytes of payload. */
    static long inFrame(int payloadBytes, int unitBytes) {
        return Math.floorMod(-(FrameLayout.PAYLOAD_OFFSET + payloadBytes), unitBytes);
    }

    /**
     * Where the stream goes on after a sync of a vblock of which no place was moved.
     *
     * @param safe stream sector behind what was safe before; 0 when nothing was
     * @param end stream sector behind the frame of the sync
     * @return the end of the stream when a block has to be full for it
     */
    long safePosition(long safe, long end) {
        return safePosition(safe, end, new int[layout.width()], new boolean[layout.width()]);
    }

    /**
     * Where the stream goes on after a sync.
     *
     * @param safe stream sector behind what was safe before; 0 when nothing was
     * @param end stream sector behind the frame of the sync
     * @param firsts by place, its first sector in the block that is written to
     * @param moved by place, whether that block was begun since the last sync, so that its header is yet to be safe
     * @return the end of the stream when a block has to be full for it
     */
    long safePosition(long safe, long end, int[] firsts, boolean[] moved) {
        long position = end;
        if (behind == 0) {
            return position;
        }
        for (int place = 0; place < layout.width(); place++) {
            int written = layout.written(place, end);
            if (written > layout.written(place, safe) || safe == 0 || moved[place]) {
                int needed = Math.max(written, firsts[place]) + behind;
                if (needed > sectorsPerBlock && firsts[place] > wsMin) {
                    // The block goes on where the place ends.
                    return layout.sectors();
                }
                int last = Math.min(sectorsPerBlock, needed) - 1;
                position = Math.max(position, layout.streamSector(place, last) + 1);
            }
        }
        return position;
    }
}
