package io.ocssd.cli.bench.ftl;

/**
 * What a run came to; the components are the keys of the JSON document. But for the host's time they depend on the options
 * alone.
 *
 * @param policy which unit is emptied next
 * @param pacer how much is done ahead
 * @param wear how erases are spread
 * @param workload what was written
 * @param streams {@code none}, or {@code hint} when the load told its classes apart
 * @param frontiers {@code shared} or {@code separate}
 * @param blocks units of the drive
 * @param pagesPerBlock of each of them
 * @param stripes units that were written in turn
 * @param logicalPages that the load saw
 * @param overprovision physical pages beyond those, by those
 * @param trimFraction share of the requests that gave a page up
 * @param seed of load and policies
 * @param writeAmplification all page writes by those of the user
 * @param deviceWriteAmplification everything programmed by what the user wrote
 * @param alphaNominal physical pages by logical ones
 * @param alphaEffective the same without what garbage collection kept and open units had not used yet
 * @param userPageWrites pages that the load wrote while it was measured
 * @param relocatedPageWrites pages that were moved meanwhile
 * @param paddingPageWrites pages that held nothing
 * @param metadataPageWrites pages that the FTL wrote for itself
 * @param erases units that were erased meanwhile
 * @param eraseCountCov deviation of the erase counts by their mean, since the beginning
 * @param hostNanosPerUserWrite time of the host for a page, in real time
 * @param stopped whether it was stopped before its time
 * @param oracle what is known of such a run; null where nothing is
 */
record FtlReport(
        String policy,
        String pacer,
        String wear,
        String workload,
        String streams,
        String frontiers,
        int blocks,
        int pagesPerBlock,
        int stripes,
        int logicalPages,
        double overprovision,
        double trimFraction,
        long seed,
        double writeAmplification,
        double deviceWriteAmplification,
        double alphaNominal,
        double alphaEffective,
        long userPageWrites,
        long relocatedPageWrites,
        long paddingPageWrites,
        long metadataPageWrites,
        long erases,
        double eraseCountCov,
        double hostNanosPerUserWrite,
        boolean stopped,
        OracleView oracle) {
    /**
     * What is known of such a run.
     *
     * @param name of the formula, or {@code simulated}
     * @param value the write amplification
     * @param relativeError of the run
     * @param tolerance how large that may be
     * @param fits whether it is not larger
     */
    record OracleView(String name, double value, double relativeError, double tolerance, boolean fits) {}

    /** The report of a run. */
    static FtlReport of(FtlSetup setup, FtlOutcome outcome, Oracle oracle) {
        double amplification = outcome.writeAmplification();
        return new FtlReport(
                setup.victims().toString(),
                setup.pacer().toString(),
                setup.wear().toString(),
                setup.load().toString(),
                setup.streams() ? "hint" : "none",
                setup.separate() ? "separate" : "shared",
                setup.units(),
                setup.pagesPerUnit(),
                setup.stripes(),
                setup.logicalPages(),
                setup.overprovision(),
                setup.trims(),
                setup.seed(),
                amplification,
                // Units that only count have no padding and no metadata.
                amplification,
                setup.alpha(),
                outcome.alphaEffective(),
                outcome.userPageWrites(),
                outcome.relocatedPageWrites(),
                0,
                0,
                outcome.erases(),
                outcome.eraseCountCov(),
                outcome.userPageWrites() == 0 ? 0 : (double) outcome.hostNanos() / outcome.userPageWrites(),
                outcome.stopped(),
                oracle == null
                        ? null
                        : new OracleView(
                                oracle.name(),
                                oracle.value(),
                                oracle.error(amplification),
                                oracle.tolerance(),
                                oracle.fits(amplification)));
    }
}
