package io.ocssd.ftl.placement;

import io.ocssd.placement.LunStates;
import io.ocssd.placement.Placement;
import io.ocssd.vblock.Stream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** LUNs that a test says the state of, and a placement that chooses among them. */
final class FakeLuns implements LunStates {
    final int[] free;
    final int[] open;
    final long[] erases;
    private final int lunsPerChannel;

    /** All with ten free blocks, none open, none erased. */
    FakeLuns(int channels, int lunsPerChannel) {
        int count = channels * lunsPerChannel;
        this.lunsPerChannel = lunsPerChannel;
        this.free = new int[count];
        this.open = new int[count];
        this.erases = new long[count];
        Arrays.fill(free, 10);
    }

    /** What is chosen, ascending; a block of each is open then. */
    List<Integer> take(Placement placement, Stream stream, int width) {
        int[] chosen = new int[width];
        placement.choose(stream, width, this, chosen);
        List<Integer> places = new ArrayList<>();
        for (int place : chosen) {
            free[place]--;
            open[place]++;
            places.add(place);
        }
        places.sort(null);
        return places;
    }

    @Override
    public int count() {
        return free.length;
    }

    @Override
    public int lun(int place) {
        return place;
    }

    @Override
    public int channel(int place) {
        return place / lunsPerChannel;
    }

    @Override
    public int freeBlocks(int place) {
        return free[place];
    }

    @Override
    public int openBlocks(int place) {
        return open[place];
    }

    @Override
    public long nextEraseCount(int place) {
        return erases[place];
    }
}
