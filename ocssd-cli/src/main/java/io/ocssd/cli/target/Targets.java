package io.ocssd.cli.target;

import io.ocssd.cli.frame.Failure;
import io.ocssd.target.Drive;
import io.ocssd.target.TargetInfo;

/** Looks targets up without opening them. */
final class Targets {
    private Targets() {}

    /** What the label says of a target, one that is being removed too. */
    static TargetInfo find(Drive drive, String name) {
        for (TargetInfo each : drive.targets()) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        throw Failure.refused("there is no target \"" + name + "\"", "ocssd target list shows what there is");
    }
}
