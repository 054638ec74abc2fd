package io.ocssd.cli.bench.ftl;

/**
 * What a run came to.
 *
 * @param userPageWrites pages that the load wrote while it was measured
 * @param relocatedPageWrites pages that were moved meanwhile
 * @param erases units that were erased meanwhile
 * @param eraseCountCov deviation of the erase counts by their mean, since the beginning
 * @param alphaEffective alpha less what was kept and what was open
 * @param hostNanos what it took
 * @param stopped whether it was stopped before its time
 */
record FtlOutcome(
        long userPageWrites,
        long relocatedPageWrites,
        long erases,
        double eraseCountCov,
        double alphaEffective,
        long hostNanos,
        boolean stopped) {
    /** All page writes by those of the user. */
    double writeAmplification() {
        return userPageWrites == 0 ? 0 : 1 + (double) relocatedPageWrites / userPageWrites;
    }
}
