package io.ocssd.geometry.emulator;

/**
 * What the cells themselves fail. The media asks it for every program, erase and read that the rules allow; a drive whose cells
 * never fail has none.
 *
 * <p>Every answer depends on its arguments alone, so that a history gives the same drive whatever ran side by side.
 */
interface MediaFaults {
    /**
     * A program.
     *
     * @param erases how often the block was erased
     * @param first its first sector
     * @param length number of sectors
     * @return how many sectors succeed before the first that fails; {@code length} when all do
     */
    int programmed(int block, int erases, int first, int length);

    /**
     * Whether an erase fails.
     *
     * @param erases how often the block was erased before
     */
    boolean eraseFails(int block, int erases);

    /**
     * A read of a sector that holds data.
     *
     * @param erases how often the block was erased
     * @return a status: success, {@link io.ocssd.device.NvmeStatus#HIGH_ECC} when the data is good but should be moved, or
     *     {@link io.ocssd.device.NvmeStatus#UNRECOVERED_READ}
     */
    int read(int block, int erases, int sector);
}
