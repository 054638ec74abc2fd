package io.ocssd.ftl.page;

import java.io.IOException;

/**
 * The decisions and orders on which the promises of the block device rest. Apart from what carries them out, so that a test can
 * break each and see what it is good for.
 */
class PageRules {
    static final PageRules STANDARD = new PageRules();

    /** A step that programs or erases. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    /**
     * Whether an empty unit may be erased.
     *
     * @param durableBefore the least number of what is not durable
     * @param emptySince number of the first write that was not made when the unit was empty
     */
    boolean mayErase(long durableBefore, long emptySince) {
        return durableBefore >= emptySince;
    }

    /** Runs what makes it possible to erase. */
    void beforeErase(Step persist) throws IOException {
        persist.run();
    }

    /** Whether the pages of an atomic write go to one unit, and are made durable by one sync. */
    boolean keepsTogether() {
        return true;
    }

    /** Makes a flush. */
    void flush(Step persist) throws IOException {
        persist.run();
    }

    /** Whether trims of a unit that is erased are remembered elsewhere. */
    boolean keepsTrims() {
        return true;
    }

    /** Replaces a checkpoint. */
    void replace(Step write, Step eraseOld) throws IOException {
        write.run();
        eraseOld.run();
    }

    /** Runs what has to be durable before the map that points to it. */
    void beforeCheckpoint(Step persist) throws IOException {
        persist.run();
    }

    /**
     * Up to which sequence a run of records is applied before the others go on.
     *
     * @param sequence the next of the others
     */
    long replayUntil(long sequence) {
        return sequence;
    }

    /**
     * Records from one checkpoint to the next.
     *
     * @param chosen for the shape of the device
     */
    long checkpointInterval(long chosen) {
        return chosen;
    }

    /**
     * Whether a record that was found is newer than the checkpoint.
     *
     * @param sequence of the record
     * @param checkpointSequence the first that the checkpoint does not know of
     */
    boolean isNews(long sequence, long checkpointSequence) {
        return sequence >= checkpointSequence;
    }
}
