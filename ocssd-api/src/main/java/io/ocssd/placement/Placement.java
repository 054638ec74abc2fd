package io.ocssd.placement;

import io.ocssd.vblock.Stream;

/**
 * Chooses the LUNs of new vblocks of one target. Not thread-safe: its allocator calls it one call at a time.
 *
 * <p>It must not wait, and for the sake of runs that can be repeated its choice depends on nothing but the calls made so far.
 */
@FunctionalInterface
public interface Placement {
    /**
     * Chooses LUNs. Their order does not matter: the allocator stripes over them so that neighbours are on different channels.
     *
     * @param stream what the vblock is for
     * @param width how many LUNs; at least so many have a free block
     * @param luns as they are now
     * @param chosen from 0 to {@code width} it is filled with places, all different, each with a free block
     */
    void choose(Stream stream, int width, LunStates luns, int[] chosen);
}
