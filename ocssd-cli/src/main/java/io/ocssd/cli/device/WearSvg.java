package io.ocssd.cli.device;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * A map of a drive as an SVG picture: a row for each LUN, a column for each block; in a row the colour is the wear, and the
 * stripe below it the state.
 *
 * <p>Neighbours of the same colour are one rectangle, so that the picture of a large new drive is small.
 */
final class WearSvg {
    private static final int LEFT = 90;
    private static final int TOP = 60;
    private static final int RIGHT = 20;
    private static final int BOTTOM = 70;
    private static final double WIDTH = 960;
    private static final double MOST_BLOCK_WIDTH = 14;
    private static final int HEAT_HEIGHT = 10;
    private static final int STATE_HEIGHT = 3;
    private static final int ROW_HEIGHT = 16;
    /** Colours of the scale, the coldest first. */
    private static final int STEPS = 32;

    private static final int[] COLD = {255, 255, 204};
    private static final int[] WARM = {253, 141, 60};
    private static final int[] HOT = {128, 0, 38};
    private static final String NEW = "#f0f0f0";
    private static final String BAD = "#000000";

    private final StringBuilder svg = new StringBuilder();
    private final String title;
    private final BlockReport report;
    private final Geometry geometry;
    private final HeatScale scale;
    private final double blockWidth;

    /**
     * A picture.
     *
     * @param title stands above it
     */
    WearSvg(String title, BlockReport report) {
        this.title = title;
        this.report = report;
        this.geometry = report.geometry();
        this.scale = new HeatScale(report);
        this.blockWidth = Math.min(MOST_BLOCK_WIDTH, WIDTH / geometry.blocksPerLun());
    }

    /** The document. */
    String draw() {
        double width = LEFT + Math.max(600, blockWidth * geometry.blocksPerLun()) + RIGHT;
        int height = TOP + ROW_HEIGHT * geometry.luns() + BOTTOM;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %d\" width=\"%s\" height=\"%d\""
                        + " font-family=\"sans-serif\" font-size=\"11\">%n",
                number(width), height, number(width), height);
        add("<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n");
        add("<text x=\"%d\" y=\"24\" font-size=\"16\">%s</text>%n", LEFT, escape(title));
        add("<text x=\"%d\" y=\"42\" fill=\"#555555\">%s</text>%n", LEFT, escape(summary()));
        for (int lun = 0; lun < geometry.luns(); lun++) {
            row(lun);
        }
        legend(TOP + ROW_HEIGHT * geometry.luns() + 20);
        add("</svg>%n");
        return svg.toString();
    }

    private void row(int lun) {
        double y = TOP + (double) ROW_HEIGHT * lun;
        add(
                "<text x=\"%d\" y=\"%s\" text-anchor=\"end\">ch %d lun %d</text>%n",
                LEFT - 8, number(y + HEAT_HEIGHT), lun / geometry.lunsPerChannel(), lun % geometry.lunsPerChannel());
        runs(lun, y, HEAT_HEIGHT, this::heatColour);
        runs(lun, y + HEAT_HEIGHT, STATE_HEIGHT, block -> stateColour(report.state(block)));
    }

    private void runs(int lun, double y, int height, IntFunction<String> colour) {
        int first = lun * geometry.blocksPerLun();
        int end = first + geometry.blocksPerLun();
        for (int from = first, to; from < end; from = to) {
            String fill = colour.apply(from);
            to = from + 1;
            while (to < end && colour.apply(to).equals(fill)) {
                to++;
            }
            rectangle(LEFT + (from - first) * blockWidth, y, (to - from) * blockWidth, height, fill);
        }
    }

    private String heatColour(int block) {
        if (scale.isBad(block)) {
            return BAD;
        }
        double heat = scale.heat(block);
        return heat == 0 ? NEW : stepColour((int) Math.min(STEPS - 1, heat * STEPS));
    }

    private static String stepColour(int step) {
        double at = (double) step / (STEPS - 1);
        return at < 0.5 ? between(COLD, WARM, 2 * at) : between(WARM, HOT, 2 * at - 1);
    }

    private static String between(int[] one, int[] other, double at) {
        int colour = 0;
        for (int i = 0; i < one.length; i++) {
            colour = colour << 8 | (int) Math.round(one[i] + (other[i] - one[i]) * at);
        }
        return String.format(Locale.ROOT, "#%06x", colour);
    }

    private static String stateColour(BlockState state) {
        return switch (state) {
            case FREE -> "#d9d9d9";
            case OPEN -> "#ff7f0e";
            case CLOSED -> "#2ca02c";
            case OFFLINE -> BAD;
        };
    }

    private void legend(int y) {
        int x = LEFT;
        for (int step = 0; step < STEPS; step++) {
            rectangle(x + 6.0 * step, y, 6, HEAT_HEIGHT, stepColour(step));
        }
        add("<text x=\"%d\" y=\"%d\">1</text>%n", x, y + 24);
        add("<text x=\"%d\" y=\"%d\">%s</text>%n", x + 6 * STEPS - 10, y + 24, escape(scale.top()));
        x += 6 * STEPS + 110;
        rectangle(x, y, 12, HEAT_HEIGHT, NEW);
        add("<text x=\"%d\" y=\"%d\">none</text>%n", x + 16, y + 9);
        rectangle(x + 60, y, 12, HEAT_HEIGHT, BAD);
        add("<text x=\"%d\" y=\"%d\">bad</text>%n", x + 76, y + 9);
        int at = x;
        for (BlockState state : BlockState.values()) {
            rectangle(at, y + 20.0, 12, STATE_HEIGHT, stateColour(state));
            add("<text x=\"%d\" y=\"%d\">%s</text>%n", at + 16, y + 26, state.label());
            at += 70;
        }
    }

    private String summary() {
        EraseSummary erases = scale.erases();
        String bad = report.count(BlockState.OFFLINE) + " of " + geometry.blocks() + " blocks bad";
        return erases.isKnown()
                ? bad + "; " + erases.total() + " erases, " + erases.least() + " to " + erases.most() + " a block"
                : bad + "; the device does not tell erases";
    }

    private void rectangle(double x, double y, double width, double height, String fill) {
        add(
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>%n",
                number(x), number(y), number(width), number(height), fill);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format.replace("%n", "\n"), values));
    }

    /** Without digits that nobody sees. */
    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
