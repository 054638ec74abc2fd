package io.ocssd.geometry.timing;

/**
 * When a read may suspend a program or an erase of its LUN, and what that costs.
 *
 * <p>An operation is suspended only where it pays: when it still needs longer than the suspension takes. It goes on when no
 * read waits any more that may suspend it. A read that has suspended once makes room for all that follow it closely: they
 * cost no further suspension.
 *
 * @param who which reads may
 * @param programNanos from the decision until the array is free, out of a program
 * @param eraseNanos the same out of an erase
 * @param resumeNanos from the last read until the operation goes on
 * @param most how often one operation can be suspended
 */
public record SuspendRules(Who who, long programNanos, long eraseNanos, long resumeNanos, int most) {
    /** Which reads suspend. */
    public enum Who {
        /** None. */
        NONE,
        /** Reads of high priority suspend what has a normal one. */
        HIGH,
        /** Any read; only one of high priority suspends what has a high one. */
        ALL
    }

    /** No suspension. */
    public static final SuspendRules NONE = new SuspendRules(Who.NONE, 0, 0, 0, 0);

    /**
     * 100 us for a program, 700 us for an erase (the MQSim simulator's figures), nothing to resume, four times at most: for
     * reads of high priority.
     */
    public static final SuspendRules USUAL = new SuspendRules(Who.HIGH, 100_000, 700_000, 0, 4);

    /** Checks every figure. */
    public SuspendRules {
        if (programNanos < 0 || eraseNanos < 0 || resumeNanos < 0 || most < 0) {
            throw new IllegalArgumentException("programNanos=" + programNanos + ", eraseNanos=" + eraseNanos
                    + ", resumeNanos=" + resumeNanos + ", most=" + most);
        }
    }

    /** The same costs for other reads. */
    public SuspendRules withWho(Who newWho) {
        return new SuspendRules(newWho, programNanos, eraseNanos, resumeNanos, most);
    }
}
