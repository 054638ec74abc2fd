package io.ocssd.vblock;

/**
 * What is asked of a new vblock.
 *
 * @param stream with which data it shares its fate
 * @param width number of LUNs to stripe over, from 1 to {@link Vblocks#maxWidth}
 * @param tag a number of the owner's, kept with the vblock on flash
 */
public record VblockRequest(Stream stream, int width, long tag) {
    /** Checks the width. */
    public VblockRequest {
        if (width < 1) {
            throw new IllegalArgumentException("width=" + width);
        }
    }
}
