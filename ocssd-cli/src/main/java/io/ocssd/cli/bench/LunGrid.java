package io.ocssd.cli.bench;

import io.ocssd.cli.terminal.Colour;
import io.ocssd.device.Geometry;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** For how much of the time each LUN was at work, and the bus of its channel: a row for each channel. */
final class LunGrid {
    /** What fits on a line. */
    private static final int MOST_LUNS_OF_ROW = 16;

    private static final double HOT = 0.9;
    private static final double WARM = 0.3;

    private final PrintStream out;
    private final boolean colours;

    LunGrid(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    /** Prints it; nothing when the device does not tell. */
    void print(List<Double> fractions, List<Double> buses, Geometry geometry) {
        if (fractions == null) {
            return;
        }
        out.println(Colour.BOLD.paint("time at work" + (buses == null ? "" : ": bus, then LUNs"), colours));
        int idle = 0;
        for (int channel = 0; channel < geometry.channels(); channel++) {
            if (isIdle(fractions, channel, geometry)) {
                idle++;
            } else {
                row(fractions, buses, channel, geometry);
            }
        }
        if (idle > 0) {
            out.println("  " + idle + (idle == 1 ? " channel" : " channels") + " idle");
        }
        out.println();
    }

    private static boolean isIdle(List<Double> fractions, int channel, Geometry geometry) {
        int first = channel * geometry.lunsPerChannel();
        return fractions.subList(first, first + geometry.lunsPerChannel()).stream()
                .allMatch(each -> each == 0);
    }

    private void row(List<Double> fractions, List<Double> buses, int channel, Geometry geometry) {
        for (int first = 0; first < geometry.lunsPerChannel(); first += MOST_LUNS_OF_ROW) {
            StringBuilder row =
                    new StringBuilder(String.format(Locale.ROOT, "  %-6s", first == 0 ? "ch " + channel : ""));
            if (buses != null) {
                row.append(first == 0 ? cell(buses.get(channel)) + " " : " ".repeat(7));
            }
            int end = Math.min(geometry.lunsPerChannel(), first + MOST_LUNS_OF_ROW);
            for (int lun = first; lun < end; lun++) {
                row.append(cell(fractions.get(channel * geometry.lunsPerChannel() + lun)));
            }
            out.println(row.toString().stripTrailing());
        }
    }

    private String cell(double fraction) {
        String text =
                String.format(Locale.ROOT, "%5s", BenchText.percent(fraction).replace(" ", ""));
        Colour colour = fraction >= HOT ? Colour.RED : fraction >= WARM ? Colour.GREEN : Colour.FAINT;
        return " " + colour.paint(text, colours);
    }
}
