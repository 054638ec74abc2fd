package io.ocssd.gc;

import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;

/** Makes wear policies of one name; found by {@link java.util.ServiceLoader}. Stateless, may be used from any task. */
public interface WearPolicyProvider {
    /** Name, summary and options. */
    PolicyInfo info();

    /**
     * A new policy that knows of no unit, for one collector.
     *
     * @param choice names this policy
     * @throws IllegalArgumentException when an option is not there or has a wrong value
     */
    WearPolicy create(PolicyChoice choice, GcShape shape);
}
