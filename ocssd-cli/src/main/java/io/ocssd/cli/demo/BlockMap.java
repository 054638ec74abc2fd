package io.ocssd.cli.demo;

import com.google.common.collect.ImmutableSet;
import io.ocssd.cli.terminal.Colour;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.lsm.workload.DemoResult;
import java.io.PrintStream;

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
                for (int block = first; block < end; block++) {
                    out.print(cell(lun * geometry.blocksPerLun() + block));
                }
                out.println();
            }
        }
        out.println("  " + legend(BlockState.FREE, "free") + legend(BlockState.OPEN, "open")
                + legend(BlockState.CLOSED, "closed") + legend(BlockState.OFFLINE, "bad")
                + Colour.ON_BLUE.paint("L", colours) + " label");
    }

    private String legend(BlockState state, String name) {
        return paint(state) + " " + name + "   ";
    }

    private String cell(int block) {
        return reserved.contains(block) ? Colour.ON_BLUE.paint("L", colours) : paint(report.state(block));
    }

    private String paint(BlockState state) {
        return switch (state) {
            case FREE -> Colour.FAINT.paint(".", colours);
            case OPEN -> Colour.ON_YELLOW.paint("o", colours);
            case CLOSED -> Colour.ON_GREEN.paint("#", colours);
            case OFFLINE -> Colour.ON_RED.paint("X", colours);
        };
    }
}
