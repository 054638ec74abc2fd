package io.ocssd.cli.vblock;

import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.Sizes;
import io.ocssd.cli.frame.TargetOption;
import io.ocssd.cli.policy.PlacementOption;
import io.ocssd.cli.terminal.Meter;
import io.ocssd.target.Target;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ocssd vblock write}. */
@Command(
        name = "write",
        description = {
            "Make a vblock, write the input to it and close it; durable when it returns.",
            "A vblock is written by the program that made it, so it takes no id. Input that is larger than a vblock is refused"
                    + " and leaves none, unless --split spreads it over several. --sync-every makes what was written durable"
                    + " every so often, so that a cut leaves it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img vblock write --input data.bin",
            "  ocssd -d emu:drive.img vblock write --input app.log --width 1 --stream log --tag 7",
            "  tar c /usr/share/doc | ocssd -d emu:drive.img vblock write --input - --split --sync-every 1M"
        })
public final class VblockWriteCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private TargetOption target = new TargetOption();

    @Mixin
    private NewVblockOptions made = new NewVblockOptions();

    @Mixin
    private PlacementOption placement = new PlacementOption();

    @Option(names = "--input", paramLabel = "FILE", required = true, description = "What to write; - is stdin.")
    private String input;

    @Option(names = "--split", description = "Write what does not fit one vblock to further ones.")
    private boolean split;

    @Option(
            names = "--sync-every",
            paramLabel = "SIZE",
            converter = Sizes.class,
            description = "Make what was written durable after so many bytes, for example 1M.")
    private Long syncEvery;

    @Parameters(paramLabel = "ID", arity = "0..1", hidden = true)
    private String id;

    /** The verb in this session. */
    public VblockWriteCommand(Session session) {
        this.session = session;
    }

    /** What was written, as JSON has it. */
    private record Written(List<VblockView> vblocks, long bytes, boolean complete) {}

    @Override
    public Integer call() throws Exception {
        if (id != null) {
            throw Failure.usage(
                    "vblock " + id + " can't be written any more: a vblock is written by the program that made it",
                    "leave the id away to write a new one, or copy it with ocssd vblock copy");
        }
        if (syncEvery != null && syncEvery < 1) {
            throw Failure.usage("--sync-every " + syncEvery + " is below 1", "leave it out to sync once, in the end");
        }
        long known = input.equals("-") ? -1 : Files.size(Path.of(input));
        VblockFeed feed = new VblockFeed(session, split, syncEvery == null ? Long.MAX_VALUE : syncEvery);
        try {
            TargetVblocks.with(session, target, placement.openOptions(), (open, drive) -> write(open, feed, known));
        } finally {
            print(feed);
        }
        return feed.isComplete() ? ExitStatus.OK : ExitStatus.REFUSED;
    }

    private Void write(Target open, VblockFeed feed, long known) throws IOException {
        Vblocks vblocks = open.vblocks();
        VblockRequest request = made.request(vblocks);
        feed.checkFits(vblocks, request, known);
        try (InputStream in = input.equals("-") ? session.host().in() : Files.newInputStream(Path.of(input));
                Meter meter = session.meter("writing", Math.max(0, known), "bytes")) {
            feed.write(in, vblocks, request, meter);
        }
        return null;
    }

    private void print(VblockFeed feed) {
        if (feed.vblocks().isEmpty()) {
            return;
        }
        if (session.json()) {
            session.json(new Written(feed.vblocks(), feed.bytes(), feed.isComplete()));
            return;
        }
        for (VblockView each : feed.vblocks()) {
            session.done("wrote " + Numbers.bytes(each.lengthBytes()) + " to " + each.sentence());
        }
    }
}
