package io.ocssd.cli.target;

import com.google.common.collect.ImmutableList;
import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.NumberSet;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Session;
import io.ocssd.target.Drive;
import io.ocssd.target.TargetRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ocssd target create}. */
@Command(
        name = "create",
        description = "Provision whole LUNs to an application; durable when it returns.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img target create kv",
            "  ocssd -d emu:drive.img target create logs --luns 0-3,6"
        })
public final class TargetCreateCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "Name of the target: letters, digits, dots, dashes, underscores.")
    private String name;

    @Option(
            names = "--luns",
            paramLabel = "N-M",
            converter = NumberSet.Converter.class,
            description = "Its LUNs by linear number, for example 0-3,8; all that no target has when not given.")
    private NumberSet luns;

    /** The verb in this session. */
    public TargetCreateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        TargetRequest request;
        try {
            request = new TargetRequest(
                    name, luns == null ? ImmutableList.of() : luns.numbers().asList());
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e.getMessage(), "see ocssd target create --help", e);
        }
        TargetView view = new Devices(session).withDrive((drive, scheduler) -> create(drive, request));
        if (session.json()) {
            session.json(view);
        }
        session.done("made target " + view.name() + " on LUNs " + view.lunRanges() + ", "
                + Numbers.bytes(view.rawBytes()) + " of flash");
        return ExitStatus.OK;
    }

    private static TargetView create(Drive drive, TargetRequest request) throws Exception {
        return TargetView.of(drive.createTarget(request).info(), drive.device().geometry());
    }
}
