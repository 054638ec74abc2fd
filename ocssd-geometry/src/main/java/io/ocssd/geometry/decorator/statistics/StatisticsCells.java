package io.ocssd.geometry.decorator.statistics;

import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.HdrHistogram.Histogram;

/**
 * Figures of one queue, by LUN and operation.
 *
 * <p>Its task writes, anyone may add it up: under a lock that is nearly always free.
 */
final class StatisticsCells {
    private static final int OPERATIONS = IoCommand.Operation.values().length;
    private static final int DIGITS = 2;
    /** An hour. What takes longer is counted as that. */
    private static final long MOST_NANOS = 3_600_000_000_000L;

    private static final class Cell {
        final Histogram latency = newHistogram();
        long commands;
        long failedCommands;
        long sectors;
    }

    private final Geometry geometry;
    private final ReentrantLock lock = new ReentrantLock();
    private final Cell[] cells;
    private int mostInFlight;
    private long submitted;
    private long foundInFlight;

    StatisticsCells(Geometry geometry) {
        this.geometry = geometry;
        this.cells = new Cell[geometry.luns() * OPERATIONS];
    }

    /** Within one percent, and small until something takes long. */
    static Histogram newHistogram() {
        Histogram histogram = new Histogram(DIGITS);
        histogram.setAutoResize(true);
        return histogram;
    }

    /** A command was submitted while so many others were under way. */
    void submitted(int inFlight) {
        lock.lock();
        try {
            submitted++;
            foundInFlight += inFlight;
            mostInFlight = Math.max(mostInFlight, inFlight + 1);
        } finally {
            lock.unlock();
        }
    }

    /** A command has completed. */
    void completed(StatisticsSlot slot, long nanos, boolean good, long failedAddresses) {
        lock.lock();
        try {
            for (int i = 0; i < slot.lunCount(); i++) {
                int at = slot.lun(i) * OPERATIONS + slot.operation().ordinal();
                Cell cell = cells[at];
                if (cell == null) {
                    cell = new Cell();
                    cells[at] = cell;
                }
                cell.commands++;
                cell.failedCommands += good ? 0 : 1;
                cell.sectors += slot.sectors(i, good ? 0 : failedAddresses);
                cell.latency.recordValue(Math.min(nanos, MOST_NANOS));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything. */
    void clear() {
        lock.lock();
        try {
            Arrays.fill(cells, null);
            mostInFlight = 0;
            submitted = 0;
            foundInFlight = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Adds these figures to others. */
    void addTo(StatisticsCells sum) {
        lock.lock();
        try {
            for (int i = 0; i < cells.length; i++) {
                if (cells[i] != null) {
                    sum.add(i, cells[i]);
                }
            }
            sum.mostInFlight = Math.max(sum.mostInFlight, mostInFlight);
            sum.submitted += submitted;
            sum.foundInFlight += foundInFlight;
        } finally {
            lock.unlock();
        }
    }

    private void add(int at, Cell more) {
        Cell cell = cells[at];
        if (cell == null) {
            cell = new Cell();
            cells[at] = cell;
        }
        cell.commands += more.commands;
        cell.failedCommands += more.failedCommands;
        cell.sectors += more.sectors;
        cell.latency.add(more.latency);
    }

    /** Rows of what was used; only of a sum that nobody else has. */
    void rows(List<LunStatistics> rows) {
        for (int i = 0; i < cells.length; i++) {
            Cell cell = cells[i];
            if (cell == null) {
                continue;
            }
            IoCommand.Operation operation = IoCommand.Operation.values()[i % OPERATIONS];
            rows.add(new LunStatistics(
                    i / OPERATIONS,
                    operation,
                    cell.commands,
                    cell.failedCommands,
                    cell.sectors,
                    StatisticsSlot.movesData(operation) ? cell.sectors * geometry.sectorBytes() : 0,
                    cell.latency));
        }
    }

    int mostInFlight() {
        return mostInFlight;
    }

    double meanInFlight() {
        return submitted == 0 ? 0 : (double) foundInFlight / submitted;
    }
}
