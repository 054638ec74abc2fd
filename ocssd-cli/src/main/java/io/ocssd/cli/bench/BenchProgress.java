package io.ocssd.cli.bench;

import io.ocssd.cli.bench.load.Monitor;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.terminal.Meter;

/** Shows the steps of a benchmark as progress bars, on a terminal. */
final class BenchProgress implements Monitor, AutoCloseable {
    private final Session session;
    private Meter meter = Meter.SILENT;

    BenchProgress(Session session) {
        this.session = session;
    }

    @Override
    public void begin(String step, long total, String unit) {
        close();
        meter = session.meter(step, total, unit);
    }

    @Override
    public void progress(long done) {
        meter.to(done);
    }

    @Override
    public boolean stopRequested() {
        return session.interrupted();
    }

    @Override
    public void close() {
        meter.close();
        meter = Meter.SILENT;
    }
}
