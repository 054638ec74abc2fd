package io.ocssd.ftl.placement;

import io.ocssd.Ocssd;
import io.ocssd.placement.Placement;
import io.ocssd.placement.PlacementProvider;
import io.ocssd.policy.PolicyChoice;
import java.util.List;
import java.util.stream.Collectors;

/** Makes placements by name. Stateless. */
public final class Placements {
    private Placements() {}

    /**
     * A new placement.
     *
     * @throws IllegalArgumentException when there is none of that name, or an option is wrong
     */
    public static Placement create(PolicyChoice choice) {
        List<PlacementProvider> known = Ocssd.placements();
        for (PlacementProvider each : known) {
            if (each.info().name().equals(choice.name())) {
                return each.create(choice);
            }
        }
        throw new IllegalArgumentException("no placement has the name \"" + choice.name() + "\"; known: "
                + known.stream().map(each -> each.info().name()).collect(Collectors.joining(", ")));
    }
}
