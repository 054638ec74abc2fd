package io.ocssd.cli.bench.load;

import java.util.Locale;

/** What is done to the device. */
public enum Pattern {
    /** Writes, on every LUN at the write pointer of one block after the other. */
    SEQWRITE(false, true),
    /** Reads at random places. */
    RANDREAD(true, false),
    /** Reads in order, one request after the other on the next LUN. */
    SEQREAD(true, false),
    /** Reads at random places beside writes. */
    MIXED(true, true);

    private final boolean reads;
    private final boolean writes;

    Pattern(boolean reads, boolean writes) {
        this.reads = reads;
        this.writes = writes;
    }

    /** Whether it reads. */
    public boolean reads() {
        return reads;
    }

    /** Whether it writes. */
    public boolean writes() {
        return writes;
    }

    /** The name as users write it: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
