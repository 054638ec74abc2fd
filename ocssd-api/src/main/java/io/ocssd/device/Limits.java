package io.ocssd.device;

/**
 * What a device asks of its writers (Open-Channel SSD 2.0, geometry structure).
 *
 * @param wsMin smallest program, in sectors; every program of a block is a multiple of it
 * @param wsOpt program size that the device likes best, in sectors; a multiple of {@code wsMin}
 * @param mwCunits sectors that must be written after a sector of an open block before it can be read; 0 when it can be
 *     read at once
 * @param maxOpen blocks that may be open at the same time; 0 when there is no limit
 * @param maxOpenPerLun blocks of one LUN that may be open at the same time; 0 when only {@code maxOpen} limits them
 * @param maxActive zones that may be partly written at the same time, whether open or closed (a device of {@code maxOpen}
 *     closes one by itself to open another); 0 when there is no limit but {@code maxOpen}
 */
public record Limits(int wsMin, int wsOpt, int mwCunits, int maxOpen, int maxOpenPerLun, int maxActive) {
    /** Most addresses of one vector command, on every revision: its completion has a bitmap of 64 bits. */
    public static final int MAX_ADDRESSES = 64;

    /** Checks every field. */
    public Limits {
        if (wsMin < 1 || wsOpt < wsMin || wsOpt % wsMin != 0 || wsOpt > MAX_ADDRESSES) {
            throw new IllegalArgumentException("wsMin=" + wsMin + ", wsOpt=" + wsOpt
                    + ": wsOpt is a multiple of wsMin and at most " + MAX_ADDRESSES);
        }
        if (mwCunits < 0 || maxOpen < 0 || maxOpenPerLun < 0 || maxActive < 0) {
            throw new IllegalArgumentException("mwCunits=" + mwCunits + ", maxOpen=" + maxOpen + ", maxOpenPerLun="
                    + maxOpenPerLun + ", maxActive=" + maxActive);
        }
        if (maxActive > 0 && maxActive < maxOpen) {
            throw new IllegalArgumentException("maxActive=" + maxActive + " is below maxOpen=" + maxOpen);
        }
    }

    /**
     * Blocks that may be partly written at the same time whichever they are; 0 when there is no limit. Counts
     * {@code maxActive} where there is one, since zones beyond {@code maxOpen} are closed and opened by the device itself,
     * and no more than {@code maxOpenPerLun}, since all of them may be of one LUN.
     */
    public int maxPartlyWritten() {
        int most = maxActive > 0 ? maxActive : maxOpen;
        return most == 0 || (maxOpenPerLun > 0 && maxOpenPerLun < most) ? maxOpenPerLun : most;
    }

    /** Limits without any of their own for a LUN or for active zones. */
    public Limits(int wsMin, int wsOpt, int mwCunits, int maxOpen) {
        this(wsMin, wsOpt, mwCunits, maxOpen, 0, 0);
    }
}
