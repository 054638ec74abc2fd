package io.ocssd.device;

import java.util.Locale;

/** What of a completed program survives a power cut. */
public enum DurabilityClass {
    /** All of it: the drive has capacitors. */
    PROTECTED,
    /**
     * Only what was followed by mw_cunits more sectors of its block, or is in a block that is full: a sector that shares its
     * cells with pages still to be programmed dies with them.
     */
    VOLATILE_PAIRS;

    /** The name as users write it: {@code protected}, {@code volatile-pairs}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
