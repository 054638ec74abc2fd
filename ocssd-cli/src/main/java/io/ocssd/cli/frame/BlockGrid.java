package io.ocssd.cli.frame;

import io.ocssd.cli.terminal.Colour;
import io.ocssd.device.Geometry;
import java.io.PrintStream;

/** The blocks of a drive as characters: a row for each LUN, of several lines when a row does not fit on one. */
public final class BlockGrid {
    private final Geometry geometry;
    private final int cellsOfLine;
    private final int blocksOfCell;
    private final boolean colours;

    /**
     * How a cell is shown.
     *
     * @param letter one character
     * @param colour its colour, where there are colours
     */
    public record Cell(char letter, Colour colour) {
        /** The character, so many times. */
        public String paint(int times, boolean colours) {
            return colour.paint(String.valueOf(letter).repeat(times), colours);
        }
    }

    /** Says how neighbouring blocks of a LUN are shown. */
    public interface Painter {
        /**
         * The cell of some blocks.
         *
         * @param first linear number of the first
         * @param end linear number behind the last
         */
        Cell cell(int first, int end);
    }

    /**
     * A grid.
     *
     * @param cellsOfLine most cells on a line
     * @param mostCells most cells of a row: when a LUN has more blocks, neighbours share a cell
     */
    public BlockGrid(Geometry geometry, int cellsOfLine, int mostCells, boolean colours) {
        this.geometry = geometry;
        this.cellsOfLine = cellsOfLine;
        this.blocksOfCell = (geometry.blocksPerLun() + mostCells - 1) / mostCells;
        this.colours = colours;
    }

    /** How many blocks a cell stands for; the last one of a row may stand for fewer. */
    public int blocksOfCell() {
        return blocksOfCell;
    }

    /** Prints all rows. */
    public void print(PrintStream out, Painter painter) {
        int cells = (geometry.blocksPerLun() + blocksOfCell - 1) / blocksOfCell;
        for (int lun = 0; lun < geometry.luns(); lun++) {
            String name = "ch " + lun / geometry.lunsPerChannel() + " lun " + lun % geometry.lunsPerChannel();
            for (int from = 0; from < cells; from += cellsOfLine) {
                out.printf("  %-12s", from == 0 ? name : "");
                out.println(line(painter, lun, from, Math.min(cells, from + cellsOfLine)));
            }
        }
    }

    /** Equal neighbours share their colour codes. */
    private String line(Painter painter, int lun, int from, int end) {
        StringBuilder line = new StringBuilder();
        for (int at = from; at < end; ) {
            Cell cell = cell(painter, lun, at);
            int next = at + 1;
            while (next < end && cell(painter, lun, next).equals(cell)) {
                next++;
            }
            line.append(cell.paint(next - at, colours));
            at = next;
        }
        return line.toString();
    }

    private Cell cell(Painter painter, int lun, int cell) {
        int first = lun * geometry.blocksPerLun();
        int end = Math.min(geometry.blocksPerLun(), (cell + 1) * blocksOfCell);
        return painter.cell(first + cell * blocksOfCell, first + end);
    }
}
