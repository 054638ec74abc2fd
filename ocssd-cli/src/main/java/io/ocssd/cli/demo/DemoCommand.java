package io.ocssd.cli.demo;

import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.terminal.Shell;
import io.ocssd.device.DeviceUri;
import io.ocssd.lsm.workload.Demo;
import io.ocssd.lsm.workload.DemoOptions;
import io.ocssd.lsm.workload.DemoReport;
import io.ocssd.lsm.workload.DemoResult;
import io.ocssd.lsm.workload.DemoStoppedException;
import io.ocssd.lsm.workload.JdkImage;
import io.ocssd.lsm.workload.SampledSource;
import io.ocssd.lsm.workload.Source;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ocssd demo}. */
@Command(
        name = "demo",
        header = "Load, rewrite, lose power, come back, and prove that nothing is missing.",
        description = {
            "Run the main job on an emulated drive of 512 MiB: load the runtime image of the JDK into the store, read it"
                    + " back, rewrite and delete until the drive was programmed three times over, cut the power, reopen"
                    + " and prove that nothing acknowledged is missing and nothing deleted came back.",
            "The exit status is 3 when it was not proved."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd demo",
            "  ocssd demo --seed 7 --json",
            "  ocssd demo --clock virtual --json    # the same bytes every time",
            "  ocssd demo --entries 2000 --keep ."
        })
public final class DemoCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--entries",
            paramLabel = "N",
            description = "Load so many files, chosen by the seed; all otherwise.")
    private Integer entries;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Decides all that is left to chance. Default: ${DEFAULT-VALUE}.")
    private long seed;

    /** Of which time. */
    enum Clock {
        /** Of the host. */
        real,
        /** Of the drive: the report is a function of seed and JDK. */
        virtual
    }

    @Option(
            names = "--clock",
            paramLabel = "CLOCK",
            defaultValue = "real",
            description = "real: as fast as the host; virtual: in the drive's own time, the same seed gives the same"
                    + " report. Default: ${DEFAULT-VALUE}.")
    private Clock clock;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Make the image there, and not in the directory for temporary files.")
    private Path keep;

    /** What the image survives. */
    enum Persist {
        /** The death of the program. */
        process,
        /** The death of the host. */
        host
    }

    @Option(
            names = "--persist",
            paramLabel = "WHAT",
            defaultValue = "process",
            description = "What the image survives. process: the death of the program; host: that of the host too, for"
                    + " which every command is forced to its disk and takes longer. Default: ${DEFAULT-VALUE}.")
    private Persist persist;

    /** The verb in this session. */
    public DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        if (entries != null && entries < 1) {
            throw Failure.usage("--entries " + entries + " is below 1", "give a number of files, or leave it away");
        }
        Path directory = keep == null ? DemoImage.defaultDirectory() : keep;
        DeviceUri drive = DemoImage.freeIn(directory.toAbsolutePath().normalize())
                .with("profile", "small")
                .with("persist", persist.name())
                .with("seed", Long.toString(seed));
        Source all = JdkImage.open();
        Source source = entries == null ? all : SampledSource.of(all, entries, seed);
        return run(DemoOptions.standard(drive, source, seed, clock == Clock.virtual));
    }

    int run(DemoOptions options) throws Exception {
        String image = options.drive().path();
        DemoResult result;
        try (DemoProgress progress = new DemoProgress(session)) {
            result = Demo.run(options, progress);
        } catch (DemoStoppedException e) {
            throw Failure.refused(e.getMessage(), "the image is consistent and stays at " + image);
        }
        if (session.json()) {
            session.json(result.report());
        } else {
            print(result, image);
        }
        return result.report().verified() ? ExitStatus.OK : ExitStatus.DAMAGE;
    }

    private void print(DemoResult result, String image) {
        DemoReport report = result.report();
        if (session.quiet()) {
            session.out().println(report.verified() ? "verified" : "not verified");
            return;
        }
        new DemoText(session.out(), session.colours()).print(result);
        String command = session.host().launcher() + " -d " + Shell.quote("emu:" + image);
        session.out().println();
        session.out().println("the image is at " + image + "; try");
        session.out().println("  " + command + " kv scan java.base/java/util/ java.base/java/util/B");
        session.out().println("  " + command + " kv check");
        session.out().println("  " + command + " device info");
    }
}
