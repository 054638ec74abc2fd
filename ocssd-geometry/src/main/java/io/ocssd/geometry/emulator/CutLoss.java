package io.ocssd.geometry.emulator;

import java.util.Locale;

/**
 * How much a power cut takes of what is not safe.
 *
 * <p>Safe is what completed, on a drive of class PROTECTED; on one of class VOLATILE_PAIRS only those sectors of it that
 * mw_cunits more sectors follow in their block, or whose block is full. Everything else is not safe: commands under way, and
 * completed sectors just below the write pointer of a VOLATILE_PAIRS drive. Whatever is chosen, what is safe stays.
 *
 * <p>The four kinds are for a drive what the reset methods of RocksDB's fault injection are for a file system: drop what was
 * not synced, drop a random part of it, delete the files that were made since the last sync, or both.
 */
public enum CutLoss {
    /**
     * A part of it, drawn by the seed; the default. Programs under way leave any number of whole wsMin units and perhaps one
     * of rubbish, erases under way have happened, not happened or half happened, of what is unsafe below a write pointer any
     * wsMin unit may be unreadable.
     */
    RANDOM,
    /** All of it: no command under way has left a trace, and nothing that is unsafe below a write pointer is readable. */
    ALL,
    /**
     * Whole blocks: a block in which nothing is safe is free again. In other blocks everything stays: commands under way
     * have happened.
     */
    BLOCKS,
    /** All that is not safe, and blocks in which nothing is safe are free again. */
    BOTH;

    /** The name as URIs write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether commands under way have left no trace, and nothing at risk is readable. */
    boolean undoes() {
        return this == ALL || this == BOTH;
    }

    /** Whether blocks in which nothing is safe are free again. */
    boolean freesBlocks() {
        return this == BLOCKS || this == BOTH;
    }
}
