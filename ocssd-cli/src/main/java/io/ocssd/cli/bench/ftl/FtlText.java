package io.ocssd.cli.bench.ftl;

import io.ocssd.cli.frame.Table;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Reports as text. */
final class FtlText {
    private static final int PERCENT = 100;

    private FtlText() {}

    static void print(PrintStream out, FtlReport report) {
        Table table = new Table("", ">");
        table.row("write amplification", number("%.4f", report.writeAmplification()));
        if (report.oracle() != null) {
            table.row(
                    "by theory (" + report.oracle().name() + ")",
                    number("%.4f", report.oracle().value()));
            table.row("difference", number("%+.2f %%", PERCENT * report.oracle().relativeError()));
        }
        table.row("alpha, nominal", number("%.4f", report.alphaNominal()));
        table.row("alpha, effective", number("%.4f", report.alphaEffective()));
        table.row("pages written by the user", report.userPageWrites());
        table.row("pages moved", report.relocatedPageWrites());
        table.row("blocks erased", report.erases());
        table.row("erase counts, deviation by mean", number("%.3f", report.eraseCountCov()));
        table.row("host nanoseconds for a page", number("%.0f", report.hostNanosPerUserWrite()));
        table.print(out);
    }

    static void print(PrintStream out, List<FtlReport> reports) {
        Table table = new Table(
                "policy",
                "workload",
                ">OP",
                ">pages",
                ">blocks",
                ">stripes",
                "frontiers",
                "streams",
                ">trim",
                ">alpha",
                ">WA",
                "oracle",
                ">value",
                ">off",
                "");
        for (FtlReport each : reports) {
            table.row(
                    each.policy(),
                    each.workload(),
                    number("%.1f%%", PERCENT * each.overprovision()),
                    each.pagesPerBlock(),
                    each.blocks(),
                    each.stripes(),
                    each.frontiers(),
                    each.streams(),
                    number("%.2f", each.trimFraction()),
                    number("%.4f", each.alphaEffective()),
                    number("%.3f", each.writeAmplification()),
                    each.oracle().name(),
                    number("%.3f", each.oracle().value()),
                    number("%+.2f%%", PERCENT * each.oracle().relativeError()),
                    each.oracle().fits()
                            ? ""
                            : number("more than %.1f%%", PERCENT * each.oracle().tolerance()));
        }
        table.print(out);
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
