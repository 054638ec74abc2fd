package io.ocssd.cli.bench;

import io.ocssd.cli.bench.measure.Latencies;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Table;
import io.ocssd.cli.terminal.Colour;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The report of a benchmark for a person. */
final class BenchText {
    private static final String NONE = "-";

    private final PrintStream out;
    private final boolean colours;

    BenchText(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    void print(BenchOutcome outcome) {
        BenchReport report = outcome.report();
        line(Colour.BOLD.paint(report.pattern(), colours) + " on " + report.model());
        if (outcome.reads() != null) {
            line("reads   " + Numbers.bytes(report.readBlockBytes()) + ", " + report.readQueueDepth() + " under way, "
                    + luns(report.readLuns().size())
                    + (report.readPriority().equals("high") ? ", of high priority" : "")
                    + arrivals(report, true));
        }
        if (outcome.writes() != null) {
            line("writes  " + Numbers.bytes(report.writeBlockBytes()) + ", " + report.writeQueueDepth()
                    + " under way on each of " + luns(report.writeActive())
                    + (report.writeActive() < report.writeLuns().size()
                            ? " at a time out of " + report.writeLuns().size()
                            : "")
                    + (report.writeBusyFraction() < 1
                            ? ", " + percent(report.writeBusyFraction()) + " of the time"
                            : "")
                    + arrivals(report, outcome.reads() == null));
        }
        line("time    " + Numbers.nanos(report.elapsedNanos()) + (report.stopped() ? ", stopped early" : "") + ", "
                + (report.clock().equals("virtual") ? "virtual, seed " + report.seed() : "real")
                + (report.preparedBytes() > 0
                        ? "; " + Numbers.bytes(report.preparedBytes()) + " written before, to be read"
                        : ""));
        out.println();
        figures(outcome);
        out.println();
        if (outcome.reads() != null) {
            new LatencyBars(out, colours).print("latency of reads", outcome.reads());
        }
        if (outcome.writes() != null) {
            new LatencyBars(out, colours).print("latency of writes", outcome.writes());
        }
        new LunGrid(out, colours).print(report.lunUtilization(), report.channelUtilization(), outcome.geometry());
        remarks(report);
    }

    private void figures(BenchOutcome outcome) {
        BenchReport report = outcome.report();
        Table table = new Table("", ">reads", ">writes");
        boolean reads = outcome.reads() != null;
        boolean writes = outcome.writes() != null;
        table.row(
                "bandwidth",
                reads ? Numbers.rate(report.readMegabytesPerSecond()) : NONE,
                writes ? Numbers.rate(report.writeMegabytesPerSecond()) : NONE);
        table.row(
                "IOPS",
                reads ? Numbers.count(Math.round(report.readIops())) : NONE,
                writes ? Numbers.count(Math.round(report.writeIops())) : NONE);
        table.row(
                "requests",
                reads ? Numbers.count(report.reads()) : NONE,
                writes ? Numbers.count(report.writes()) : NONE);
        if (report.readErrors() + report.writeErrors() > 0) {
            table.row(
                    "failed",
                    reads ? Numbers.count(report.readErrors()) : NONE,
                    writes ? Numbers.count(report.writeErrors()) : NONE);
        }
        latency(table, "mean", outcome, Latencies::meanNanos);
        latency(table, "p50", outcome, each -> each.percentileNanos(50));
        latency(table, "p90", outcome, each -> each.percentileNanos(90));
        latency(table, "p99", outcome, each -> each.percentileNanos(99));
        latency(table, "p99.9", outcome, each -> each.percentileNanos(99.9));
        latency(table, "p99.99", outcome, each -> each.percentileNanos(99.99));
        latency(table, "max", outcome, Latencies::maxNanos);
        if (writes) {
            table.row("erases", NONE, Numbers.count(report.erases()));
        }
        table.print(out);
    }

    private static void latency(Table table, String name, BenchOutcome outcome, ToLongFunction<Latencies> value) {
        Function<Latencies, String> text = latencies ->
                latencies == null || latencies.count() == 0 ? NONE : Numbers.nanos(value.applyAsLong(latencies));
        table.row(name, text.apply(outcome.reads()), text.apply(outcome.writes()));
    }

    private void remarks(BenchReport report) {
        if (report.firstReadError() != null) {
            line(Colour.RED.paint("reads failed", colours) + ", the first with " + report.firstReadError());
        }
        if (report.firstWriteError() != null) {
            line(Colour.RED.paint("writes failed", colours) + ", the first with " + report.firstWriteError());
        }
        if (report.deadWriters() > 0) {
            line(report.deadWriters() + " writers gave up: their LUNs took nothing any more");
        }
        if (report.unsentRequests() > 0) {
            line(Numbers.count(report.unsentRequests()) + " requests came and were never sent: the drive is slower than"
                    + " --rate, and latencies depend on how long it was measured");
        }
        if (report.hostCostNanos() != null) {
            line("the host's processor is charged " + report.hostCostNanos().get("command") + " ns for each command");
        }
    }

    private static String arrivals(BenchReport report, boolean theirs) {
        return theirs && report.requestsPerSecond() != null
                ? ", " + String.format(Locale.ROOT, "%,.0f", report.requestsPerSecond())
                        + " a second by a Poisson process"
                : "";
    }

    private static String luns(int count) {
        return count == 1 ? "1 LUN" : count + " LUNs";
    }

    static String percent(double fraction) {
        return String.format(Locale.ROOT, fraction > 0 && fraction < 0.1 ? "%.1f %%" : "%.0f %%", 100 * fraction);
    }

    private void line(String text) {
        out.println(text);
    }
}
