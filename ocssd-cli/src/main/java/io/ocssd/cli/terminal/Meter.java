package io.ocssd.cli.terminal;

/** Shows how far a long work is. Used by one thread. */
public interface Meter extends AutoCloseable {
    /** Shows nothing. */
    Meter SILENT = new Meter() {
        @Override
        public void to(long done) {}

        @Override
        public void close() {}
    };

    /** Says how much is done by now, in the unit the meter was opened with. */
    void to(long done);

    /** The work is over, or given up. */
    @Override
    void close();
}
