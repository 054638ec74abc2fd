package io.ocssd.cli.demo;

import com.google.common.collect.ImmutableSet;
import io.ocssd.cli.frame.BlockGrid;
import io.ocssd.cli.terminal.Colour;
import io.ocssd.device.BlockReport;
import io.ocssd.lsm.workload.DemoResult;
import java.io.PrintStream;
import java.util.Locale;

/** The blocks of a drive, one character each, a row for each LUN. */
final class BlockMap {
    private static final int BLOCKS_OF_LINE = 128;

    private final BlockReport report;
    private final ImmutableSet<Integer> reserved;
    private final boolean colours;

    BlockMap(DemoResult result, boolean colours) {
        this.report = result.blocks();
        this.reserved = ImmutableSet.copyOf(result.reservedBlocks());
        this.colours = colours;
    }

    void print(PrintStream out) {
        int everyBlock = report.geometry().blocksPerLun();
        new BlockGrid(report.geometry(), BLOCKS_OF_LINE, everyBlock, colours)
                .print(out, (first, end) -> kind(first).cell);
        StringBuilder legend = new StringBuilder("  ");
        for (Kind kind : Kind.values()) {
            legend.append(kind.cell.paint(1, colours))
                    .append(' ')
                    .append(kind.label())
                    .append("   ");
        }
        out.println(legend.toString().stripTrailing());
    }

    private Kind kind(int block) {
        if (reserved.contains(block)) {
            return Kind.LABEL;
        }
        return switch (report.state(block)) {
            case FREE -> Kind.FREE;
            case OPEN -> Kind.OPEN;
            case CLOSED -> Kind.CLOSED;
            case OFFLINE -> Kind.BAD;
        };
    }

    /** What a block is. */
    @SuppressWarnings("ImmutableEnumChecker") // a record of a char and an enum
    private enum Kind {
        FREE('.', Colour.FAINT),
        OPEN('o', Colour.ON_YELLOW),
        CLOSED('#', Colour.ON_GREEN),
        BAD('X', Colour.ON_RED),
        LABEL('L', Colour.ON_BLUE);

        private final BlockGrid.Cell cell;

        Kind(char letter, Colour colour) {
            this.cell = new BlockGrid.Cell(letter, colour);
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
