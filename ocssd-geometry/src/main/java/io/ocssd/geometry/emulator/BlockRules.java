package io.ocssd.geometry.emulator;

/**
 * What a kind of drive answers to a command: decisions only. Each looks at one block of {@link BlockStates} and gives the
 * status; nothing is changed. How many blocks may be open is not decided here but by {@link OpenPlaces}.
 *
 * <p>A block is given by its linear number, or -1 when the command names one that the drive does not have.
 */
interface BlockRules {
    /** A block that the drive does not have. */
    int NO_BLOCK = -1;

    /**
     * A program of addresses of one block that is written in order, or of one that the drive does not have.
     *
     * @param first sector of the first address
     * @param length number of addresses, at least 1
     * @param ascends whether each address follows its predecessor
     * @param again whether an earlier run of the same command is of the same block
     */
    int program(int block, int first, int length, boolean ascends, boolean again);

    /**
     * A program of addresses of one block that is written anywhere.
     *
     * @param end one more than the highest of their sectors
     */
    int programAnywhere(int block, int end);

    /**
     * A read of sectors that can't be read, of a block that the drive does not have among others. Where it is 0x287, drives
     * that are told not to say so give zeros.
     */
    int unreadable(int block);

    /**
     * A scalar read, as a whole; its sectors are looked at one by one afterwards.
     *
     * @param first its first sector
     * @param length number of sectors
     */
    int readRange(int block, int first, int length);

    /** First sector of a block that can't be read. */
    int readableEnd(int block);

    /**
     * An erase of a block.
     *
     * @param sector of the address that the command names
     */
    int erase(int block, int sector);

    /**
     * A scalar erase.
     *
     * @param first its first sector
     * @param length number of sectors
     */
    int eraseRange(int block, int first, int length);

    /** What a program is answered that fails on the media. */
    int failedProgram();

    /** What a block is whose program has failed on the media. */
    Condition afterFailedProgram();

    /** What an erase is answered that fails on the media; the block is offline then. */
    int failedErase();
}
