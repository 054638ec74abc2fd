package io.ocssd.geometry.emulator;

import io.ocssd.device.BlockState;

/**
 * State of a block, as fine as the rules need it: {@link BlockState}, and the states of a zone that look alike as that.
 *
 * <p>What NVMe calls closed (a zone partly written that takes none of the places of open ones) is PARKED here, since a closed
 * block is one that takes no more writes.
 */
enum Condition {
    /** Erased; nothing written. */
    FREE(BlockState.FREE),
    /** Partly written; a zone that was opened by a write. */
    OPEN(BlockState.OPEN),
    /** A zone that was opened by command, partly written or not at all. */
    EXPLICITLY_OPEN(BlockState.OPEN),
    /** A zone that is partly written and was closed by command or by the drive. */
    PARKED(BlockState.OPEN),
    /** Full, closed early, or a zone that was finished. */
    CLOSED(BlockState.CLOSED),
    /** A zone a program of which has failed: what it holds stays, and nothing is changed any more. */
    READ_ONLY(BlockState.CLOSED),
    /** Out of use. */
    OFFLINE(BlockState.OFFLINE);

    private final BlockState state;

    Condition(BlockState state) {
        this.state = state;
    }

    /** What a report says. */
    BlockState state() {
        return state;
    }

    /** Whether it counts among the active zones. */
    boolean isActive() {
        return state == BlockState.OPEN;
    }

    /** Whether it is a zone that has one of the places of open ones. */
    boolean isOpen() {
        return this == OPEN || this == EXPLICITLY_OPEN;
    }
}
