package io.ocssd.target;

import io.ocssd.device.FlashDevice;
import io.ocssd.error.NotFoundException;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * An open device together with the label that says how it is provisioned. Thread-safe.
 *
 * <p>Owned by one process at a time. Nothing is written by opening it. Opened read-only ({@link OpenOptions#readOnly}), nothing is
 * written at all: calls that would throw {@link io.ocssd.error.ReadOnlyException}.
 */
public interface Drive extends Closeable {
    /** The device below. */
    FlashDevice device();

    /** The targets on the label, by name; empty when the drive has no label yet. */
    List<TargetInfo> targets();

    /**
     * Blocks that no target may use, by linear block number, ascending: those that the label takes. Empty when the drive
     * has no label yet.
     */
    List<Integer> reservedBlocks();

    /**
     * Provisions a part of the drive to a new target. Durable when this returns. The first target makes the label. A removal
     * that was cut short is finished first.
     *
     * @throws io.ocssd.error.BusyException when a LUN belongs to another target, or the name is taken
     * @throws io.ocssd.error.NoSpaceException when less is left than was asked for, of LUNs, of usable blocks, of the device's
     *     limit of open blocks, or of the label; nothing was changed
     * @throws io.ocssd.error.NotRecognisedException when blocks hold data that is nobody's; nothing was changed
     * @throws IllegalArgumentException when the drive has no such LUN
     */
    Target createTarget(TargetRequest request) throws IOException;

    /**
     * Opens a target, recovering it from what is on flash when its last owner did not close it. The same object at every
     * call.
     *
     * @throws NotFoundException when there is none of that name, or it is being removed
     */
    Target target(String name) throws IOException;

    /**
     * Gives a target more or less of the drive, or other budgets. Durable when this returns; whoever has the target open sees
     * it at once, with the same objects. A target may grow at any time. What it gives back must hold no vblock, and no vblock of
     * it may be open for writing meanwhile; allocations and erases that come meanwhile wait.
     *
     * @return the target, opened
     * @throws NotFoundException when there is none of that name
     * @throws io.ocssd.error.BusyException when vblocks are in the way, or more blocks are open than the new budget allows, or a
     *     LUN belongs to another target; nothing was changed
     * @throws io.ocssd.error.NoSpaceException as for {@link #createTarget}
     */
    Target resizeTarget(String name, TargetChange change) throws IOException;

    /**
     * Removes a target with all its data: marks it on the label, erases its blocks and takes it off the label. A cut in the
     * middle leaves it marked; the next change of the label finishes it. Its vblocks are gone for whoever has it open.
     *
     * @throws NotFoundException when there is none of that name
     * @throws io.ocssd.error.BusyException when vblocks of it are open for writing; nothing was changed
     */
    void removeTarget(String name) throws IOException;

    /** Lets go of targets and device. Idempotent. */
    @Override
    void close();
}
