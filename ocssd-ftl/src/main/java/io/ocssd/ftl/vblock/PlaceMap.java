package io.ocssd.ftl.vblock;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Which block each sector of each place lies in. Immutable, so that readers take the one that counts without a lock; a move
 * makes a new one.
 *
 * <p>A place begins in one block and may go on in others, each from a sector of the place on. Sectors are those of the place:
 * they are numbered as if it was one block. Where nothing was ever moved, an address is a sum.
 */
final class PlaceMap {
    /** The blocks in which a place goes on, by ascending first sector. */
    private static final class Moves {
        final int[] fromSectors;
        final long[] blockPpas;

        Moves(int[] fromSectors, long[] blockPpas) {
            this.fromSectors = fromSectors;
            this.blockPpas = blockPpas;
        }

        /** Index of the last block that begins at or below a sector; -1 when the place's first block holds it. */
        int find(int sector) {
            int index = fromSectors.length - 1;
            while (index >= 0 && fromSectors[index] > sector) {
                index--;
            }
            return index;
        }
    }

    private final int wsMin;
    private final long[] firsts;
    /** Null while nothing was moved; an element is null while its place is in one block. */
    private final Moves[] moves;

    private PlaceMap(int wsMin, long[] firsts, Moves[] moves) {
        this.wsMin = wsMin;
        this.firsts = firsts;
        this.moves = moves;
    }

    /** Every place is in one block. */
    static PlaceMap of(int wsMin, long[] blockPpas) {
        return new PlaceMap(wsMin, blockPpas.clone(), null);
    }

    /**
     * The same, but a place goes on in another block, and all that was meant to lie behind is forgotten.
     *
     * @param piece as the header of the block says
     */
    PlaceMap with(int place, Piece piece) {
        int from = piece.firstSector(wsMin);
        Moves[] newMoves = moves == null ? new Moves[firsts.length] : moves.clone();
        if (from == wsMin) {
            long[] newFirsts = firsts.clone();
            newFirsts[place] = piece.blockPpa();
            newMoves[place] = null;
            return new PlaceMap(wsMin, newFirsts, newMoves);
        }
        Moves before = newMoves[place];
        int kept = before == null ? 0 : before.find(from - 1) + 1;
        int[] froms = before == null ? new int[1] : Arrays.copyOf(before.fromSectors, kept + 1);
        long[] ppas = before == null ? new long[1] : Arrays.copyOf(before.blockPpas, kept + 1);
        froms[kept] = from;
        ppas[kept] = piece.blockPpa();
        newMoves[place] = new Moves(froms, ppas);
        return new PlaceMap(wsMin, firsts, newMoves);
    }

    /** The same, but another block holds what one of them did, at the same sectors. */
    PlaceMap with(long oldPpa, long newPpa) {
        Moves[] newMoves = moves == null ? null : moves.clone();
        for (int place = 0; newMoves != null && place < newMoves.length; place++) {
            if (newMoves[place] != null) {
                newMoves[place] =
                        new Moves(newMoves[place].fromSectors, replaced(newMoves[place].blockPpas, oldPpa, newPpa));
            }
        }
        return new PlaceMap(wsMin, replaced(firsts, oldPpa, newPpa), newMoves);
    }

    private static long[] replaced(long[] ppas, long oldPpa, long newPpa) {
        return Arrays.stream(ppas).map(ppa -> ppa == oldPpa ? newPpa : ppa).toArray();
    }

    /** Whether a block is one of them. */
    boolean holds(long blockPpa) {
        boolean[] found = new boolean[1];
        forEachBlock(ppa -> found[0] |= ppa == blockPpa);
        return found[0];
    }

    /** Where a sector of a place lies. */
    long ppa(int place, int sector) {
        if (moves == null) {
            return firsts[place] + sector;
        }
        return movedPpa(place, sector);
    }

    /** Sectors from this one on that lie in the same block: as many as are left of the place for the last one. */
    int run(int place, int sector) {
        if (moves == null) {
            return Integer.MAX_VALUE;
        }
        Moves ofPlace = moves[place];
        int next = ofPlace == null ? 0 : ofPlace.find(sector) + 1;
        return ofPlace == null || next == ofPlace.fromSectors.length
                ? Integer.MAX_VALUE
                : ofPlace.fromSectors[next] - sector;
    }

    /** Hands over the addresses of the blocks in which places begin. */
    void forEachFirst(LongConsumer consumer) {
        Arrays.stream(firsts).forEach(consumer);
    }

    /** Hands over the addresses of all blocks. */
    void forEachBlock(LongConsumer consumer) {
        for (int place = 0; place < firsts.length; place++) {
            consumer.accept(firsts[place]);
            if (moves != null && moves[place] != null) {
                Arrays.stream(moves[place].blockPpas).forEach(consumer);
            }
        }
    }

    private long movedPpa(int place, int sector) {
        Moves ofPlace = moves[place];
        int index = ofPlace == null ? -1 : ofPlace.find(sector);
        return index < 0
                ? firsts[place] + sector
                : ofPlace.blockPpas[index] + wsMin + (sector - ofPlace.fromSectors[index]);
    }
}
