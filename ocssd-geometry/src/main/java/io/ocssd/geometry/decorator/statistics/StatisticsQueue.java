package io.ocssd.geometry.decorator.statistics;

import io.ocssd.device.Completion;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.decorator.ForwardedCommands;
import io.ocssd.scheduler.Scheduler;

/** A queue that counts what it does. */
final class StatisticsQueue implements IoQueue {
    private final StatisticsDevice device;
    private final IoQueue inner;
    private final Geometry geometry;
    private final Scheduler scheduler;
    private final StatisticsCells cells;
    private final ForwardedCommands handedOn;
    private final StatisticsSlot[] slots;
    /** For whoever takes a snapshot; written by the task of the queue. */
    private volatile int inFlight;

    private boolean closed;

    StatisticsQueue(StatisticsDevice device, IoQueue inner, Scheduler scheduler) {
        this.device = device;
        this.inner = inner;
        this.geometry = device.geometry();
        this.scheduler = scheduler;
        this.cells = new StatisticsCells(geometry);
        this.handedOn = new ForwardedCommands(inner);
        this.slots = new StatisticsSlot[handedOn.slots()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new StatisticsSlot();
        }
    }

    StatisticsCells cells() {
        return cells;
    }

    @Override
    public int depth() {
        return inner.depth();
    }

    @Override
    public int inFlight() {
        return inFlight;
    }

    @Override
    public boolean submit(IoCommand command) throws GoneException {
        long now = scheduler.nanoTime();
        int slot = handedOn.submit(command);
        if (slot == ForwardedCommands.NONE) {
            return false;
        }
        slots[slot].take(command, geometry, now);
        cells.submitted(handedOn.count() - 1);
        inFlight = handedOn.count();
        return true;
    }

    @Override
    public boolean poll(Completion completion) throws GoneException {
        int slot = handedOn.poll(completion);
        if (slot == ForwardedCommands.NONE) {
            return false;
        }
        StatisticsSlot of = slots[slot];
        cells.completed(
                of,
                scheduler.nanoTime() - of.submittedNanos(),
                NvmeStatus.isDataGood(completion.status()),
                completion.failedAddresses());
        inFlight = handedOn.count();
        return true;
    }

    @Override
    public int await(int min, long deadlineNanos) throws GoneException {
        return inner.await(min, deadlineNanos);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Completion completion = new Completion();
        try {
            while (inFlight() > 0) {
                await(inFlight(), Long.MAX_VALUE);
                while (poll(completion)) {
                    // Counted, and nobody wants to know any more.
                }
            }
        } catch (GoneException e) {
            // Then nothing is in flight any more, which is what was waited for.
        }
        inFlight = 0;
        device.closed(this);
        inner.close();
    }
}
