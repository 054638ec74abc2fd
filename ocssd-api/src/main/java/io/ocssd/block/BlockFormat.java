package io.ocssd.block;

/**
 * What is asked of a new block device.
 *
 * @param sectors of 4 KiB; 0 for as many as the overprovisioning leaves
 * @param overprovision spare room by what is offered, above 0; WA theory's (T - U) / U
 * @param width LUNs of a unit, the span that garbage collection empties as a whole; 0 for as many as leave at least {@link
 *     #FEWEST_CHOSEN_UNITS} units
 */
public record BlockFormat(long sectors, double overprovision, int width) {
    /** Units that a chosen width leaves at least, on a target that has as many blocks. */
    public static final int FEWEST_CHOSEN_UNITS = 64;

    /** Overprovisioning when nobody asks for another. */
    public static final double STANDARD_OVERPROVISION = 0.28;

    /** Checks the numbers. */
    public BlockFormat {
        if (sectors < 0 || !(overprovision > 0 && overprovision <= 100) || width < 0) {
            throw new IllegalArgumentException(
                    "sectors=" + sectors + ", overprovision=" + overprovision + ", width=" + width);
        }
    }

    /** As large as it can be with {@link #STANDARD_OVERPROVISION}. */
    public static BlockFormat standard() {
        return new BlockFormat(0, STANDARD_OVERPROVISION, 0);
    }

    /** The same with another overprovisioning. */
    public BlockFormat withOverprovision(double fraction) {
        return new BlockFormat(sectors, fraction, width);
    }

    /** The same with so many sectors. */
    public BlockFormat withSectors(long count) {
        return new BlockFormat(count, overprovision, width);
    }
}
