package io.ocssd.cli.bench;

import io.ocssd.cli.bench.measure.Latencies;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.terminal.Colour;
import java.io.PrintStream;
import java.util.Locale;

/** How latencies are distributed, as bars over ranges whose bounds are 1, 2 or 5 times a power of ten. */
final class LatencyBars {
    private static final int WIDTH = 50;
    private static final int[] STEPS = {1, 2, 5};

    private final PrintStream out;
    private final boolean colours;

    LatencyBars(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    void print(String title, Latencies latencies) {
        if (latencies.count() == 0) {
            return;
        }
        out.println(Colour.BOLD.paint(title, colours));
        long from = 0;
        for (int i = 0; from <= latencies.maxNanos(); i++) {
            long to = bound(i);
            if (to > latencies.minNanos()) {
                row(from, to, (double) latencies.countBetween(from, to) / latencies.count());
            }
            from = to;
        }
        out.println();
    }

    private void row(long from, long to, double share) {
        int length = (int) Math.round(share * WIDTH);
        String bar = "#".repeat(length) + (length == 0 && share > 0 ? "." : "");
        out.printf(
                Locale.ROOT,
                "  %8s - %-8s %6.2f %%  %s%n",
                Numbers.nanos(from),
                Numbers.nanos(to),
                100 * share,
                Colour.GREEN.paint(bar, colours && !bar.isEmpty()));
    }

    /** The bounds from 100 ns on. */
    private static long bound(int index) {
        long power = 100;
        for (int i = index / STEPS.length; i > 0; i--) {
            power *= 10;
        }
        return STEPS[index % STEPS.length] * power;
    }
}
