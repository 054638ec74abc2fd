package io.ocssd.gc;

import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;

/** Makes pacers of one name; found by {@link java.util.ServiceLoader}. Stateless, may be used from any task. */
public interface PacerProvider {
    /** Name, summary and options. */
    PolicyInfo info();

    /**
     * A new pacer, for one collector.
     *
     * @param choice names this policy
     * @throws IllegalArgumentException when an option is not there or has a wrong value
     */
    Pacer create(PolicyChoice choice, GcShape shape);
}
