package io.ocssd.cli.watch;

import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Table;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Intervals for people: one screen that is drawn again and again, or a line for each drive and target. */
final class WatchText implements WatchDisplay {
    /** To the upper left corner, and everything behind it cleared. */
    private static final String REDRAW = "\u001b[H\u001b[2J";

    private final PrintStream out;
    private final boolean screen;

    /**
     * A display.
     *
     * @param screen whether codes of a terminal may be used
     */
    WatchText(PrintStream out, boolean screen) {
        this.out = out;
        this.screen = screen;
    }

    @Override
    public void show(Interval interval) {
        if (screen) {
            draw(interval);
        } else {
            interval.devices().forEach(this::line);
            interval.targets().forEach(this::line);
        }
    }

    @Override
    public void close() {}

    private void draw(Interval interval) {
        out.print(REDRAW);
        List<Rates> all = new ArrayList<>(interval.devices());
        all.addAll(interval.targets());
        out.println("Process " + interval.process() + ", the last "
                + Numbers.nanos(all.get(0).intervalNanos()) + " (Ctrl-C ends)");
        out.println();
        Table bytes =
                new Table("drive, target", ">read", ">payload", ">relocated", ">padding", ">metadata", ">all/payload");
        Table others = new Table(
                "drive, target",
                ">commands/s",
                ">under way",
                ">open",
                ">erases/s",
                ">stalls/s",
                ">stalled",
                ">failed",
                ">retired");
        for (Rates each : all) {
            bytes.row(
                    name(each),
                    megabytes(each.readBytesPerSecond()),
                    megabytes(each.payloadBytesPerSecond()),
                    megabytes(each.relocatedBytesPerSecond()),
                    megabytes(each.paddingBytesPerSecond()),
                    megabytes(each.metadataBytesPerSecond()),
                    ratio(each.deviceWriteAmplification()));
            others.row(
                    name(each),
                    Numbers.count(Math.round(each.commandsPerSecond())),
                    orNothing(each.commandsUnderWay()),
                    orNothing(each.openBlocks()),
                    decimal(each.erasesPerSecond()),
                    decimal(each.stallsPerSecond()),
                    decimal(each.stalledWriters()),
                    orNothing(each.failedPrograms()),
                    orNothing(each.retiredBlocks()));
        }
        bytes.print(out);
        out.println();
        others.print(out);
    }

    private void line(Rates rates) {
        out.println(name(rates) + ": over " + seconds(rates.intervalNanos())
                + ": read " + megabytes(rates.readBytesPerSecond())
                + ", payload " + megabytes(rates.payloadBytesPerSecond())
                + ", programmed " + megabytes(rates.programmedBytesPerSecond())
                + ", " + decimal(rates.erasesPerSecond()) + " erases/s, "
                + Numbers.count(Math.round(rates.commandsPerSecond())) + " commands/s"
                + (rates.stallsPerSecond() == null
                        ? ""
                        : ", " + rates.commandsUnderWay() + " under way, " + decimal(rates.stallsPerSecond())
                                + " stalls/s, " + decimal(rates.stalledWriters()) + " writers stalled"));
    }

    private static String name(Rates rates) {
        return rates.target() == null ? rates.device() : "target " + rates.target();
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", Duration.ofNanos(nanos).toMillis() / 1e3);
    }

    private static String megabytes(double bytesPerSecond) {
        return String.format(Locale.ROOT, "%.1f MB/s", bytesPerSecond / 1e6);
    }

    private static String decimal(Double value) {
        return value == null ? "" : String.format(Locale.ROOT, "%.1f", value);
    }

    private static String ratio(Double value) {
        return value == null ? "" : Numbers.ratio(value);
    }

    private static String orNothing(Long value) {
        return value == null ? "" : Numbers.count(value);
    }
}
