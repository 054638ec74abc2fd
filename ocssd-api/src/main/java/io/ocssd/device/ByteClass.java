package io.ocssd.device;

import java.util.Locale;

/** Why a byte was programmed. The device counts every programmed byte under exactly one class. */
public enum ByteClass {
    /** Handed over by the user of a vblock. */
    PAYLOAD,
    /** Payload that was moved by the library. */
    RELOCATED,
    /** Filler: up to the write granularity, to close a block, in recovery. */
    PADDING,
    /** Headers, frames, summaries, labels, journals. */
    METADATA,
    /** Redundancy over LUNs. */
    PARITY,
    /** Second copies. */
    MIRROR;

    /** The name as reports write it: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
