package io.ocssd.vblock;

import io.ocssd.error.NotFoundException;
import java.io.IOException;
import java.util.List;

/**
 * The vblocks of a target: allocator, directory and recovery. Thread-safe.
 *
 * <p>Blocks are taken in the order of their wear, least erased first, so that all of them come round.
 */
public interface Vblocks {
    /** Most LUNs that a vblock of this target can span: the number of its LUNs. */
    int maxWidth();

    /** Bytes of payload that a new vblock of this width can hold at least, if it is appended to in whole units. */
    long capacityBytes(int width);

    /** Vblocks of this width that could be allocated now, blocks that only wait for an erase included. */
    int available(int width);

    /**
     * Vblocks of this width that can be open for writing at the same time, if no other is: as many as the device's limit of
     * open blocks and the target's memory budget allow.
     */
    int maxWriters(int width);

    /**
     * Opens a new vblock for writing.
     *
     * <p>Its blocks are erased if need be, and their headers are programmed when this returns. On a drive of class PROTECTED
     * the vblock is there from then on, whatever happens; on one of class VOLATILE_PAIRS from its first sync that has
     * something to sync, or its seal, on, and after a power cut before that it may be gone, or empty. Its worst-case window
     * is reserved out of the target's memory budget, so that an append never waits for memory that can't come.
     *
     * @throws io.ocssd.error.NoSpaceException when too few LUNs have a usable block; nothing was changed
     * @throws io.ocssd.error.BusyException when the limit of open blocks or the memory budget is reached by vblocks that
     *     are open for writing; nothing was changed
     * @throws io.ocssd.error.ReadOnlyException when the drive was opened read-only
     * @throws IllegalArgumentException when the width is above {@link #maxWidth}
     */
    VblockWriter allocate(VblockRequest request) throws IOException;

    /**
     * The vblock with this id.
     *
     * @throws NotFoundException when there is none (any more)
     */
    Vblock open(long id) throws NotFoundException;

    /** All vblocks, in the order of their ids, which is the order of their allocation. */
    List<Vblock> list();

    /** A data path for reads of one hot task. */
    ReadHandle openHandle() throws IOException;

    /** What became of them since the target was opened. */
    VblockStatistics statistics();
}
