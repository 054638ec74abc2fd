package io.ocssd.device;

import java.util.Locale;

/** State of a block (Open-Channel SSD 2.0, chunk state; for a zone, what it is presented as). */
public enum BlockState {
    /** Erased; nothing written. */
    FREE,
    /** Partly written; the next program goes to the write pointer. */
    OPEN,
    /** Full, or closed early by a failed program; only an erase makes it writable again. */
    CLOSED,
    /** Out of use for good. */
    OFFLINE;

    /** The name as users write it: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
