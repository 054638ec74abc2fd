package io.ocssd.cli.vblock;

import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.TargetOption;
import io.ocssd.cli.policy.PlacementOption;
import io.ocssd.target.Target;
import io.ocssd.vblock.VblockWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ocssd vblock allocate}. */
@Command(
        name = "allocate",
        description = {
            "Make empty vblocks, and show which LUNs the placement chose for them.",
            "A vblock is written by the program that made it, so these are closed at once and stay empty; they keep their blocks"
                    + " from others until they are erased. ocssd vblock write makes one that holds something."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img vblock allocate --width 2 --count 4",
            "  ocssd -d emu:drive.img vblock allocate --width 1 --stream log --placement by-stream"
        })
public final class VblockAllocateCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private TargetOption target = new TargetOption();

    @Mixin
    private NewVblockOptions made = new NewVblockOptions();

    @Mixin
    private PlacementOption placement = new PlacementOption();

    @Option(names = "--count", paramLabel = "N", defaultValue = "1", description = "How many. Default: 1.")
    private int count;

    /** The verb in this session. */
    public VblockAllocateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        if (count < 1) {
            throw Failure.usage("--count " + count + " is below 1", "leave it out for 1");
        }
        List<VblockView> vblocks = new ArrayList<>();
        try {
            TargetVblocks.with(session, target, placement.openOptions(), (open, drive) -> allocate(open, vblocks));
        } finally {
            // Those before the one that failed are there.
            if (session.json() && !vblocks.isEmpty()) {
                session.json(vblocks);
            } else if (!vblocks.isEmpty()) {
                VblockView.print(session, vblocks);
            }
        }
        return ExitStatus.OK;
    }

    private Void allocate(Target open, List<VblockView> vblocks) throws IOException {
        for (int i = 0; i < count; i++) {
            try (VblockWriter writer = open.vblocks().allocate(made.request(open.vblocks()))) {
                writer.seal();
                vblocks.add(VblockView.of(writer.vblock()));
            }
        }
        return null;
    }
}
