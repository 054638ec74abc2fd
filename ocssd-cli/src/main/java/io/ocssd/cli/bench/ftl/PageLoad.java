package io.ocssd.cli.bench.ftl;

import io.ocssd.gc.PageModel;

/** Writes of a user, one after the other. Belongs to one task. */
interface PageLoad {
    /** How many classes of pages there are; 1 where all are alike. */
    default int classes() {
        return 1;
    }

    /** The class of a page, from 0, the hottest. */
    default int classOf(int page) {
        return 0;
    }

    /** The page that is written next; pages that have to be given up before it are given up in the model. */
    int next(PageModel model);
}
