package io.ocssd.cli.demo;

import io.ocssd.cli.frame.Session;
import io.ocssd.cli.terminal.Meter;
import io.ocssd.lsm.workload.DemoListener;
import io.ocssd.lsm.workload.DemoStep;

/** Shows the steps of a demo on stderr: as progress bars on a terminal, else as a line each. */
final class DemoProgress implements DemoListener, AutoCloseable {
    private final Session session;
    private Meter meter = Meter.SILENT;

    DemoProgress(Session session) {
        this.session = session;
    }

    @Override
    public void begin(DemoStep step, long total) {
        close();
        String title = (step.ordinal() + 1) + "/" + DemoStep.values().length + " " + step.title();
        if (session.host().terminal().stderr()) {
            meter = session.meter(title, total, step.unit());
        } else if (!session.quiet()) {
            session.err().println(title);
        }
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
