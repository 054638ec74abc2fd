package io.ocssd.cli.bench.replay;

import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the blocks of a drive held when a trace began, as far as its commands tell: the first thing that changes a block tells
 * where its write pointer was, and one that is only read was full.
 */
final class BlockNeeds {
    /** What is known of a block. */
    private static final class Need {
        private int readEnd;
        private int writePointer = UNKNOWN;
    }

    private static final int UNKNOWN = -1;

    private final Geometry geometry;
    private final Map<Integer, Need> needs = new TreeMap<>();

    BlockNeeds(Geometry geometry) {
        this.geometry = geometry;
    }

    /** A sector was read. */
    void read(long ppa) {
        Need need = need(ppa);
        if (need != null && need.writePointer == UNKNOWN) {
            need.readEnd = Math.max(need.readEnd, Ppa.sector(ppa) + 1);
        }
    }

    /** A sector was programmed; of a command, the first one of a block comes first. */
    void write(long ppa) {
        decide(ppa, Ppa.sector(ppa));
    }

    /** A block was erased. */
    void erase(long ppa) {
        decide(ppa, geometry.sectorsPerBlock());
    }

    /** A zone was finished. */
    void finish(long ppa) {
        Need need = need(ppa);
        if (need != null) {
            decide(ppa, need.readEnd);
        }
    }

    /**
     * Sectors that a block must hold, by its linear number; only blocks that must hold some.
     *
     * @param wsMin what they are a multiple of
     */
    Map<Integer, Integer> sectors(int wsMin) {
        Map<Integer, Integer> sectors = new TreeMap<>();
        needs.forEach((block, need) -> {
            int held = need.writePointer != UNKNOWN
                    ? need.writePointer / wsMin * wsMin
                    : need.readEnd > 0 ? geometry.sectorsPerBlock() : 0;
            if (held > 0) {
                sectors.put(block, held);
            }
        });
        return sectors;
    }

    private void decide(long ppa, int writePointer) {
        Need need = need(ppa);
        if (need != null && need.writePointer == UNKNOWN) {
            need.writePointer = writePointer;
        }
    }

    /** What is known of the block of an address; null when there is no such block. */
    private Need need(long ppa) {
        return geometry.contains(Ppa.blockOf(ppa))
                ? needs.computeIfAbsent(geometry.blockIndex(ppa), block -> new Need())
                : null;
    }
}
