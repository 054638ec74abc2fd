package io.ocssd.lsm.workload;

/** The steps of the demo, in their order. */
public enum DemoStep {
    /** Make the drive and provision a target. */
    CREATE("making a drive", "steps"),
    /** Put every entry of the source. */
    LOAD("loading", "bytes"),
    /** Get every entry and compare it with the source. */
    READ_BACK("reading all of it back", "bytes"),
    /** Rewrite and delete until every block was used. */
    REWRITE("rewriting and deleting", "bytes"),
    /** Go on writing until the power is cut. */
    CUT("writing until the power is cut", "commands"),
    /** Open the image in a fresh instance and check everything. */
    VERIFY("reopening and verifying", "entries");

    private final String title;
    private final String unit;

    DemoStep(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    /** What is being done, in a few words. */
    public String title() {
        return title;
    }

    /** What its progress is counted in. */
    public String unit() {
        return unit;
    }
}
