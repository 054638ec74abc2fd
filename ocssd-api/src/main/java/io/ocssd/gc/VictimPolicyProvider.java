package io.ocssd.gc;

import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;

/** Makes victim policies of one name; found by {@link java.util.ServiceLoader}. Stateless, may be used from any task. */
public interface VictimPolicyProvider {
    /** Name, summary and options. */
    PolicyInfo info();

    /**
     * A new policy without candidates, for one collector.
     *
     * @param choice names this policy
     * @throws IllegalArgumentException when an option is not there or has a wrong value
     */
    VictimPolicy create(PolicyChoice choice, GcShape shape);
}
