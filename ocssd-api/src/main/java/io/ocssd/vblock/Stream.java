package io.ocssd.vblock;

import java.util.Locale;

/**
 * Data that is expected to die together, and so shares blocks.
 *
 * <p>Four open vblocks, one of each, are enough for a target.
 */
public enum Stream {
    /** Write-ahead log and the application's manifest. */
    LOG,
    /** Journals and maps of the library. */
    METADATA,
    /** The application's data. */
    DATA,
    /** What garbage collection moves. */
    GC;

    /** The name as reports write it: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
