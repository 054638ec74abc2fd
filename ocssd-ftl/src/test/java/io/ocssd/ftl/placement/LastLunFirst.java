package io.ocssd.ftl.placement;

import io.ocssd.placement.Placement;
import io.ocssd.placement.PlacementProvider;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;
import java.util.List;

/** A placement that somebody else wrote; {@link ForeignPlacementTest} puts it into a jar. */
public final class LastLunFirst implements PlacementProvider {
    private static final PolicyInfo INFO = new PolicyInfo("last-lun-first", "the last LUNs that have room", List.of());

    @Override
    public PolicyInfo info() {
        return INFO;
    }

    @Override
    public Placement create(PolicyChoice choice) {
        INFO.check(choice);
        return (stream, width, luns, chosen) -> {
            int count = 0;
            for (int place = luns.count() - 1; count < width; place--) {
                if (luns.freeBlocks(place) > 0) {
                    chosen[count++] = place;
                }
            }
        };
    }
}
