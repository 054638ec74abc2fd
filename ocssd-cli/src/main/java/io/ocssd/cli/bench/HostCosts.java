package io.ocssd.cli.bench;

import com.google.common.base.CaseFormat;
import io.ocssd.scheduler.HostCost;
import java.util.LinkedHashMap;
import java.util.Map;

/** What simulated runs charge for the host's processor, by operation, as reports print it. */
final class HostCosts {
    private HostCosts() {}

    static Map<String, Long> table() {
        Map<String, Long> costs = new LinkedHashMap<>();
        for (HostCost each : HostCost.values()) {
            costs.put(CaseFormat.UPPER_UNDERSCORE.to(CaseFormat.LOWER_CAMEL, each.name()), each.nanos());
        }
        return costs;
    }
}
