package io.ocssd.cli.bench.replay;

import io.ocssd.cli.bench.load.Monitor;
import io.ocssd.device.FlashDevice;
import io.ocssd.geometry.decorator.trace.TraceReader;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;

/**
 * Sends the commands of a trace to a drive that is thrown away, as fast as they go and for a short time.
 *
 * <p>In real time the first commands of a program wait for classes that are loaded and code that is translated. That is the
 * host's business, not the device's, and is done here, before the clock starts.
 */
public final class Rehearsal implements Monitor {
    private static final long MOST_NANOS = 500_000_000;

    private final Scheduler scheduler;
    private final long endNanos;

    private Rehearsal(Scheduler scheduler) {
        this.scheduler = scheduler;
        this.endNanos = scheduler.nanoTime() + MOST_NANOS;
    }

    /**
     * Rehearses, for half a second at most.
     *
     * @param device what becomes of it does not matter
     */
    public static void run(FlashDevice device, Scheduler scheduler, TraceReader trace, TraceSurvey survey)
            throws IOException {
        Rehearsal rehearsal = new Rehearsal(scheduler);
        do {
            Replay.run(device, scheduler, trace, survey, survey.mostUnderWay(), rehearsal);
        } while (!rehearsal.stopRequested());
    }

    @Override
    public void begin(String step, long total, String unit) {
        // nobody looks on
    }

    @Override
    public void progress(long done) {
        // nobody looks on
    }

    @Override
    public boolean stopRequested() {
        return scheduler.nanoTime() >= endNanos;
    }
}
