package io.ocssd.cli.bench.ftl;

import io.ocssd.gc.PageModel;
import java.util.SplittableRandom;

/**
 * Writers that each fill one zone after the other, page by page in turn; the next zone is any that nobody writes, and is given
 * up whole before.
 */
final class ZonesLoad implements PageLoad {
    private final int zonePages;
    private final int zones;
    private final int[] writerZones;
    private final int[] writerFills;
    private final boolean[] busy;
    private final SplittableRandom random;
    private int writer;

    ZonesLoad(int pages, int zonePages, int writers, long seed) {
        this.zonePages = zonePages;
        this.zones = pages / zonePages;
        this.writerZones = new int[writers];
        this.writerFills = new int[writers];
        this.busy = new boolean[zones];
        this.random = new SplittableRandom(seed);
        for (int i = 0; i < writers; i++) {
            writerZones[i] = -1;
            writerFills[i] = zonePages;
        }
    }

    @Override
    public int next(PageModel model) {
        int current = writer;
        writer = writer + 1 == writerZones.length ? 0 : writer + 1;
        if (writerFills[current] == zonePages) {
            begin(current, model);
        }
        return writerZones[current] * zonePages + writerFills[current]++;
    }

    private void begin(int current, PageModel model) {
        if (writerZones[current] >= 0) {
            busy[writerZones[current]] = false;
        }
        int zone = random.nextInt(zones);
        while (busy[zone]) {
            zone = random.nextInt(zones);
        }
        busy[zone] = true;
        writerZones[current] = zone;
        writerFills[current] = 0;
        for (int i = 0; i < zonePages; i++) {
            model.trim((long) zone * zonePages + i);
        }
    }
}
