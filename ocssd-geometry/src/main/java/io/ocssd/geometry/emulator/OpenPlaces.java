package io.ocssd.geometry.emulator;

/**
 * The places that a drive has for blocks that are partly written at the same time.
 *
 * <p>Whoever is about to open a block takes a place for it first, and gives it back when the block does not become open after
 * all. What a block that has a place becomes is told by {@link #moved}, which frees the place where there is reason to.
 */
interface OpenPlaces {
    /** No block to close. */
    int NONE = -1;

    /**
     * Takes a place for a block that is free; looks whether there is one for a block that is parked, which is active already.
     *
     * @return the status: success, or why there is none
     */
    int take(int block);

    /** Counts a block that was free and is open without having a place, as a power cut may leave it; limits or not. */
    void takeAnyway(int block);

    /** Frees the place of a block that was free and did not become open. */
    void giveBack(int block);

    /** A block that must be parked before a further one is opened, or {@link #NONE}. */
    int toPark();

    /** The condition of a block was changed. */
    void moved(int block, Condition before, Condition after);
}
