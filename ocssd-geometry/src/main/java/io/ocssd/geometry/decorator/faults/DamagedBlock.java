package io.ocssd.geometry.decorator.faults;

import com.google.common.collect.ImmutableList;
import io.ocssd.device.BlockState;
import io.ocssd.device.Ppa;
import java.util.List;

/**
 * A block that faults have broken, as it is now.
 *
 * @param ppa address of its sector 0
 * @param state {@link BlockState#CLOSED} when it was closed early, {@link BlockState#OFFLINE} when it is out of use or its
 *     LUN is dead; null when it goes on and has unreadable sectors
 * @param writePointer sectors written when it was closed early, otherwise 0
 * @param unreadable its unreadable sectors, ascending
 */
public record DamagedBlock(long ppa, BlockState state, int writePointer, List<Integer> unreadable) {
    /** Copies the sectors. */
    public DamagedBlock {
        unreadable = ImmutableList.copyOf(unreadable);
    }

    /** For messages. */
    @Override
    public String toString() {
        return Ppa.toString(ppa)
                + (state == null ? "" : " " + state.label())
                + (state == BlockState.CLOSED ? " at " + writePointer : "")
                + (unreadable.isEmpty() ? "" : " unreadable " + unreadable);
    }
}
