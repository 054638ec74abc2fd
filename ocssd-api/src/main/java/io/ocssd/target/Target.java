package io.ocssd.target;

import io.ocssd.block.BlockDevice;
import io.ocssd.block.BlockFormat;
import io.ocssd.block.BlockOptions;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.util.List;

/** A named, provisioned share of a drive, owned by one application. Thread-safe. */
public interface Target {
    /** What the label says of it. */
    TargetInfo info();

    /** Its vblocks: the application addresses flash through nothing else. */
    Vblocks vblocks();

    /** What it took to open the target. */
    RecoveryReport recovery();

    /** What it has done since it was made, as far as that is known; what it did since it was opened is exact. */
    LifetimeCounters lifetime();

    /**
     * Its blocks that are never used again, by ascending linear number: those that the device has taken out of use, and those
     * that were retired for one of the other reasons, which the target's journal remembers.
     *
     * @throws IOException when the device does not tell
     */
    List<BadBlock> badBlocks() throws IOException;

    /**
     * Takes a block out of use for good. Durable when this returns. Does nothing when it is out of use already.
     *
     * @param block linear number of a block of the target that no vblock has
     * @throws io.ocssd.error.BusyException when a vblock has it, which has to be erased first, or it is just being taken or given
     *     back; nothing was changed
     * @throws io.ocssd.error.NoSpaceException when the journal has no block to write to; the block is out of use all the same, but
     *     only for good once the journal can be written again
     * @throws io.ocssd.error.ReadOnlyException when the drive was opened read-only
     * @throws IllegalArgumentException when the block is not one of the target
     */
    void markBad(int block) throws IOException;

    /**
     * Makes the target a block device that holds nothing. Erases all its vblocks, whoever's they are. A cut in the middle leaves
     * neither the old content nor a block device.
     *
     * @throws io.ocssd.error.NoSpaceException when the target is too small for what is asked; nothing was changed then unless
     *     it was found out after the erases
     * @throws io.ocssd.error.BusyException when a vblock is open for writing, or the block device is open; nothing was changed
     * @throws io.ocssd.error.ReadOnlyException when the drive was opened read-only
     * @throws IllegalArgumentException when the width is above {@link Vblocks#maxWidth}
     */
    default void formatBlockDevice(BlockFormat format) throws IOException {
        throw new UnsupportedOperationException("no block device on this target");
    }

    /**
     * Opens the block device of the target, recovering it when it was not closed. Whoever opens it closes it. While it is open
     * nobody else allocates or erases vblocks of the target. One that was not closed is not recovered on a drive that was opened
     * read-only: what can't be read of open blocks yet ({@link #recovery}) is missing there.
     *
     * @throws io.ocssd.error.NotRecognisedException when the target has none, or its making was cut short
     * @throws io.ocssd.error.CorruptException when what is there does not fit together; nothing was changed
     * @throws io.ocssd.error.BusyException when it is open
     */
    default BlockDevice openBlockDevice(BlockOptions options) throws IOException {
        throw new UnsupportedOperationException("no block device on this target");
    }
}
