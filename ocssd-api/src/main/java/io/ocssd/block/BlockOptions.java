package io.ocssd.block;

import io.ocssd.policy.PolicyChoice;
import java.util.Objects;

/**
 * How a block device is opened. Other policies may be chosen each time.
 *
 * @param victims which unit is emptied next, one of {@link io.ocssd.gc.GcPolicies#victims()}
 * @param pacer how much is done ahead, one of {@link io.ocssd.gc.GcPolicies#pacers()}
 * @param seed for whatever the policies leave to chance
 */
public record BlockOptions(PolicyChoice victims, PolicyChoice pacer, long seed) {
    private static final BlockOptions DEFAULTS =
            new BlockOptions(PolicyChoice.of("greedy"), PolicyChoice.of("on-demand"), 0);

    /** Checks that there are policies. */
    public BlockOptions {
        Objects.requireNonNull(victims, "victims");
        Objects.requireNonNull(pacer, "pacer");
    }

    /** Greedy victims, collected on demand. */
    public static BlockOptions defaults() {
        return DEFAULTS;
    }
}
