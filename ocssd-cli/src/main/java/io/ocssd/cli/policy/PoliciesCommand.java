package io.ocssd.cli.policy;

import io.ocssd.Ocssd;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.Table;
import io.ocssd.gc.GcPolicies;
import io.ocssd.target.OpenOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code ocssd policies}. */
@Command(
        name = "policies",
        description = {
            "Show the policies that can be chosen by name, and their options.",
            "A placement says which LUNs new data goes to. It is a wish: as long as there is any room, it is used.",
            "Garbage collection empties victims, at a pace, and has an eye on wear; ocssd bench ftl shows what that costs."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd policies",
            "  ocssd policies --json",
            "  ocssd bench ftl --policy d-choices:d=5 --wear levelled:gap=8",
            "  ocssd -d emu:drive.img kv load /usr/share/doc --placement active-luns:luns=2"
        })
public final class PoliciesCommand implements Callable<Integer> {
    private final Session session;

    /** The verb in this session. */
    public PoliciesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<PolicyView> policies = policies();
        if (session.json()) {
            session.json(policies);
            return ExitStatus.OK;
        }
        Table table = new Table("kind", "name", "what it does");
        for (PolicyView each : policies) {
            table.row(each.kind(), each.name(), each.summary() + (each.standard() ? " (standard)" : ""));
            for (PolicyView.OptionView option : each.options()) {
                table.row(
                        "",
                        "  " + option.name() + "=" + option.standard(),
                        option.summary() + ", " + option.least() + " to " + option.most());
            }
        }
        table.print(session.out());
        return ExitStatus.OK;
    }

    private static List<PolicyView> policies() {
        List<PolicyView> policies = new ArrayList<>();
        String placement = OpenOptions.STANDARD_PLACEMENT.name();
        Ocssd.placements().forEach(each -> policies.add(PolicyView.of("placement", each.info(), placement)));
        GcPolicies.victims().forEach(each -> policies.add(PolicyView.of("victims", each.info(), "greedy")));
        GcPolicies.pacers().forEach(each -> policies.add(PolicyView.of("pacing", each.info(), "on-demand")));
        GcPolicies.wear().forEach(each -> policies.add(PolicyView.of("wear", each.info(), "none")));
        return policies;
    }
}
