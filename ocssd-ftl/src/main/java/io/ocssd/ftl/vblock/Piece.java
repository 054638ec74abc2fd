package io.ocssd.ftl.vblock;

/**
 * Which part of a place of a stripe a block holds. Sectors of a place are numbered like those of the block that it began
 * with, the header's included.
 *
 * @param blockPpa the block's address
 * @param fromSector first sector of the place that is meant for this block; 0 for the block that the place began with
 * @param generation 0 for the block that the place began with; else which of the vblock's moves led here, from 1 on
 * @param attempt which block of that generation: the one before took nothing
 * @param copy 0, or the number of the copy, made to leave a block that reads badly
 */
record Piece(long blockPpa, int fromSector, int generation, int attempt, int copy) {
    /** The block that a place begins with. */
    static Piece original(long blockPpa) {
        return new Piece(blockPpa, 0, 0, 0, 0);
    }

    /** Whether this is the block that the place was given when the vblock was allocated. */
    boolean isOriginal() {
        return generation == 0 && copy == 0;
    }

    /** First sector of the place for which the block counts: behind its header at the least. */
    int firstSector(int wsMin) {
        return Math.max(fromSector, wsMin);
    }

    /** The sector of the block that a sector of the place lies at. */
    int inBlock(int sector, int wsMin) {
        return sector - firstSector(wsMin) + wsMin;
    }

    /** The sector of the place that lies at a sector of the block: the inverse of {@link #inBlock}. */
    int inPlace(int blockSector, int wsMin) {
        return blockSector - wsMin + firstSector(wsMin);
    }
}
