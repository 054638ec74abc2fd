package io.ocssd.geometry.zns;

import io.ocssd.device.Completion;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.decorator.CommandShape;
import io.ocssd.scheduler.Scheduler;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * A queue over calls that return when their work is done: some tasks make the calls, so that several zones are busy at once.
 *
 * <p>A command that names a zone which an earlier one names too waits for that one, so commands to one zone take effect in the
 * order of submission and one write of a zone is under way at most. All others are up to whichever task is free. Tasks are
 * started when there is work for them, and wait without spinning when there is none; so does the owner in {@link #await}.
 * Nothing is allocated per command.
 */
final class ZnsQueue implements IoQueue {
    /** More calls than this at once make no drive faster. */
    private static final int MOST_TASKS = 32;

    private final Scheduler scheduler;
    private final Geometry geometry;
    private final Presence presence;
    private final ZoneWork work;
    private final Tally tally;
    private final int depth;
    private final ZnsSlot[] slots;

    /** Guards everything below, and is where idle tasks wait. */
    private final Object lock = new Object();

    private final int[] free;
    private int freeCount;
    /** Slots that were submitted and have not ended, in no particular order. */
    private final int[] underWay;

    private int underWayCount;
    private final IntRing ready;
    private final IntRing done;
    private int tasks;
    private int idleTasks;
    private boolean closed;
    /** The owner while it waits for this many completions. */
    private Thread waiter;

    private int waiterNeeds;

    ZnsQueue(
            int depth,
            Scheduler scheduler,
            Geometry geometry,
            Presence presence,
            ZonedDisk disk,
            ZoneWork work,
            Tally tally) {
        this.depth = depth;
        this.scheduler = scheduler;
        this.geometry = geometry;
        this.presence = presence;
        this.work = work;
        this.tally = tally;
        this.slots = new ZnsSlot[depth];
        this.free = new int[depth];
        this.underWay = new int[depth];
        this.ready = new IntRing(depth);
        this.done = new IntRing(depth);
        for (int i = 0; i < depth; i++) {
            slots[i] = new ZnsSlot(i, depth, geometry, disk.kernel());
            free[i] = depth - 1 - i;
        }
        this.freeCount = depth;
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public int inFlight() {
        synchronized (lock) {
            return depth - freeCount;
        }
    }

    @Override
    public boolean submit(IoCommand command) throws GoneException {
        presence.check();
        CommandShape.check(command, geometry);
        boolean needsTask;
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the queue is closed");
            }
            if (freeCount == 0) {
                return false;
            }
            ZnsSlot slot = slots[free[freeCount - 1]];
            slot.take(command);
            freeCount--;
            needsTask = begin(slot);
        }
        if (needsTask) {
            startTask();
        }
        return true;
    }

    private void startTask() {
        boolean started = false;
        try {
            scheduler.spawn("zns", this::workOff);
            started = true;
        } finally {
            if (!started) {
                // What was submitted has nobody to execute it.
                presence.fail("no task could be started for the commands of a queue");
                synchronized (lock) {
                    tasks--;
                    lock.notifyAll();
                }
            }
        }
    }

    /** Lets a command begin as soon as no earlier one is in its way; returns whether a further task is needed for it. */
    private boolean begin(ZnsSlot slot) {
        slot.waitsFor = 0;
        Arrays.fill(slot.followers, 0);
        for (int i = 0; i < underWayCount; i++) {
            ZnsSlot earlier = slots[underWay[i]];
            if (slot.meets(earlier)) {
                earlier.followers[slot.number / Long.SIZE] |= 1L << slot.number;
                slot.waitsFor++;
            }
        }
        underWay[underWayCount++] = slot.number;
        if (slot.waitsFor > 0) {
            return false;
        }
        ready.add(slot.number);
        if (idleTasks >= ready.size()) {
            lock.notify();
            return false;
        }
        if (tasks < Math.min(depth, MOST_TASKS)) {
            tasks++;
            return true;
        }
        return false;
    }

    /** What a task does. */
    private void workOff() {
        for (ZnsSlot slot = next(); slot != null; slot = next()) {
            try {
                if (!presence.isGone()) {
                    work.execute(slot);
                }
            } catch (RuntimeException e) {
                slot.failAll(NvmeStatus.INTERNAL_ERROR);
                presence.fail("a command could not be executed: " + e);
            }
            end(slot);
        }
    }

    private ZnsSlot next() {
        synchronized (lock) {
            while (ready.isEmpty()) {
                if (closed) {
                    tasks--;
                    lock.notifyAll();
                    return null;
                }
                idleTasks++;
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    // Tasks of a queue end with it; nobody else has a reason to interrupt them.
                } finally {
                    idleTasks--;
                }
            }
            return slots[ready.take()];
        }
    }

    private void end(ZnsSlot slot) {
        tally.count(slot);
        slot.forgetBuffer();
        synchronized (lock) {
            int at = 0;
            while (underWay[at] != slot.number) {
                at++;
            }
            underWay[at] = underWay[--underWayCount];
            for (int i = 0; i < slot.followers.length; i++) {
                for (long left = slot.followers[i]; left != 0; left &= left - 1) {
                    ZnsSlot follower = slots[i * Long.SIZE + Long.numberOfTrailingZeros(left)];
                    if (--follower.waitsFor == 0) {
                        ready.add(follower.number);
                        lock.notify();
                    }
                }
            }
            done.add(slot.number);
            if (waiter != null && done.size() >= waiterNeeds) {
                LockSupport.unpark(waiter);
            }
        }
    }

    @Override
    public boolean poll(Completion completion) throws GoneException {
        presence.check();
        synchronized (lock) {
            if (done.isEmpty()) {
                return false;
            }
            ZnsSlot slot = slots[done.take()];
            completion.set(slot.tag(), slot.status(), slot.failed(), slot.result());
            free[freeCount++] = slot.number;
            return true;
        }
    }

    @Override
    public int await(int min, long deadlineNanos) throws GoneException {
        if (min < 0) {
            throw new IllegalArgumentException("min=" + min);
        }
        presence.check();
        boolean interrupted = false;
        try {
            while (true) {
                synchronized (lock) {
                    int needed = Math.min(min, depth - freeCount);
                    if (done.size() >= needed || presence.isGone()) {
                        break;
                    }
                    waiter = Thread.currentThread();
                    waiterNeeds = needed;
                }
                if (deadlineNanos == Long.MAX_VALUE) {
                    LockSupport.park(this);
                } else {
                    long left = deadlineNanos - scheduler.nanoTime();
                    if (left <= 0) {
                        break;
                    }
                    LockSupport.parkNanos(this, left);
                }
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        presence.check();
        synchronized (lock) {
            waiter = null;
            return done.size();
        }
    }

    boolean isClosed() {
        synchronized (lock) {
            return closed && tasks == 0;
        }
    }

    /** Waits until no task of the queue works any more, and starts none again. Idempotent. */
    @Override
    public void close() {
        boolean interrupted = false;
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
            if (waiter != null) {
                LockSupport.unpark(waiter);
            }
            // Tasks go when nothing is ready, and what still waits for another command becomes ready when that one
            // ends.
            while (tasks > 0) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
