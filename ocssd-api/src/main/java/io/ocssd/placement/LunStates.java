package io.ocssd.placement;

/**
 * The LUNs of a target as they are now, numbered from 0 by their place in the target. Valid during the call that it is handed
 * to.
 */
public interface LunStates {
    /** LUNs of the target. */
    int count();

    /** Linear number of a LUN on its drive. */
    int lun(int place);

    /** The channel that a LUN shares. */
    int channel(int place);

    /** Blocks that a vblock can take. */
    int freeBlocks(int place);

    /** Blocks of vblocks that are open for writing. */
    int openBlocks(int place);

    /**
     * How often the block was erased that a vblock would get here.
     *
     * @throws IllegalArgumentException when no block is free
     */
    long nextEraseCount(int place);
}
