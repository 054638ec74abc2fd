package io.ocssd.cli.bench.ftl;

import io.ocssd.gc.GcPolicies;
import java.util.Optional;

/**
 * What theory says of a run.
 *
 * @param name of the formula
 * @param value the write amplification
 * @param tolerance how far a run may be off, as a share of the value
 */
record Oracle(String name, double value, double tolerance) {
    private static final double USUAL = 0.015;
    private static final double NEAR_FULL = 0.025;
    private static final double SEPARATED = 0.04;
    private static final double TRIMMED = 0.02;
    private static final double LITTLE_OVERPROVISION = 0.1;

    /** The formula for a run, if there is one, at the alpha that it had. */
    static Optional<Oracle> of(FtlSetup setup, double alphaEffective) {
        if (!setup.wear().name().equals("none") || alphaEffective <= 1) {
            return Optional.empty();
        }
        double alpha = Theory.trimmed(alphaEffective, setup.trims());
        String suffix = setup.trims() > 0 ? "-trim" : "";
        double tolerance =
                setup.trims() > 0 ? TRIMMED : setup.overprovision() < LITTLE_OVERPROVISION - 1e-9 ? NEAR_FULL : USUAL;
        boolean uniform = setup.load().kind() == LoadChoice.Kind.UNIFORM;
        return switch (setup.victims().name()) {
            case "random" ->
                setup.load().kind() == LoadChoice.Kind.ZONES
                        ? Optional.empty()
                        : Optional.of(new Oracle("random" + suffix, Theory.random(alpha), tolerance));
            case "fifo" ->
                uniform
                        ? Optional.of(new Oracle("fifo" + suffix, Theory.fifo(alpha), tolerance))
                        : skewedFifo(setup, alpha);
            case "greedy" -> greedy(setup, alpha, suffix, tolerance);
            case "d-choices" ->
                uniform
                        ? Optional.of(new Oracle(
                                "d-choices" + suffix,
                                Theory.dChoices(alpha, setup.pagesPerUnit(), choices(setup)),
                                tolerance))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** How far off a run is, as a share of the value. */
    double error(double writeAmplification) {
        return writeAmplification / value - 1;
    }

    /** Whether that is not too far. */
    boolean fits(double writeAmplification) {
        return Math.abs(error(writeAmplification)) <= tolerance;
    }

    private static Optional<Oracle> greedy(FtlSetup setup, double alpha, String suffix, double tolerance) {
        if (setup.load().kind() == LoadChoice.Kind.UNIFORM) {
            return Optional.of(new Oracle("greedy" + suffix, Theory.greedy(alpha, setup.pagesPerUnit()), tolerance));
        }
        // One choice over all streams makes all victims alike, so each stream gets the alpha of the whole.
        boolean apart = setup.load().kind() == LoadChoice.Kind.HOTCOLD && setup.streams() && setup.trims() == 0;
        return apart
                ? Optional.of(new Oracle("greedy-separated", Theory.greedy(alpha, setup.pagesPerUnit()), SEPARATED))
                : Optional.empty();
    }

    private static Optional<Oracle> skewedFifo(FtlSetup setup, double alpha) {
        if (setup.streams() || setup.trims() > 0) {
            return Optional.empty();
        }
        LoadChoice load = setup.load();
        return switch (load.kind()) {
            case HOTCOLD ->
                Optional.of(new Oracle(
                        "fifo-hotcold",
                        Theory.fifo(alpha, new double[] {load.first(), 1 - load.first()}, new double[] {
                            load.second(), 1 - load.second()
                        }),
                        USUAL));
            case ZIPF ->
                Optional.of(new Oracle("fifo-zipf", Theory.fifoZipf(alpha, setup.logicalPages(), load.first()), USUAL));
            default -> Optional.empty();
        };
    }

    private static int choices(FtlSetup setup) {
        return GcPolicies.victims().stream()
                .filter(each -> each.info().name().equals(setup.victims().name()))
                .mapToInt(each -> (int) each.info().value(setup.victims(), "d"))
                .findFirst()
                .orElseThrow();
    }
}
