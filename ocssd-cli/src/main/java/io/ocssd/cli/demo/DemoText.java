package io.ocssd.cli.demo;

import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.terminal.Colour;
import io.ocssd.lsm.workload.DemoReport;
import io.ocssd.lsm.workload.DemoResult;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** The report of a demo for a person. */
final class DemoText {
    private final PrintStream out;
    private final boolean colours;

    DemoText(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    void print(DemoResult result) {
        DemoReport report = result.report();
        out.println();
        verdict(report);
        out.println();
        work(report);
        crash(report);
        bytes(report);
        out.println();
        head("the drive's blocks");
        new BlockMap(result, colours).print(out);
    }

    private void verdict(DemoReport report) {
        String counts =
                report.lost() + " lost, " + report.resurrected() + " resurrected, " + report.damaged() + " damaged";
        out.println(
                report.verified()
                        ? Colour.GREEN.paint("verified", colours) + ": " + counts + ", the check is clean"
                        : Colour.RED.paint("NOT VERIFIED", colours) + ": " + counts + ", " + report.strangers()
                                + " strangers, " + report.unreadBack() + " not read back, "
                                + report.checkFindings().size() + " findings"
                                + (report.prefixConsistent() ? "" : ", no prefix of the operations fits")
                                + (report.reconciles() ? "" : ", the bytes do not add up")
                                + (report.everyDataBlockErased() ? "" : ", not every block was erased"));
        report.checkFindings().forEach(finding -> out.println("  " + finding));
    }

    private void work(DemoReport report) {
        String clock = report.clock().equals("virtual") ? " of the drive's time" : "";
        head("what was done" + (clock.isEmpty() ? "" : ", in virtual time"));
        line(
                "loaded",
                Numbers.count(report.entries()) + " files of the runtime image of Java " + report.javaVersion() + ", "
                        + megabytes(report.sourceBytes()) + ", " + Numbers.rate(report.loadMegabytesPerSecond())
                        + (report.skippedEntries() == 0
                                ? ""
                                : "; " + report.skippedEntries() + " left out, too large for the store"));
        line("read back", Numbers.rate(report.readBackMegabytesPerSecond()));
        line(
                "rewrote",
                report.rewritePasses() + " passes in " + Numbers.nanos(report.rewriteNanos()) + clock + "; "
                        + Numbers.count(report.puts()) + " puts, " + Numbers.count(report.deletes()) + " deletes, "
                        + Numbers.count(report.syncs()) + " syncs in all");
    }

    private void crash(DemoReport report) {
        line(
                "power cut",
                "at device command " + Numbers.count(report.cutCommand()) + " after reopening"
                        + (report.commandsInFlight() == null ? "" : ", " + report.commandsInFlight() + " in flight")
                        + "; " + report.unacknowledgedOperations() + " operations not acknowledged, "
                        + report.survivingOperations() + " of them survived");
        line(
                "recovered",
                "in " + Numbers.nanos(report.recoveryNanos()) + ": "
                        + Numbers.count(report.recoveryReplayedEntries()) + " entries from the log, "
                        + report.recoveryPaddedSectors() + " sectors of filler");
        line(
                "checked",
                Numbers.count(report.verifiedEntries()) + " entries and "
                        + Numbers.count(report.verifiedDeletes()) + " deletes in " + Numbers.nanos(report.verifyNanos())
                        + "; the scan found " + Numbers.count(report.scannedEntries()));
    }

    private void bytes(DemoReport report) {
        out.println();
        head("bytes programmed, by class");
        for (Map.Entry<String, Long> each : report.programmedBytes().entrySet()) {
            line(
                    each.getKey(),
                    String.format(
                            Locale.ROOT,
                            "%,16d  %5.1f %%",
                            each.getValue(),
                            100.0 * each.getValue() / Math.max(1, report.programmedBytesTotal())));
        }
        line(
                "sum",
                String.format(Locale.ROOT, "%,16d", report.programmedBytesTotal())
                        + (report.reconciles() ? "  = " : "  is NOT ") + Numbers.count(report.programmedSectors())
                        + " sectors x " + report.sectorBytes() + " bytes");
        out.println();
        head("write amplification");
        line("below store", Numbers.ratio(report.writeAmplification()) + "  (payload + relocated) / payload");
        line("device", Numbers.ratio(report.deviceWriteAmplification()) + "  everything programmed / payload");
        line(
                "application",
                Numbers.ratio(report.applicationWriteAmplification()) + "  payload / bytes handed to puts and deletes");
        line(
                "erases",
                Numbers.count(report.erases()) + ", each of " + report.dataBlocks() + " data blocks "
                        + report.leastErases() + " to " + report.mostErases() + " times; programmed "
                        + String.format(
                                Locale.ROOT, "%.1f", (double) report.programmedBytesTotal() / report.capacityBytes())
                        + " times the capacity of " + Numbers.bytes(report.capacityBytes()));
        line(
                "device",
                Numbers.count(report.commands()) + " commands, " + Numbers.count(report.readSectors())
                        + " sectors read");
        line("seed", Long.toString(report.seed()));
        if (report.hostCostNanos() != null) {
            line("host costs", report.hostCostNanos() + " ns");
        }
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private void head(String text) {
        out.println(Colour.BOLD.paint(text, colours));
    }

    private void line(String name, String value) {
        out.printf("  %-12s %s%n", name, value);
    }
}
