package io.ocssd.geometry.decorator.statistics;

import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoQueue;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.decorator.ForwardingDevice;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A device that counts, for every LUN and operation: commands, failures, sectors, bytes, and a histogram of latencies; and how
 * full its queues are.
 *
 * <p>Works over any device. {@link #snapshot()} may be called by any task at any time, also when the device is closed or gone.
 * A command costs two readings of the clock and two passes through a lock that is nearly always free, and allocates nothing
 * once its LUN and operation were used before.
 */
public final class StatisticsDevice extends ForwardingDevice {
    private final Scheduler scheduler;
    /** Where the figures go when the device is closed, or null. */
    private final StatisticsFile file;

    private final List<StatisticsQueue> queues = new ArrayList<>();
    /** Of queues that are closed. */
    private final StatisticsCells past;

    private long sinceNanos;
    private boolean closed;

    /**
     * Counts from now on.
     *
     * @param inner is closed with this one
     * @param scheduler the one that {@code inner} was opened with
     */
    public StatisticsDevice(FlashDevice inner, Scheduler scheduler) {
        this(
                inner,
                scheduler,
                null,
                StatisticsDecorator.NAME + "+" + inner.info().uri());
    }

    StatisticsDevice(FlashDevice inner, Scheduler scheduler, StatisticsFile file, String uri) {
        super(inner, uri);
        this.scheduler = scheduler;
        this.file = file;
        this.past = new StatisticsCells(inner.geometry());
        this.sinceNanos = scheduler.nanoTime();
    }

    @Override
    public synchronized IoQueue openQueue(int depth) throws GoneException {
        StatisticsQueue queue = new StatisticsQueue(this, inner().openQueue(depth), scheduler);
        queues.add(queue);
        return queue;
    }

    /** The figures, now. */
    public synchronized DeviceStatistics snapshot() {
        StatisticsCells sum = new StatisticsCells(geometry());
        past.addTo(sum);
        int inFlight = 0;
        for (StatisticsQueue each : queues) {
            each.cells().addTo(sum);
            inFlight += each.inFlight();
        }
        List<LunStatistics> rows = new ArrayList<>();
        sum.rows(rows);
        return new DeviceStatistics(
                sinceNanos, scheduler.nanoTime(), rows, inFlight, sum.mostInFlight(), sum.meanInFlight());
    }

    /** Begins anew. Commands under way are counted when they complete. */
    public synchronized void clear() {
        past.clear();
        queues.forEach(each -> each.cells().clear());
        sinceNanos = scheduler.nanoTime();
    }

    synchronized void closed(StatisticsQueue queue) {
        queue.cells().addTo(past);
        queues.remove(queue);
    }

    @Override
    public void close() {
        super.close();
        if (file == null || closed) {
            return;
        }
        closed = true;
        try (file) {
            file.write(snapshot());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
