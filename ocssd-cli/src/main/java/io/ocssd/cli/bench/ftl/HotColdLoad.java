package io.ocssd.cli.bench.ftl;

import io.ocssd.gc.PageModel;
import java.util.SplittableRandom;

/** Two classes: a share of the pages gets a share of the writes. */
final class HotColdLoad implements PageLoad {
    private final int pages;
    private final int hotPages;
    private final double hotWrites;
    private final SplittableRandom random;

    HotColdLoad(int pages, double hotShare, double hotWrites, long seed) {
        this.pages = pages;
        this.hotPages = Math.max(1, Math.min(pages - 1, (int) (hotShare * pages)));
        this.hotWrites = hotWrites;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public int classes() {
        return 2;
    }

    @Override
    public int classOf(int page) {
        return page < hotPages ? 0 : 1;
    }

    @Override
    public int next(PageModel model) {
        return random.nextDouble() < hotWrites ? random.nextInt(hotPages) : hotPages + random.nextInt(pages - hotPages);
    }
}
