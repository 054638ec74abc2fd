package io.ocssd.cli.bench.load;

import io.ocssd.cli.bench.measure.Measure;
import io.ocssd.cli.bench.measure.Window;

/** Shows a monitor how far the measuring is, now and then, and asks it whether to stop. Of one stream. */
final class Progress {
    private static final int STEPS = 200;
    private static final long MILLI = 1_000_000;

    private final Monitor monitor;
    private final Window window;
    private final boolean shown;
    private final boolean byCount;
    private final long step;
    private long next;
    private boolean stopped;

    private Progress(Monitor monitor, Window window, boolean shown, boolean byCount, long total) {
        this.monitor = monitor;
        this.window = window;
        this.shown = shown;
        this.byCount = byCount;
        this.step = Math.max(1, total / STEPS);
    }

    /** Progress of the stream that decides when the measuring ends. */
    static Progress shown(Monitor monitor, Window window, long count) {
        long total = count > 0 ? count : window.nanos() / MILLI;
        monitor.begin("measuring", total, count > 0 ? "requests" : "ms");
        return new Progress(monitor, window, true, count > 0, total);
    }

    /** Progress of another stream: it only asks whether to stop. */
    static Progress silent(Monitor monitor, Window window) {
        return new Progress(monitor, window, false, false, 1);
    }

    /** Shows where the measuring is; true when it shall stop. */
    boolean at(Measure measure, long nowNanos) {
        stopped |= monitor.stopRequested();
        if (shown) {
            long done = byCount ? measure.ended() : Math.min(window.nanos(), nowNanos - window.beginNanos()) / MILLI;
            if (done >= next) {
                monitor.progress(done);
                next = done + step;
            }
        }
        return stopped;
    }

    /** Whether it was stopped. */
    boolean stopped() {
        return stopped;
    }
}
