package io.ocssd.ftl.vblock;

import io.ocssd.device.Geometry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Puts the blocks of one vblock, as their headers were found, into the order of its places.
 *
 * <p>Of blocks that begin at the same sector of a place the one of the last generation and attempt counts; the others took
 * nothing. Of a block and copies of it the oldest counts: a copy stands in for it only from its erase on. Used once, by one
 * task.
 */
final class PieceSorter {
    private static final Comparator<Piece> ORDER = Comparator.comparingInt(Piece::fromSector)
            .thenComparingInt(Piece::generation)
            .thenComparingInt(Piece::attempt)
            .thenComparing(Comparator.comparingInt(Piece::copy).reversed());

    private final BlockHeader header;
    private final int wsMin;
    private final List<List<Piece>> places = new ArrayList<>();
    private final List<Long> losers = new ArrayList<>();

    /**
     * A vblock without blocks.
     *
     * @param header of any block
     */
    PieceSorter(BlockHeader header, int wsMin) {
        this.header = header;
        this.wsMin = wsMin;
        for (int place = 0; place < header.width(); place++) {
            places.add(new ArrayList<>(1));
        }
    }

    /** A block was found. */
    void add(int place, Piece piece) {
        places.get(place).add(piece);
    }

    /** Whether a block was found in which a place begins. */
    boolean begins(int place) {
        return places.get(place).stream().anyMatch(piece -> piece.fromSector() <= wsMin);
    }

    /** All blocks were added: sorts out those that count. */
    void settle() {
        for (List<Piece> place : places) {
            place.sort(ORDER);
            for (int i = place.size() - 2; i >= 0; i--) {
                if (place.get(i).firstSector(wsMin) == place.get(i + 1).firstSector(wsMin)) {
                    losers.add(place.remove(i).blockPpa());
                }
            }
        }
    }

    /** Whether every place begins somewhere. */
    boolean isWhole() {
        for (int place = 0; place < places.size(); place++) {
            if (!begins(place)) {
                return false;
            }
        }
        return true;
    }

    /** Addresses of the blocks that don't count. */
    List<Long> losers() {
        return losers;
    }

    /** The whole vblock. */
    FoundVblock found(Geometry geometry) {
        long[] firsts = new long[places.size()];
        List<Integer> blocks = new ArrayList<>(places.size());
        for (int place = 0; place < firsts.length; place++) {
            firsts[place] = places.get(place).get(0).blockPpa();
            blocks.add(geometry.blockIndex(firsts[place]));
        }
        PlaceMap map = PlaceMap.of(wsMin, firsts);
        for (int place = 0; place < firsts.length; place++) {
            List<Piece> pieces = places.get(place);
            for (int i = 1; i < pieces.size(); i++) {
                map = map.with(place, pieces.get(i));
                blocks.add(geometry.blockIndex(pieces.get(i).blockPpa()));
            }
        }
        return new FoundVblock(header, map, List.copyOf(blocks), moves());
    }

    /** The generations up to this one are all there. */
    private int moves() {
        int moves = 0;
        while (hasGeneration(moves + 1)) {
            moves++;
        }
        return moves;
    }

    private boolean hasGeneration(int generation) {
        for (List<Piece> place : places) {
            for (Piece piece : place) {
                if (piece.generation() == generation) {
                    return true;
                }
            }
        }
        return false;
    }
}
