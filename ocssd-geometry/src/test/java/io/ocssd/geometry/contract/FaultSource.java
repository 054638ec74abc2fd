package io.ocssd.geometry.contract;

/** Puts faults into an open drive, each at a place and once; see {@link FlashDeviceContract#faults}. */
public interface FaultSource {
    /**
     * The next program of a sector fails.
     *
     * @param ppa the sector that fails, and all behind it in its run
     * @param status {@link io.ocssd.device.NvmeStatus#CHUNK_EARLY_CLOSE} or {@link
     *     io.ocssd.device.NvmeStatus#WRITE_NEXT_UNIT}
     */
    void failProgram(long ppa, int status);

    /** The next erase of a block fails; the block is offline from then on. */
    void failErase(long blockPpa);

    /** Reads of a sector fail with {@link io.ocssd.device.NvmeStatus#UNRECOVERED_READ} until its block is erased. */
    void makeUnreadable(long ppa);

    /** Reads of a sector find a high count of errors that could all be corrected, until its block is erased. */
    void makeDoubtful(long ppa);
}
