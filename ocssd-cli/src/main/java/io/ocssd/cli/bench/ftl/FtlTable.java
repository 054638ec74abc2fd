package io.ocssd.cli.bench.ftl;

import io.ocssd.policy.PolicyChoice;
import java.util.ArrayList;
import java.util.List;

/**
 * The runs that something is known about: formulas for most, and for the others what an independent simulator came to, with
 * units of 64 pages (800 to 4000 of them; its runs differ by 1 to 3 % among themselves).
 *
 * <p>Frontiers that are shared still keep moved pages and user pages apart to a degree, under loads that are not uniform, since
 * a victim's pages are moved all at once; the simulator moves them so, too.
 */
final class FtlTable {
    /**
     * A run of the table.
     *
     * @param setup what is run
     * @param simulated what the independent simulator came to; 0 where there is a formula
     */
    record Cell(FtlSetup setup, double simulated) {
        private static final double SIMULATED_TOLERANCE = 0.05;

        /** What is known about it. */
        Oracle oracle(double alphaEffective) {
            return simulated > 0
                    ? new Oracle("simulated", simulated, SIMULATED_TOLERANCE)
                    : Oracle.of(setup, alphaEffective).orElseThrow();
        }
    }

    private static final double[] UNIFORM_OVERPROVISIONS = {0.07, 0.10, 0.15, 0.28, 0.50};
    private static final double[] SKEWED_OVERPROVISIONS = {0.10, 0.28};
    private static final String[] HOT_COLD = {"hotcold:0.2/0.8", "hotcold:0.1/0.9", "hotcold:0.05/0.95"};
    private static final int[] UNIT_PAGES = {32, 64, 128, 256};
    private static final int[] STRIPES = {1, 4, 16};
    private static final int PAGES = 64;
    private static final int FEW_UNITS = 1024;
    private static final int MANY_UNITS = 2048;
    private static final int FOR_MOST_SKEWED = 8192;
    private static final double USUAL_WARMUP = 2;
    private static final double USUAL_MEASURE = 5;
    /** Skewed loads forget how they began only when their cold pages were written a few times. */
    private static final double LONG_WARMUP = 15;

    private static final double LONG_MEASURE = 10;

    private final List<Cell> cells = new ArrayList<>();
    private final long seed;

    private FtlTable(long seed) {
        this.seed = seed;
    }

    /** All runs, in their order. */
    static List<Cell> cells(long seed) {
        FtlTable table = new FtlTable(seed);
        table.uniform();
        table.trims();
        table.skewedFifo();
        table.separated();
        table.matrix();
        table.zones();
        return List.copyOf(table.cells);
    }

    private void uniform() {
        for (double op : UNIFORM_OVERPROVISIONS) {
            for (int stripes : STRIPES) {
                for (boolean separate : new boolean[] {false, true}) {
                    uniform(op, PAGES, stripes, separate, "random");
                    uniform(op, PAGES, stripes, separate, "fifo");
                    for (int pages : UNIT_PAGES) {
                        uniform(op, pages, stripes, separate, "greedy");
                    }
                    for (int choices : new int[] {2, 5, 10}) {
                        uniform(op, PAGES, stripes, separate, "d-choices:d=" + choices);
                    }
                }
            }
        }
    }

    private void uniform(double op, int pages, int stripes, boolean separate, String victims) {
        int units = stripes > 4 ? MANY_UNITS : FEW_UNITS;
        cells.add(new Cell(
                setup(op, units, pages, stripes, separate, false, victims, "uniform", 0, USUAL_WARMUP, USUAL_MEASURE),
                0));
    }

    private void trims() {
        for (String victims : new String[] {"fifo", "greedy"}) {
            for (double trims : new double[] {0.05, 0.1, 0.2}) {
                cells.add(new Cell(
                        setup(0.1, FEW_UNITS, PAGES, 1, false, false, victims, "uniform", trims, 2 * USUAL_WARMUP, 10),
                        0));
            }
        }
    }

    private void skewedFifo() {
        for (double op : UNIFORM_OVERPROVISIONS) {
            for (String load : HOT_COLD) {
                skewed(op, FEW_UNITS, false, false, "fifo", load, 0);
            }
            skewed(op, FEW_UNITS, false, false, "fifo", "zipf:0.99", 0);
        }
    }

    private void separated() {
        for (double op : UNIFORM_OVERPROVISIONS) {
            for (int load = 0; load < HOT_COLD.length; load++) {
                // The formula is for infinitely many units; the more the load is skewed the more it takes to come near.
                skewed(op, load == 2 ? FOR_MOST_SKEWED : MANY_UNITS, false, true, "greedy", HOT_COLD[load], 0);
            }
        }
    }

    private void matrix() {
        double[][] greedyShared = {{5.61, 2.67}, {6.02, 2.86}, {6.24, 2.93}};
        double[][] greedySeparate = {{5.59, 2.65}, {6.01, 2.87}, {6.21, 2.98}};
        double[][] benefitShared = {{4.82, 2.30}, {3.40, 1.84}, {2.27, 1.54}};
        double[][] benefitSeparate = {{4.85, 2.27}, {3.45, 1.77}, {2.34, 1.36}};
        double[][] benefitStreams = {{3.74, 1.85}, {2.44, 1.45}, {1.70, 1.23}};
        for (int load = 0; load < HOT_COLD.length; load++) {
            matrix(false, false, "greedy", HOT_COLD[load], greedyShared[load]);
            matrix(true, false, "greedy", HOT_COLD[load], greedySeparate[load]);
            matrix(false, false, "cost-benefit", HOT_COLD[load], benefitShared[load]);
            matrix(true, false, "cost-benefit", HOT_COLD[load], benefitSeparate[load]);
            matrix(false, true, "cost-benefit", HOT_COLD[load], benefitStreams[load]);
        }
        matrix(true, false, "d-choices:d=2", HOT_COLD[0], 7.22, 3.13);
        matrix(true, false, "d-choices:d=4", HOT_COLD[0], 5.75, 2.61);
        matrix(true, false, "d-choices:d=10", HOT_COLD[0], 5.33, 2.49);
        matrix(true, false, "d-choices:d=2", HOT_COLD[2], 6.07, 2.67);
        matrix(true, false, "d-choices:d=4", HOT_COLD[2], 3.70, 1.85);
        matrix(true, false, "d-choices:d=10", HOT_COLD[2], 2.87, 1.59);
        matrix(false, false, "cost-benefit", "uniform", 5.34, 2.42);
        matrix(false, false, "windowed:percent=5", "uniform", 5.50, 2.44);
        matrix(false, false, "windowed:percent=10", "uniform", 5.41, 2.42);
        matrix(false, false, "windowed:percent=25", "uniform", 5.29, 2.41);
        matrix(false, false, "windowed:percent=50", "uniform", 5.25, 2.41);
    }

    private void matrix(boolean separate, boolean streams, String victims, String load, double... simulated) {
        for (int i = 0; i < SKEWED_OVERPROVISIONS.length; i++) {
            skewed(SKEWED_OVERPROVISIONS[i], MANY_UNITS, separate, streams, victims, load, simulated[i]);
        }
    }

    /** Four writers of zones of a quarter of a unit, with as much room as drives of 7 and 28 % by their capacity have. */
    private void zones() {
        cells.add(new Cell(setup(0.145, 512, 1024, 1, false, false, "greedy", "zones:4", 0, 5, 5), 2.85));
        cells.add(new Cell(setup(0.374, 512, 1024, 1, false, false, "greedy", "zones:4", 0, 5, 5), 1.65));
    }

    private void skewed(
            double op, int units, boolean separate, boolean streams, String victims, String load, double simulated) {
        cells.add(new Cell(
                setup(op, units, PAGES, 1, separate, streams, victims, load, 0, LONG_WARMUP, LONG_MEASURE), simulated));
    }

    private FtlSetup setup(
            double op,
            int units,
            int pages,
            int stripes,
            boolean separate,
            boolean streams,
            String victims,
            String load,
            double trims,
            double warmup,
            double measure) {
        return new FtlSetup(
                op,
                units,
                pages,
                stripes,
                0,
                separate,
                streams,
                PolicyChoice.parse(victims),
                PolicyChoice.of("on-demand"),
                PolicyChoice.of("none"),
                LoadChoice.parse(load),
                trims,
                warmup,
                measure,
                seed);
    }
}
