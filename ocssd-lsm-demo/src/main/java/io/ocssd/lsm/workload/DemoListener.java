package io.ocssd.lsm.workload;

/** Hears how far a demo is. Called from the thread that runs it. */
public interface DemoListener {
    /** Hears nothing and never stops it. */
    DemoListener NONE = new DemoListener() {
        @Override
        public void begin(DemoStep step, long total) {}

        @Override
        public void progress(long done) {}

        @Override
        public boolean stopRequested() {
            return false;
        }
    };

    /**
     * A step begins.
     *
     * @param total how much there is to do in it, in the unit of the step
     */
    void begin(DemoStep step, long total);

    /** So much of the step is done. */
    void progress(long done);

    /** Whether the demo should stop; asked at every entry. */
    boolean stopRequested();
}
