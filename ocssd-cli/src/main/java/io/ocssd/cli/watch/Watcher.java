package io.ocssd.cli.watch;

import io.ocssd.cli.frame.Session;
import java.io.IOException;
import java.time.Duration;

/** Shows the intervals of a process one after the other, until there were enough or the process, the drive or the user ends it. */
final class Watcher implements WatchedProcess.Listener {
    /** About once a second the other process tells what was recorded; it may take some seconds until it begins. */
    private static final int PATIENCE_FLUSHES = 5;

    private final Session session;
    private final long process;
    private final Sampler sampler;
    private final WatchDisplay display;
    private final long count;
    private final int mostFlushes;
    private long shown;
    /** Written by the thread that brings the events. */
    private volatile boolean seen;

    private int quietFlushes;

    /**
     * A watcher.
     *
     * @param count intervals to show; 0 for as many as there are
     * @param period length of an interval
     */
    Watcher(Session session, long process, WatchDisplay display, long count, Duration period) {
        this.session = session;
        this.process = process;
        this.sampler = new Sampler(process);
        this.display = display;
        this.count = count;
        this.mostFlushes = (int) Math.min(Integer.MAX_VALUE / 2, period.toSeconds()) + PATIENCE_FLUSHES;
    }

    /** Watches. */
    void run(WatchedProcess watched, Duration period) throws IOException {
        boolean ended = !watched.listen(period, this);
        if (!seen && !session.interrupted()) {
            throw watched.noDrive();
        }
        display.close();
        if (ended && !session.quiet()) {
            session.note("process " + process + " has ended");
        } else if (quietFlushes > mostFlushes && !session.quiet()) {
            session.note("process " + process + " has closed its drive");
        }
    }

    @Override
    public void counters(Counters counters) {
        seen = true;
        quietFlushes = 0;
        sampler.add(counters).ifPresent(this::show);
    }

    @Override
    public boolean flushed() {
        sampler.end().ifPresent(this::show);
        quietFlushes++;
        return !isEnough() && !session.interrupted() && quietFlushes <= mostFlushes;
    }

    private void show(Interval interval) {
        if (!isEnough()) {
            display.show(interval);
            session.out().flush();
            shown++;
        }
    }

    private boolean isEnough() {
        return count > 0 && shown >= count;
    }
}
