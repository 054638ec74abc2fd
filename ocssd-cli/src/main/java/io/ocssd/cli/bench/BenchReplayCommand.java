package io.ocssd.cli.bench;

import io.ocssd.Ocssd;
import io.ocssd.cli.bench.replay.Rehearsal;
import io.ocssd.cli.bench.replay.Replay;
import io.ocssd.cli.bench.replay.ReplayResult;
import io.ocssd.cli.bench.replay.TraceSurvey;
import io.ocssd.cli.frame.Confirmation;
import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Session;
import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand.Operation;
import io.ocssd.geometry.decorator.trace.TraceReader;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ocssd bench replay}. */
@Command(
        name = "replay",
        description = {
            "Send the commands of a recorded trace again, and measure them beside the recording.",
            "Without -d, on an emulated drive of the shape that was recorded, which holds what the trace begins with, in the"
                    + " drive's own time. With -d, on that device as it is: the trace's programs and erases change it for"
                    + " good, so it asks on a terminal, and needs --yes elsewhere.",
            "At recorded times a latency begins when a command is due. The report counts the commands that were sent more than"
                    + " 100 us later than that, since the host was too slow or too many were under way, and tells the"
                    + " longest that one was behind. In real time the commands are rehearsed before, on a drive in memory"
                    + " that is thrown away.",
            "What is recorded as a latency is the time from submission until the program polled the completion, so it holds"
                    + " what the program did meanwhile. A replay polls as soon as there is something to poll.",
            "A trace is recorded with trace+ in front of a device: -d 'trace+emu:drive.img?trace=run.trace'."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd bench replay run.trace",
            "  ocssd bench replay run.trace --profile z-nand --json",
            "  ocssd bench replay run.trace --pace fast --queue-depth 64",
            "  ocssd -d emu:copy.img?clock=virtual bench replay run.trace --yes"
        })
public final class BenchReplayCommand implements Callable<Integer> {
    /** Parameters of decorators that name a file to write. */
    private static final List<String> WRITTEN = List.of("trace", "statistics", "faults.damage");

    private static final int MOST_DEPTH = 4096;

    /** When commands are sent. */
    enum Pace {
        /** As long after the first as they were. */
        recorded,
        /** As soon as there is room. */
        fast
    }

    private final Session session;

    @Parameters(paramLabel = "TRACE", description = "The trace.")
    private Path file;

    @Mixin
    private ReplayOptions drive = new ReplayOptions();

    @Mixin
    private Confirmation confirmation = new Confirmation();

    @Option(
            names = "--pace",
            paramLabel = "HOW",
            defaultValue = "recorded",
            description = "recorded: each command as long after the first one as it was; fast: as soon as fewer than"
                    + " --queue-depth are under way. Default: ${DEFAULT-VALUE}.")
    private Pace pace;

    @Option(
            names = "--queue-depth",
            paramLabel = "N",
            description = "Commands kept under way with --pace fast. Default: the most that were in the recording.")
    private Integer queueDepth;

    /** The verb in this session. */
    public BenchReplayCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        checkUsage();
        Devices devices = new Devices(session);
        boolean own = session.device().isEmpty();
        if (!own) {
            checkIsNotWritten(devices.chosen());
            confirmation.require(session, "program and erase blocks of " + devices.chosen());
        }
        try (TraceReader trace = TraceReader.open(file)) {
            if (trace.tornBytes() > 0) {
                session.note("the trace ends in the middle of a record: " + trace.tornBytes() + " bytes left out");
            }
            TraceSurvey survey = TraceSurvey.of(trace);
            if (confirmation.isDryRun()) {
                describe(trace, survey);
                return ExitStatus.OK;
            }
            DeviceUri uri = drive.uri(session, devices, trace.header());
            ReplayOutcome outcome = devices.withDevice(
                    uri, (device, scheduler) -> replay(device, scheduler, trace, survey, Devices.isVirtual(uri)));
            if (session.json()) {
                session.json(outcome.report());
            } else {
                new ReplayText(session.out(), session.colours()).print(outcome);
            }
            checkSomethingSucceeded(outcome);
            return outcome.report().stopped() ? ExitStatus.REFUSED : ExitStatus.OK;
        }
    }

    private ReplayOutcome replay(
            FlashDevice device, Scheduler scheduler, TraceReader trace, TraceSurvey survey, boolean virtual)
            throws IOException {
        int depth = pace == Pace.recorded ? 0 : queueDepth != null ? queueDepth : survey.mostUnderWay();
        try (BenchProgress progress = new BenchProgress(session)) {
            if (!virtual && pace == Pace.recorded) {
                rehearse(scheduler, trace, survey);
            }
            long prepared = 0;
            if (session.device().isEmpty()) {
                ReplayDrive.differences(trace.header(), device.report(), survey.named())
                        .forEach(session::note);
                prepared = Replay.prepare(device, survey, progress);
            }
            ReplayResult result = Replay.run(device, scheduler, trace, survey, Math.min(depth, MOST_DEPTH), progress);
            return ReplayOutcome.of(device, trace.header().uri(), virtual, depth, prepared, result, survey);
        }
    }

    private static void rehearse(Scheduler scheduler, TraceReader trace, TraceSurvey survey) throws IOException {
        DeviceUri uri = ReplayDrive.of(trace.header(), null, DriveOptions.Clock.real.name())
                .uri()
                .with("timing", "off");
        FlashDevice stage;
        try {
            stage = Ocssd.openDevice(uri.toString(), scheduler);
        } catch (IllegalArgumentException e) {
            // A device of a shape that can't be emulated: its first commands have to do without.
            return;
        }
        try (stage) {
            Rehearsal.run(stage, scheduler, trace, survey);
        }
    }

    /** What is measured on a drive that does none of what the recorded one did says nothing. */
    private static void checkSomethingSucceeded(ReplayOutcome outcome) {
        ReplayReport report = outcome.report();
        checkSomethingSucceeded("read", report.reads(), report.readErrors(), outcome.survey(), Operation.READ);
        checkSomethingSucceeded("write", report.writes(), report.writeErrors(), outcome.survey(), Operation.WRITE);
        checkSomethingSucceeded("erase", report.erases(), report.eraseErrors(), outcome.survey(), Operation.ERASE);
    }

    private static void checkSomethingSucceeded(
            String what, long succeeded, long failed, TraceSurvey survey, Operation operation) {
        long recorded = survey.latencies(operation).count();
        if (succeeded == 0 && failed > 0 && recorded > 0) {
            throw Failure.refused(
                    "no " + what + " succeeded, " + Numbers.count(recorded) + " did in the recording",
                    "replay the trace without -d, or on a drive that holds what the recorded one held when it began");
        }
    }

    private void checkUsage() {
        if (queueDepth != null && pace == Pace.recorded) {
            throw Failure.usage("--queue-depth goes with --pace fast", "see ocssd bench replay --help");
        }
        if (queueDepth != null && (queueDepth < 1 || queueDepth > MOST_DEPTH)) {
            throw Failure.usage(
                    "--queue-depth " + queueDepth + " is not in 1.." + MOST_DEPTH, "see ocssd bench replay --help");
        }
    }

    /** Refuses to replay a file that the device would write while it is read. */
    private void checkIsNotWritten(DeviceUri uri) throws IOException {
        for (String each : WRITTEN) {
            String written = uri.parameters().get(each);
            if (written != null && uri.isDecorated() && isSame(Path.of(written))) {
                throw Failure.usage(
                        each + "=" + written + " is the trace that is replayed", "name another file to write to");
            }
        }
    }

    private boolean isSame(Path other) throws IOException {
        return Files.exists(other)
                ? Files.exists(file) && Files.isSameFile(other, file)
                : other.toAbsolutePath()
                        .normalize()
                        .equals(file.toAbsolutePath().normalize());
    }

    /** What is in the trace. */
    private record Contents(
            String recordedDevice,
            long commands,
            long reads,
            long writes,
            long erases,
            long recordedNanos,
            int mostUnderWay,
            int heldBlocks) {}

    private void describe(TraceReader trace, TraceSurvey survey) {
        Contents contents = new Contents(
                trace.header().uri(),
                survey.commands(),
                survey.count(Operation.READ),
                survey.count(Operation.WRITE) + survey.count(Operation.APPEND),
                survey.count(Operation.ERASE),
                survey.nanos(),
                survey.mostUnderWay(),
                survey.heldBlocks());
        if (session.json()) {
            session.json(contents);
            return;
        }
        session.out()
                .println("would send " + Numbers.count(contents.commands()) + " commands recorded on "
                        + contents.recordedDevice() + ": " + Numbers.count(contents.reads()) + " reads, "
                        + Numbers.count(contents.writes()) + " writes, " + Numbers.count(contents.erases())
                        + " erases in " + Numbers.nanos(contents.recordedNanos()) + ", at most "
                        + contents.mostUnderWay() + " under way; " + contents.heldBlocks()
                        + " blocks held something before");
    }
}
