package io.ocssd.cli.bench.load;

/** Who looks on while a load runs. Called by one task at a time. */
public interface Monitor {
    /** Shows nothing and never stops. */
    Monitor SILENT = new Monitor() {
        @Override
        public void begin(String step, long total, String unit) {}

        @Override
        public void progress(long done) {}

        @Override
        public boolean stopRequested() {
            return false;
        }
    };

    /**
     * The next step begins.
     *
     * @param total how much there is to do
     * @param unit what is counted
     */
    void begin(String step, long total, String unit);

    /** So much of the step is done. */
    void progress(long done);

    /** Whether to stop as soon as possible; asked after every wait, by any task. */
    boolean stopRequested();
}
