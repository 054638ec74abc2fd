package io.ocssd.cli.demo;

import com.google.common.collect.ImmutableSet;
import io.ocssd.cli.terminal.Colour;
import io.ocssd.device.BlockReport;
import io.ocssd.device.Geometry;
import io.ocssd.lsm.workload.DemoResult;
import java.io.PrintStream;
import java.util.Locale;

/** The blocks of a drive, one character each, a row for each LUN. */
final class BlockMap {
    private static final int BLOCKS_OF_ROW = 128;

    private final BlockReport report;
    private final ImmutableSet<Integer> reserved;
    private final boolean colours;

    BlockMap(DemoResult result, boolean colours) {
        this.report = result.blocks();
        this.reserved = ImmutableSet.copyOf(result.reservedBlocks());
        this.colours = colours;
    }

    void print(PrintStream out) {
        Geometry geometry = report.geometry();
        for (int lun = 0; lun < geometry.luns(); lun++) {
            String name = "ch " + lun / geometry.lunsPerChannel() + " lun " + lun % geometry.lunsPerChannel();
            for (int first = 0; first < geometry.blocksPerLun(); first += BLOCKS_OF_ROW) {
                out.printf("  %-12s", first == 0 ? name : "");
                int end = Math.min(geometry.blocksPerLun(), first + BLOCKS_OF_ROW);
                out.print(cells(lun * geometry.blocksPerLun() + first, lun * geometry.blocksPerLun() + end));
                out.println();
            }
        }
        StringBuilder legend = new StringBuilder("  ");
        for (Cell cell : Cell.values()) {
            legend.append(cell.paint(1, colours))
                    .append(' ')
                    .append(cell.label())
                    .append("   ");
        }
        out.println(legend.toString().stripTrailing());
    }

    /** Equal neighbours share their colour codes. */
    private String cells(int first, int end) {
        StringBuilder row = new StringBuilder();
        for (int block = first; block < end; ) {
            Cell cell = cell(block);
            int next = block;
            while (next < end && cell(next) == cell) {
                next++;
            }
            row.append(cell.paint(next - block, colours));
            block = next;
        }
        return row.toString();
    }

    private Cell cell(int block) {
        if (reserved.contains(block)) {
            return Cell.LABEL;
        }
        return switch (report.state(block)) {
            case FREE -> Cell.FREE;
            case OPEN -> Cell.OPEN;
            case CLOSED -> Cell.CLOSED;
            case OFFLINE -> Cell.BAD;
        };
    }

    /** How a block is shown. */
    private enum Cell {
        FREE('.', Colour.FAINT),
        OPEN('o', Colour.ON_YELLOW),
        CLOSED('#', Colour.ON_GREEN),
        BAD('X', Colour.ON_RED),
        LABEL('L', Colour.ON_BLUE);

        private final char letter;
        private final Colour colour;

        Cell(char letter, Colour colour) {
            this.letter = letter;
            this.colour = colour;
        }

        String paint(int blocks, boolean colours) {
            return colour.paint(String.valueOf(letter).repeat(blocks), colours);
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
