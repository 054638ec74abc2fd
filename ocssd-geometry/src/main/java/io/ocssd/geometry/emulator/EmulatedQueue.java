package io.ocssd.geometry.emulator;

import io.ocssd.device.Completion;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.error.GoneException;
import io.ocssd.scheduler.HostCost;
import io.ocssd.scheduler.Scheduler;

/**
 * A queue of a {@link TimedEngine}: a fixed number of command slots, and the order in which they complete.
 *
 * <p>Slots under way are kept in a ring sorted by their due time; new ones nearly always belong at its end.
 */
final class EmulatedQueue implements IoQueue {
    static final int MAX_DEPTH = 1 << 16;

    private final TimedEngine engine;
    private final Scheduler scheduler;
    private final CommandSlot[] free;
    private int freeCount;
    /** Slots under way by due time, from {@link #head} on, {@link #underWay} of them. */
    private final CommandSlot[] ring;

    private final int mask;
    private int head;
    private int underWay;
    private final boolean commits;
    private boolean closed;

    EmulatedQueue(TimedEngine engine, Scheduler scheduler, Geometry geometry, int depth) {
        checkDepth(depth);
        this.engine = engine;
        this.scheduler = scheduler;
        this.free = new CommandSlot[depth];
        CommandScratch scratch = new CommandScratch(geometry);
        for (int i = 0; i < depth; i++) {
            free[i] = new CommandSlot(geometry, scratch);
        }
        this.freeCount = depth;
        this.ring = new CommandSlot[Integer.highestOneBit(2 * depth - 1)];
        this.mask = ring.length - 1;
        this.commits = engine.commits();
    }

    static void checkDepth(int depth) {
        if (depth < 1 || depth > MAX_DEPTH) {
            throw new IllegalArgumentException("depth=" + depth + " is not in 1.." + MAX_DEPTH);
        }
    }

    @Override
    public int depth() {
        return free.length;
    }

    @Override
    public int inFlight() {
        return underWay;
    }

    @Override
    public boolean submit(IoCommand command) throws GoneException {
        checkOpen();
        engine.checkThere();
        if (freeCount == 0) {
            return false;
        }
        CommandSlot slot = free[freeCount - 1];
        slot.take(command);
        scheduler.charge(HostCost.COMMAND, 1);
        engine.submit(slot);
        freeCount--;
        insert(slot);
        return true;
    }

    @Override
    public boolean poll(Completion completion) throws GoneException {
        checkOpen();
        long now = engine.settle();
        if (underWay == 0 || ring[head].dueNanos > now) {
            return false;
        }
        if (commits && ring[head].operation() != IoCommand.Operation.READ) {
            engine.commit();
        }
        CommandSlot slot = takeFirst();
        completion.set(slot.tag(), slot.status(), slot.failedAddresses(), slot.resultAddress());
        return true;
    }

    @Override
    public int await(int min, long deadlineNanos) throws GoneException {
        checkOpen();
        if (min < 0) {
            throw new IllegalArgumentException("min=" + min);
        }
        int wanted = Math.min(min, underWay);
        while (true) {
            long now = engine.settle();
            int there = countDue(now);
            if (there >= wanted || now >= deadlineNanos) {
                return there;
            }
            scheduler.sleepUntil(Math.min(deadlineNanos, ring[(head + wanted - 1) & mask].dueNanos));
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        try {
            if (underWay > 0) {
                await(underWay, Long.MAX_VALUE);
            }
        } catch (GoneException e) {
            // Then nothing is in flight any more, which is what was waited for.
            underWay = 0;
        }
        while (underWay > 0) {
            takeFirst();
        }
        closed = true;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the queue is closed, depth=" + depth());
        }
    }

    private int countDue(long now) {
        int count = 0;
        while (count < underWay && ring[(head + count) & mask].dueNanos <= now) {
            count++;
        }
        return count;
    }

    private void insert(CommandSlot slot) {
        int at = underWay++;
        while (at > 0 && ring[(head + at - 1) & mask].dueNanos > slot.dueNanos) {
            ring[(head + at) & mask] = ring[(head + at - 1) & mask];
            at--;
        }
        ring[(head + at) & mask] = slot;
    }

    private CommandSlot takeFirst() {
        CommandSlot slot = ring[head];
        ring[head] = null;
        head = (head + 1) & mask;
        underWay--;
        slot.forgetBuffers();
        free[freeCount++] = slot;
        return slot;
    }
}
