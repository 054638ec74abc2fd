package io.ocssd.cli.bench.ftl;

import io.ocssd.gc.PageModel;
import java.util.SplittableRandom;

/** Any page, all equally likely. */
final class UniformLoad implements PageLoad {
    private final int pages;
    private final SplittableRandom random;

    UniformLoad(int pages, long seed) {
        this.pages = pages;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public int next(PageModel model) {
        return random.nextInt(pages);
    }
}
