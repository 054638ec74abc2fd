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
 * <p>Slots that have completed are kept in a ring until they are polled, sorted by their due time; new ones nearly always
 * belong at its end. That time may still lie ahead of the owner's: another task's clock may be ahead, and it let them complete.
 */
final class EmulatedQueue implements IoQueue {
    static final int MAX_DEPTH = 1 << 16;

    private final TimedEngine engine;
    private final Scheduler scheduler;
    private final TimedPort port;
    private final CommandSlot[] free;
    private int freeCount;
    /** Completed slots by due time, from {@link #head} on, {@link #completed} of them. */
    private final CommandSlot[] ring;

    private final int mask;
    private int head;
    private int completed;
    /** How many of the ring's slots are known to be due. */
    private int due;

    private final boolean commits;
    private boolean closed;

    EmulatedQueue(TimedEngine engine, Scheduler scheduler, Geometry geometry, int depth) {
        checkDepth(depth);
        this.engine = engine;
        this.scheduler = scheduler;
        this.port = new TimedPort(depth);
        this.free = new CommandSlot[depth];
        CommandScratch scratch = new CommandScratch(geometry);
        for (int i = 0; i < depth; i++) {
            free[i] = CommandSlot.of(geometry, scratch);
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
        return free.length - freeCount;
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
        engine.submit(slot, port);
        freeCount--;
        return true;
    }

    @Override
    public boolean poll(Completion completion) throws GoneException {
        checkOpen();
        long now = settle();
        if (completed == 0 || ring[head].dueNanos > now) {
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
        int wanted = Math.min(min, inFlight());
        while (true) {
            long now = settle();
            int there = countDue(now);
            if (there >= wanted || now >= deadlineNanos) {
                return there;
            }
            scheduler.sleepUntil(Math.min(deadlineNanos, wakeNanos()));
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        try {
            await(inFlight(), Long.MAX_VALUE);
            while (completed > 0) {
                takeFirst();
            }
        } catch (GoneException e) {
            // Then nothing is in flight any more, which is what was waited for.
            freeCount = free.length;
        }
        closed = true;
    }

    private long settle() throws GoneException {
        long now = engine.settle(port);
        for (CommandSlot slot; (slot = port.collect()) != null; ) {
            insert(slot);
        }
        return now;
    }

    /** When the next completion can be there that is not there now. */
    private long wakeNanos() {
        long known = due < completed ? ring[(head + due) & mask].dueNanos : Long.MAX_VALUE;
        return completed == inFlight() ? known : Math.min(known, engine.wakeNanos(port));
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the queue is closed, depth=" + depth());
        }
    }

    private int countDue(long now) {
        while (due < completed && ring[(head + due) & mask].dueNanos <= now) {
            due++;
        }
        return due;
    }

    private void insert(CommandSlot slot) {
        int at = completed++;
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
        completed--;
        due = Math.max(0, due - 1);
        slot.forgetBuffers();
        free[freeCount++] = slot;
        return slot;
    }
}
