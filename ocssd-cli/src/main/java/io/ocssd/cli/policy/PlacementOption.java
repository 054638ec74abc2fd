package io.ocssd.cli.policy;

import io.ocssd.Ocssd;
import io.ocssd.cli.frame.Failure;
import io.ocssd.placement.PlacementProvider;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.target.OpenOptions;
import picocli.CommandLine.Option;

/** Where new data goes. */
public final class PlacementOption {
    private static final String HINT = "ocssd policies shows what there is";

    @Option(
            names = "--placement",
            paramLabel = "POLICY",
            description = "Which LUNs new data goes to, for example active-luns:luns=2; see ocssd policies.")
    private String placement;

    /** The standard ones, with the placement that was asked for. */
    public OpenOptions openOptions() {
        if (placement == null) {
            return OpenOptions.defaults();
        }
        try {
            PolicyChoice choice = PolicyChoice.parse(placement);
            for (PlacementProvider each : Ocssd.placements()) {
                if (each.info().name().equals(choice.name())) {
                    each.create(choice);
                    return OpenOptions.defaults().withPlacement(choice);
                }
            }
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--placement: " + e.getMessage(), HINT, e);
        }
        throw Failure.usage("--placement: there is no \"" + placement + "\"", HINT);
    }
}
