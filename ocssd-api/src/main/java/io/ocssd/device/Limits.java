package io.ocssd.device;

/**
 * What a device asks of its writers (Open-Channel SSD 2.0, geometry structure).
 *
 * @param wsMin smallest program, in sectors; every program of a block is a multiple of it
 * @param wsOpt program size that the device likes best, in sectors; a multiple of {@code wsMin}
 * @param mwCunits sectors that must be written after a sector of an open block before it can be read; 0 when it can be
 *     read at once
 * @param maxOpen blocks that may be open at the same time; 0 when there is no limit
 */
public record Limits(int wsMin, int wsOpt, int mwCunits, int maxOpen) {
    /** Most addresses of one vector command, on every revision: its completion has a bitmap of 64 bits. */
    public static final int MAX_ADDRESSES = 64;

    /** Checks every field. */
    public Limits {
        if (wsMin < 1 || wsOpt < wsMin || wsOpt % wsMin != 0 || wsOpt > MAX_ADDRESSES) {
            throw new IllegalArgumentException("wsMin=" + wsMin + ", wsOpt=" + wsOpt
                    + ": wsOpt is a multiple of wsMin and at most " + MAX_ADDRESSES);
        }
        if (mwCunits < 0 || maxOpen < 0) {
            throw new IllegalArgumentException("mwCunits=" + mwCunits + ", maxOpen=" + maxOpen);
        }
    }
}
