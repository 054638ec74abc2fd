package io.ocssd.ftl.vblock;

/**
 * How much still fits a vblock: pure functions. The last ws_min unit of the stream is kept for the summary, the one before
 * it for the frame of a last sync.
 */
final class StreamSpace {
    private final StripeLayout layout;
    private final int wsMin;
    private final int sectorBytes;
    private final long appendEnd;

    StreamSpace(StripeLayout layout, int wsMin, int sectorBytes) {
        this.layout = layout;
        this.wsMin = wsMin;
        this.sectorBytes = sectorBytes;
        this.appendEnd = layout.sectors() - 2L * wsMin;
    }

    /** Stream sector where payload ends at the latest. */
    long appendEnd() {
        return appendEnd;
    }

    /** Stream sector of the summary. */
    long summarySector() {
        return layout.sectors() - wsMin;
    }

    /** Sectors of a frame with so many bytes of payload: whole ws_min units. */
    int frameSectors(int payloadBytes) {
        int unitBytes = wsMin * sectorBytes;
        return (FrameLayout.PAYLOAD_OFFSET + payloadBytes + unitBytes - 1) / unitBytes * wsMin;
    }

    /** Payload that a frame can have that begins here, inside its unit. */
    int frameCapacity(long streamSector) {
        long sectors = Math.min(layout.run(streamSector), appendEnd - streamSector);
        return (int) Math.max(0, sectors * sectorBytes - FrameLayout.PAYLOAD_OFFSET);
    }

    /**
     * Bytes that can still be appended raw.
     *
     * @param position stream sector behind all that was sent to the device
     * @param staged bytes that wait for their frame
     */
    long rawRemaining(long position, int staged) {
        return Math.max(0, appendEnd - behind(position, staged)) * sectorBytes;
    }

    /**
     * Stream sector where raw units go on once staged bytes have their frame.
     *
     * @param position stream sector behind all that was sent to the device
     * @param staged bytes that wait for their frame
     */
    long behind(long position, int staged) {
        return staged == 0 ? position : position + frameSectors(staged);
    }

    /** Sectors to the end of the unit that raw payload may take, 0 at the end of the stream. */
    int rawRun(long streamSector) {
        return streamSector >= appendEnd ? 0 : (int) Math.min(layout.run(streamSector), appendEnd - streamSector);
    }

    /**
     * Bytes that can still be appended in frames.
     *
     * @param position stream sector behind all that was sent to the device
     * @param staged bytes that wait for their frame
     */
    long stagedRemaining(long position, int staged) {
        if (position >= appendEnd) {
            return 0;
        }
        long frames = layout.units(position, appendEnd);
        return (appendEnd - position) * sectorBytes - frames * FrameLayout.PAYLOAD_OFFSET - staged;
    }
}
