package io.ocssd.cli.bench.ftl;

import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.terminal.Meter;
import io.ocssd.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ocssd bench ftl}. */
@Command(
        name = "ftl",
        header =
                "Run the page-mapped FTL without payload, and show what garbage collection costs beside what theory says.",
        description = {
            "All logical pages are written once in their order; then the load runs until it is warm, and then it is"
                    + " measured. No drive is needed. The figures depend on the options alone, but for the host's time.",
            "",
            "Where there is a formula, it is evaluated at the alpha that the run really had: blocks that are kept free and"
                    + " blocks that are half written are no spare room."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd bench ftl",
            "  ocssd bench ftl --policy d-choices:d=5 --overprovision 0.1 --json",
            "  ocssd bench ftl --policy cost-benefit --workload hotcold:0.05/0.95 --frontiers separate --warmup 15",
            "  ocssd bench ftl --wear levelled --workload hotcold:0.2/0.8 --frontiers separate --measure 40",
            "  ocssd bench ftl --table"
        })
public final class BenchFtlCommand implements Callable<Integer> {
    private static final String HINT = "ocssd bench ftl --help says what each option means";

    private final Session session;

    @Mixin
    private FtlOptions options = new FtlOptions();

    /** The verb in this session. */
    public BenchFtlCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Scheduler clock = Scheduler.real()) {
            return options.table ? table(clock) : one(clock);
        }
    }

    private int one(Scheduler clock) {
        FtlSetup setup;
        FtlOutcome outcome;
        try {
            setup = options.setup();
            try (Meter meter = session.meter("writing", FtlRun.requests(setup), "pages")) {
                outcome = new FtlRun(setup, session::interrupted, meter::to).run(clock);
            }
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e.getMessage(), HINT, e);
        }
        Oracle oracle = Oracle.of(setup, outcome.alphaEffective()).orElse(null);
        FtlReport report = FtlReport.of(setup, outcome, oracle);
        if (session.json()) {
            session.json(report);
        } else {
            FtlText.print(session.out(), report);
        }
        return report.stopped() ? ExitStatus.REFUSED : ExitStatus.OK;
    }

    private int table(Scheduler clock) {
        List<FtlTable.Cell> cells = FtlTable.cells(options.seed);
        List<FtlReport> reports = new ArrayList<>();
        try (Meter meter = session.meter("running", cells.size(), "runs")) {
            for (FtlTable.Cell each : cells) {
                FtlOutcome outcome = new FtlRun(each.setup(), session::interrupted, done -> {}).run(clock);
                if (outcome.stopped()) {
                    break;
                }
                reports.add(FtlReport.of(each.setup(), outcome, each.oracle(outcome.alphaEffective())));
                meter.to(reports.size());
            }
        }
        if (session.json()) {
            session.json(reports);
        } else {
            FtlText.print(session.out(), reports);
        }
        long wrong = reports.stream().filter(each -> !each.oracle().fits()).count();
        if (wrong > 0) {
            session.note(wrong + " of " + reports.size() + " runs are off by more than they may be");
        }
        return wrong > 0 || reports.size() < cells.size() ? ExitStatus.REFUSED : ExitStatus.OK;
    }
}
