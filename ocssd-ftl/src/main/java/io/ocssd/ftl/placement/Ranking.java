package io.ocssd.ftl.placement;

import io.ocssd.placement.LunStates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Takes the LUNs that come first in an order; among equals, in rotation. Belongs to one placement. */
final class Ranking {
    private int start;

    /** Chooses in rotation alone. */
    void choose(int width, LunStates luns, int[] chosen) {
        take(width, luns, withFreeBlock(luns), chosen);
    }

    /**
     * Chooses.
     *
     * @param order of places; equals are taken in rotation
     * @param chosen is filled from 0 to {@code width}
     */
    void choose(int width, LunStates luns, Comparator<Integer> order, int[] chosen) {
        List<Integer> places = withFreeBlock(luns);
        // Stable, so the rotation decides among equals.
        places.sort(order);
        take(width, luns, places, chosen);
    }

    private void take(int width, LunStates luns, List<Integer> places, int[] chosen) {
        for (int i = 0; i < width; i++) {
            chosen[i] = places.get(i);
        }
        start = (start + width) % luns.count();
    }

    /** The places of LUNs that have a free block, in rotation. */
    private List<Integer> withFreeBlock(LunStates luns) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < luns.count(); i++) {
            int place = (i + start) % luns.count();
            if (luns.freeBlocks(place) > 0) {
                places.add(place);
            }
        }
        return places;
    }
}
