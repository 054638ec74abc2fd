package io.ocssd.cli.frame;

import io.ocssd.target.Drive;
import io.ocssd.target.TargetInfo;
import java.util.List;
import picocli.CommandLine.Option;

/** Which target a verb means. */
public final class TargetOption {
    @Option(names = "--target", paramLabel = "NAME", description = "The target; not needed when there is only one.")
    private String target;

    /** Nothing chosen yet; filled by picocli. */
    public TargetOption() {}

    /**
     * The name of the target that is meant.
     *
     * @throws Failure when none was named and the drive has not exactly one
     */
    public String nameOn(Drive drive) {
        if (target != null) {
            return target;
        }
        List<String> names = drive.targets().stream()
                .filter(each -> !each.removing())
                .map(TargetInfo::name)
                .toList();
        if (names.isEmpty()) {
            throw Failure.refused("the drive has no target", "make one with ocssd target create NAME");
        }
        if (names.size() > 1) {
            throw Failure.usage("the drive has several targets", "give --target, one of: " + String.join(", ", names));
        }
        return names.get(0);
    }
}
