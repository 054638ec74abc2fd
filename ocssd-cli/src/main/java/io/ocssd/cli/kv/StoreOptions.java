package io.ocssd.cli.kv;

import io.ocssd.cli.frame.TargetOption;
import io.ocssd.cli.policy.PlacementOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which store a verb means. */
final class StoreOptions {
    @Mixin
    TargetOption target = new TargetOption();

    @Option(
            names = "--db",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "The store on the target. Default: ${DEFAULT-VALUE}.")
    String db;

    @Mixin
    PlacementOption placement = new PlacementOption();
}
