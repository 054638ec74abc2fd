package io.ocssd.cli.bench.ftl;

import io.ocssd.gc.GcPolicies;
import io.ocssd.gc.PageModel;
import io.ocssd.gc.PageModelStatistics;
import io.ocssd.scheduler.Scheduler;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Fills a page-mapped FTL, warms it and measures it. Used once. */
final class FtlRun {
    private static final int REQUESTS_PER_LOOK = 1 << 16;

    private final FtlSetup setup;
    private final PageLoad load;
    private final int streams;
    private final PageModel model;
    private final SplittableRandom trimming;
    private final PagesInUse inUse;
    private final BooleanSupplier stop;
    private final LongConsumer progress;
    private long done;

    /**
     * A run.
     *
     * @param stop is asked now and then whether to stop
     * @param progress is told how many requests are done
     * @throws IllegalArgumentException when the setup is not possible
     */
    FtlRun(FtlSetup setup, BooleanSupplier stop, LongConsumer progress) {
        this.setup = setup;
        this.load = setup.newLoad();
        this.streams = setup.streams() ? load.classes() : 1;
        this.model = GcPolicies.pageModel(setup.request(streams));
        this.trimming = new SplittableRandom(setup.seed() + 1);
        this.inUse = setup.trims() > 0 ? new PagesInUse(setup.logicalPages(), setup.seed() + 2) : null;
        this.stop = stop;
        this.progress = progress;
    }

    /** Requests that it takes. */
    static long requests(FtlSetup setup) {
        long pages = setup.logicalPages();
        return pages + (long) (setup.warmup() * pages) + (long) (setup.measure() * pages);
    }

    /** How many streams the FTL was told of. */
    int streams() {
        return streams;
    }

    /** Runs. */
    FtlOutcome run(Scheduler clock) {
        int pages = setup.logicalPages();
        for (int page = 0; page < pages && !look(); page++) {
            model.write(page, stream(page));
            done++;
        }
        requests((long) (setup.warmup() * pages));
        PageModelStatistics before = model.statistics();
        long begin = clock.nanoTime();
        requests((long) (setup.measure() * pages));
        long nanos = clock.nanoTime() - begin;
        PageModelStatistics after = model.statistics();
        long collections = after.collections() - before.collections();
        double free = collections == 0
                ? 0
                : (double) (after.freeUnitsAtCollections() - before.freeUnitsAtCollections()) / collections;
        return new FtlOutcome(
                after.userPageWrites() - before.userPageWrites(),
                after.relocatedPageWrites() - before.relocatedPageWrites(),
                after.erases() - before.erases(),
                after.eraseCountCov(),
                setup.alphaEffective(streams, free),
                nanos,
                stop.getAsBoolean());
    }

    private void requests(long count) {
        for (long i = 0; i < count && !look(); i++) {
            request();
            done++;
        }
    }

    private boolean look() {
        if (done % REQUESTS_PER_LOOK == 0) {
            progress.accept(done);
            return stop.getAsBoolean();
        }
        return false;
    }

    private void request() {
        if (inUse != null && trimming.nextDouble() < setup.trims() && !inUse.isEmpty()) {
            model.trim(inUse.draw());
            return;
        }
        int page = load.next(model);
        if (inUse != null) {
            inUse.add(page);
        }
        model.write(page, stream(page));
    }

    private int stream(int page) {
        return streams == 1 ? 0 : load.classOf(page);
    }
}
