package io.ocssd.placement;

import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;

/** Makes placements of one name; found by {@link java.util.ServiceLoader}. Stateless, may be used from any task. */
public interface PlacementProvider {
    /** Name, summary and options. */
    PolicyInfo info();

    /**
     * A new placement, for one target.
     *
     * @param choice names this policy
     * @throws IllegalArgumentException when an option is not there or has a wrong value
     */
    Placement create(PolicyChoice choice);
}
