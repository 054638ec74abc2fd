package io.ocssd.cli.device;

import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.Table;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ocssd device profiles}. */
@Command(
        name = "profiles",
        description = "Show the emulated drives that can be made by name: shapes, limits and timings.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd device profiles",
            "  ocssd device profiles westlake",
            "  ocssd device profiles --json",
            "  ocssd device create emu:drive.img --profile tlc"
        })
public final class DeviceProfilesCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Only this one, with all figures.")
    private String name;

    /** The verb in this session. */
    public DeviceProfilesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<ProfileView> profiles = ProfileView.all();
        if (name != null) {
            ProfileView profile = profiles.stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> Failure.usage(
                            "there is no profile \"" + name + "\"",
                            "one of " + profiles.stream().map(ProfileView::name).collect(Collectors.joining(", "))));
            if (session.json()) {
                session.json(profile);
            } else {
                new ProfileText(session.out()).print(profile);
            }
            return ExitStatus.OK;
        }
        if (session.json()) {
            session.json(profiles);
            return ExitStatus.OK;
        }
        Table table = new Table(
                "name",
                ">capacity",
                ">ch",
                ">LUNs",
                ">blocks",
                ">block",
                ">ws min/opt",
                ">mw_cunits",
                ">read",
                ">program",
                ">erase");
        for (ProfileView each : profiles) {
            table.row(
                    each.name(),
                    Numbers.bytes(each.capacityBytes()),
                    each.geometry().channels(),
                    each.geometry().lunsPerChannel(),
                    each.geometry().blocksPerLun(),
                    Numbers.bytes(each.geometry().blockBytes()),
                    each.limits().wsMinSectors() + "/" + each.limits().wsOptSectors(),
                    each.limits().mwCunitsSectors(),
                    Numbers.nanos(each.timings().readNanos()),
                    Numbers.nanos(each.timings().programNanos()),
                    Numbers.nanos(each.timings().eraseNanos()));
        }
        table.print(session.out());
        session.out().println();
        for (ProfileView each : profiles) {
            session.out().printf("%-10s %s%n", each.name(), each.description());
        }
        return ExitStatus.OK;
    }
}
