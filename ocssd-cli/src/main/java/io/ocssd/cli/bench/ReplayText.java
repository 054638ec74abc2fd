package io.ocssd.cli.bench;

import io.ocssd.cli.bench.measure.Latencies;
import io.ocssd.cli.bench.replay.Replay;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Table;
import io.ocssd.cli.terminal.Colour;
import io.ocssd.device.IoCommand.Operation;
import java.io.PrintStream;
import java.util.List;
import java.util.function.ToLongFunction;

/** The report of a replay for a person: every kind of command beside its recording. */
final class ReplayText {
    private static final String NONE = "-";

    private final PrintStream out;
    private final boolean colours;

    ReplayText(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    void print(ReplayOutcome outcome) {
        ReplayReport report = outcome.report();
        line(Colour.BOLD.paint("replay", colours) + " on " + report.model() + " of what was recorded on "
                + report.recordedDevice());
        line("sent    " + Numbers.count(report.commands()) + " commands, "
                + (report.queueDepth() == null
                        ? "at recorded times"
                        : "as fast as possible, " + report.queueDepth() + " under way")
                + (report.preparedBytes() > 0
                        ? "; " + Numbers.bytes(report.preparedBytes()) + " written before, that were there"
                        : ""));
        line("time    " + Numbers.nanos(report.elapsedNanos()) + (report.stopped() ? ", stopped early" : "") + ", "
                + report.clock() + "; recorded " + Numbers.nanos(report.recordedNanos()));
        out.println();
        figures(outcome);
        out.println();
        new LatencyBars(out, colours)
                .print("latency of reads", outcome.result().reads().latencies());
        new LatencyBars(out, colours)
                .print("latency of writes", outcome.result().writes().latencies());
        new LunGrid(out, colours).print(report.lunUtilization(), report.channelUtilization(), outcome.geometry());
        remarks(report);
    }

    private void figures(ReplayOutcome outcome) {
        ReplayReport report = outcome.report();
        Table table = new Table("", ">reads", ">recorded", ">writes", ">recorded", ">erases", ">recorded");
        table.row(
                "bandwidth",
                Numbers.rate(report.readMegabytesPerSecond()),
                "",
                Numbers.rate(report.writeMegabytesPerSecond()),
                "",
                "",
                "");
        table.row(
                "commands",
                Numbers.count(report.reads()),
                Numbers.count(outcome.survey().count(Operation.READ)),
                Numbers.count(report.writes()),
                Numbers.count(outcome.survey().count(Operation.WRITE)
                        + outcome.survey().count(Operation.APPEND)),
                Numbers.count(report.erases()),
                Numbers.count(outcome.survey().count(Operation.ERASE)));
        if (report.readErrors() + report.writeErrors() + report.eraseErrors() > 0) {
            table.row(
                    "failed",
                    Numbers.count(report.readErrors()),
                    "",
                    Numbers.count(report.writeErrors()),
                    "",
                    Numbers.count(report.eraseErrors()),
                    "");
        }
        List<Latencies> columns = List.of(
                outcome.result().reads().latencies(),
                outcome.survey().latencies(Operation.READ),
                outcome.result().writes().latencies(),
                outcome.survey().latencies(Operation.WRITE),
                outcome.result().erases().latencies(),
                outcome.survey().latencies(Operation.ERASE));
        latency(table, "mean", columns, Latencies::meanNanos);
        latency(table, "p50", columns, each -> each.percentileNanos(50));
        latency(table, "p90", columns, each -> each.percentileNanos(90));
        latency(table, "p99", columns, each -> each.percentileNanos(99));
        latency(table, "p99.9", columns, each -> each.percentileNanos(99.9));
        latency(table, "max", columns, Latencies::maxNanos);
        table.print(out);
    }

    private static void latency(Table table, String name, List<Latencies> columns, ToLongFunction<Latencies> value) {
        Object[] row = new Object[columns.size() + 1];
        row[0] = name;
        for (int i = 0; i < columns.size(); i++) {
            Latencies latencies = columns.get(i);
            row[i + 1] = latencies.count() == 0 ? NONE : Numbers.nanos(value.applyAsLong(latencies));
        }
        table.row(row);
    }

    private void remarks(ReplayReport report) {
        if (report.statusDifferences() > 0) {
            line(Colour.RED.paint(Numbers.count(report.statusDifferences()) + " answered otherwise", colours)
                    + " than recorded, the first: " + report.firstStatusDifference());
        }
        if (report.lateCommands() > 0) {
            line(Numbers.count(report.lateCommands()) + (report.lateCommands() == 1 ? " command was" : " commands were")
                    + " sent more than " + Numbers.nanos(Replay.LATE_NANOS) + " after they were due, one of them "
                    + Numbers.nanos(report.greatestLagNanos()) + "; latencies begin when commands are due");
        }
        if (report.skippedCommands() > 0) {
            line(Numbers.count(report.skippedCommands()) + " commands were left out: they have too many sectors");
        }
        if (report.hostCostNanos() != null) {
            line("the host's processor is charged " + report.hostCostNanos().get("command") + " ns for each command");
        }
    }

    private void line(String text) {
        out.println(text);
    }
}
