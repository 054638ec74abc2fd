package io.ocssd.target;

import io.ocssd.device.FlashDevice;
import io.ocssd.error.NotFoundException;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * An open device together with the label that says how it is provisioned. Thread-safe.
 *
 * <p>Owned by one process at a time. Nothing is written by opening it.
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
     * Provisions LUNs to a new target. Durable when this returns. The first target makes the label.
     *
     * @throws io.ocssd.error.BusyException when a LUN belongs to another target, or the name is taken
     * @throws io.ocssd.error.NoSpaceException when the LUNs have too few usable blocks
     * @throws IllegalArgumentException when a LUN or the name is not possible
     */
    Target createTarget(TargetRequest request) throws IOException;

    /**
     * Opens a target, recovering it from what is on flash when its last owner did not close it. The same object at every
     * call.
     *
     * @throws NotFoundException when there is none of that name
     */
    Target target(String name) throws IOException;

    /** Lets go of targets and device. Idempotent. */
    @Override
    void close();
}
