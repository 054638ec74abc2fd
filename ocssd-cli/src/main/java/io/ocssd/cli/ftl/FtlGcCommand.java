package io.ocssd.cli.ftl;

import io.ocssd.block.BlockDevice;
import io.ocssd.block.BlockOptions;
import io.ocssd.block.BlockStatistics;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.TargetOption;
import io.ocssd.gc.GcPolicies;
import io.ocssd.policy.PolicyChoice;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ocssd ftl gc}. */
@Command(
        name = "gc",
        description = "Collect garbage ahead of need, until so many units more are free or it is not worth it.",
        footerHeading = "%nExamples:%n",
        footer = "  ocssd -d emu:drive.img ftl gc --units 4 --policy cost-benefit")
public final class FtlGcCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private TargetOption target = new TargetOption();

    @Option(names = "--units", paramLabel = "N", defaultValue = "1", description = "How many. Default: 1.")
    private int units;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            defaultValue = "greedy",
            description = "Which unit is emptied next, see ocssd policies. Default: greedy.")
    private String policy;

    /** The verb in this session. */
    public FtlGcCommand(Session session) {
        this.session = session;
    }

    /** What was collected, as JSON has it. */
    private record Collected(int freedUnits, int freeUnits, long relocatedSectors, long erasedUnits) {}

    @Override
    public Integer call() throws Exception {
        if (units < 1) {
            throw Failure.usage("--units " + units + " is below 1", "give at least 1");
        }
        Collected collected = OpenedBlockDevice.with(session, target, options(), this::collect);
        if (session.json()) {
            session.json(collected);
        } else {
            session.done("moved " + Numbers.count(collected.relocatedSectors()) + " sectors, erased "
                    + collected.erasedUnits() + " units; " + collected.freeUnits() + " are free");
        }
        return ExitStatus.OK;
    }

    private Collected collect(BlockDevice device) throws IOException {
        int freed = device.collect(units);
        BlockStatistics done = device.statistics();
        return new Collected(freed, done.freeUnits(), done.relocatedSectors(), done.erasedUnits());
    }

    private BlockOptions options() {
        String hint = "ocssd policies shows what there is";
        PolicyChoice choice;
        try {
            choice = PolicyChoice.parse(policy);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--policy: " + e.getMessage(), hint, e);
        }
        if (GcPolicies.victims().stream().noneMatch(each -> each.info().name().equals(choice.name()))) {
            throw Failure.usage("--policy: there is no \"" + policy + "\"", hint);
        }
        return new BlockOptions(choice, BlockOptions.defaults().pacer(), 0);
    }
}
