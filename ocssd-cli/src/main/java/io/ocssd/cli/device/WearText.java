package io.ocssd.cli.device;

import io.ocssd.cli.frame.BlockGrid;
import io.ocssd.cli.frame.BlockGrid.Cell;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.terminal.Colour;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import java.io.PrintStream;
import java.util.Locale;

/** Two maps of a drive for a terminal: how hot its blocks are, and in which states. */
final class WearText {
    /** What a LUN's name takes. */
    private static final int MARGIN = 15;

    private static final Cell BAD = new Cell('X', Colour.RED);

    private final PrintStream out;
    private final boolean colours;
    private final BlockReport report;
    private final HeatScale scale;
    private final BlockGrid grid;

    WearText(PrintStream out, boolean colours, int columns, BlockReport report) {
        this.out = out;
        this.colours = colours;
        this.report = report;
        this.scale = new HeatScale(report);
        int cells = columns - MARGIN;
        this.grid = new BlockGrid(report.geometry(), cells, cells, colours);
    }

    void print() {
        head(scale.erases().isKnown() ? "erases" : "wear index");
        grid.print(out, this::heat);
        String digits = countsErases() ? "1-9 erases" : "0-9 tenths of " + scale.top();
        out.println("  . none   " + digits + "   " + BAD.paint(1, colours) + " bad" + shared("most"));
        out.println();
        head("states");
        grid.print(out, this::state);
        out.println("  . free   o open   # closed   " + BAD.paint(1, colours) + " bad" + shared("worst"));
        out.println();
        totals();
    }

    /** Whether a digit is enough for the erases of any block. */
    private boolean countsErases() {
        return scale.erases().isKnown() && scale.erases().most() <= 9;
    }

    private String shared(String which) {
        return grid.blocksOfCell() == 1
                ? ""
                : "   (a character is the " + which + " of " + grid.blocksOfCell() + " blocks)";
    }

    private Cell heat(int first, int end) {
        double hottest = 0;
        for (int block = first; block < end; block++) {
            if (scale.isBad(block)) {
                return BAD;
            }
            hottest = Math.max(hottest, scale.heat(block));
        }
        if (hottest == 0) {
            return new Cell('.', Colour.FAINT);
        }
        int tenth = Math.min(9, (int) (hottest * 10));
        long erases = Math.round(hottest * scale.erases().most());
        Colour colour = tenth < 3 ? Colour.ON_BLUE : tenth < 6 ? Colour.ON_GREEN : Colour.ON_YELLOW;
        return new Cell((char) ('0' + (countsErases() ? erases : tenth)), tenth == 9 ? Colour.ON_RED : colour);
    }

    private Cell state(int first, int end) {
        BlockState worst = report.state(first);
        for (int block = first + 1; block < end; block++) {
            worst = rank(report.state(block)) > rank(worst) ? report.state(block) : worst;
        }
        return switch (worst) {
            case FREE -> new Cell('.', Colour.FAINT);
            case OPEN -> new Cell('o', Colour.ON_YELLOW);
            case CLOSED -> new Cell('#', Colour.ON_GREEN);
            case OFFLINE -> BAD;
        };
    }

    /** What stands out most among neighbours. */
    private static int rank(BlockState state) {
        return switch (state) {
            case FREE -> 0;
            case CLOSED -> 1;
            case OPEN -> 2;
            case OFFLINE -> 3;
        };
    }

    private void totals() {
        int bad = report.count(BlockState.OFFLINE);
        out.println(Numbers.count(report.geometry().blocks()) + " blocks, " + bad + " bad; " + erases());
    }

    private String erases() {
        EraseSummary erases = scale.erases();
        return erases.isKnown()
                ? Numbers.count(erases.total()) + " erases: " + erases.least() + " to " + erases.most() + " a block, "
                        + String.format(Locale.ROOT, "%.2f", erases.mean()) + " on average, coefficient of variation "
                        + String.format(Locale.ROOT, "%.3f", erases.cov())
                : "the device does not tell erases";
    }

    private void head(String text) {
        out.println(Colour.BOLD.paint(text, colours));
    }
}
