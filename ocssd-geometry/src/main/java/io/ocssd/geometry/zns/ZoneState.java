package io.ocssd.geometry.zns;

import io.ocssd.device.BlockState;

/** What a zone is like, as far as it decides what may be done with it. */
enum ZoneState {
    /** Nothing is written to it. */
    EMPTY(BlockState.FREE),
    /** Partly written; the drive opens and closes it as it likes. */
    ACTIVE(BlockState.OPEN),
    /** Opened by command: the drive does not close it. */
    EXPLICITLY_OPEN(BlockState.OPEN),
    /** Takes no more writes until it is reset. */
    FULL(BlockState.CLOSED),
    /** Can be read and nothing else. */
    READ_ONLY(BlockState.CLOSED),
    /** Out of use. */
    OFFLINE(BlockState.OFFLINE);

    private final BlockState shown;

    ZoneState(BlockState shown) {
        this.shown = shown;
    }

    /** What a report shows. */
    BlockState shown() {
        return shown;
    }

    /** Whether it takes one of the places of active zones. */
    boolean isActive() {
        return this == ACTIVE || this == EXPLICITLY_OPEN;
    }
}
