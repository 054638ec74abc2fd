package io.ocssd.geometry.zns;

import io.ocssd.device.Completion;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.decorator.CommandShape;
import io.ocssd.geometry.natives.Ring;
import io.ocssd.scheduler.Scheduler;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * A queue over io_uring, where there is one, and over calls that return when their work is done: some tasks make the calls, so
 * that several zones are busy at once.
 *
 * <p>A command that names a zone which an earlier one names too waits for that one, so commands to one zone take effect in the
 * order of submission and one write of a zone is under way at most. Of the others, reads and writes of one stretch go to the
 * ring, for which they need no task and hardly a system call each; the rest is up to whichever task is free. Tasks are started
 * when there is work for them, and wait without spinning when there is none; so does the owner in {@link #await}. Nothing is
 * allocated per command.
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
    /** Null where there is none; belongs to the owner. */
    private final RingTransfers ring;

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
    /** The owner while it waits for {@link #waiterNeeds} completions. */
    private Thread waiter;

    private int waiterNeeds;
    /** Whether it waits in the ring. */
    private boolean waitsInRing;
    /** Whether the ring was given up; its memory is not to be touched then. */
    private boolean ringClosed;

    ZnsQueue(
            int depth,
            Scheduler scheduler,
            Geometry geometry,
            Presence presence,
            ZonedDisk disk,
            Zones zones,
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
        this.ring = RingTransfers.open(depth, disk, zones, work, this::hurry);
    }

    /** When the queue is closed: the drive is gone, or it is misuse. */
    private void checkOpen() throws GoneException {
        if (closed) {
            presence.check();
            throw new IllegalStateException("the queue is closed, depth=" + depth);
        }
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

    // ---- in

    @Override
    public boolean submit(IoCommand command) throws GoneException {
        presence.check();
        CommandShape.check(command, geometry);
        synchronized (lock) {
            checkOpen();
            if (freeCount == 0) {
                return false;
            }
            ZnsSlot slot = slots[free[freeCount - 1]];
            slot.take(command);
            freeCount--;
            begin(slot);
        }
        return true;
    }

    /** Lets a command begin as soon as no earlier one is in its way. */
    private void begin(ZnsSlot slot) {
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
        if (slot.waitsFor == 0) {
            beginNow(slot, true);
        }
    }

    private void beginNow(ZnsSlot slot, boolean byOwner) {
        RingTransfers.Start start = byOwner && ring != null ? ring.start(slot) : RingTransfers.Start.DECLINED;
        switch (start) {
            case UNDER_WAY -> {}
            case ENDED -> end(slot, byOwner);
            case DECLINED -> {
                ready.add(slot.number);
                if (idleTasks >= ready.size()) {
                    lock.notify();
                } else if (tasks < Math.min(depth, MOST_TASKS)) {
                    startTask();
                }
            }
        }
    }

    private void startTask() {
        boolean started = false;
        tasks++;
        try {
            scheduler.spawn("zns", this::workOff);
            started = true;
        } finally {
            if (!started) {
                // What was submitted has nobody to execute it.
                tasks--;
                presence.fail("no task could be started for the commands of a queue");
            }
        }
    }

    // ---- tasks

    /** What a task does. */
    private void workOff() {
        for (ZnsSlot slot = next(); slot != null; slot = next()) {
            try {
                if (presence.isGone()) {
                    slot.failAll(NvmeStatus.INTERNAL_ERROR);
                } else {
                    work.execute(slot);
                }
            } catch (RuntimeException | Error e) {
                slot.failAll(NvmeStatus.INTERNAL_ERROR);
                presence.fail("a command could not be executed: " + e);
            }
            synchronized (lock) {
                end(slot, false);
            }
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

    /** A command has ended: those that waited for it can begin, and the owner may have waited for it. */
    private void end(ZnsSlot slot, boolean byOwner) {
        tally.count(slot);
        slot.forgetBuffer();
        int at = 0;
        while (underWay[at] != slot.number) {
            at++;
        }
        underWay[at] = underWay[--underWayCount];
        done.add(slot.number);
        for (int i = 0; i < slot.followers.length; i++) {
            for (long left = slot.followers[i]; left != 0; left &= left - 1) {
                ZnsSlot follower = slots[i * Long.SIZE + Long.numberOfTrailingZeros(left)];
                if (--follower.waitsFor == 0) {
                    beginNow(follower, byOwner);
                }
            }
        }
        if (!byOwner && waiter != null && done.size() >= waiterNeeds) {
            wakeOwner();
        }
    }

    private void wakeOwner() {
        if (waitsInRing) {
            ring.wake();
        } else {
            LockSupport.unpark(waiter);
        }
    }

    // ---- out

    @Override
    public boolean poll(Completion completion) throws GoneException {
        presence.check();
        synchronized (lock) {
            checkOpen();
            if (done.isEmpty() && ring != null) {
                ring.flush();
                takeFromRing();
            }
            if (done.isEmpty()) {
                return false;
            }
            ZnsSlot slot = slots[done.take()];
            completion.set(slot.tag(), slot.status(), slot.failed(), slot.result());
            free[freeCount++] = slot.number;
            return true;
        }
    }

    /**
     * Finishes what the kernel has done, since somebody waits for a zone of it: the owner may be busy elsewhere, or be the one
     * who waits. Nothing to do for it while the owner waits itself. For any thread.
     */
    private void hurry() {
        synchronized (lock) {
            if (waiter == null && !ringClosed) {
                ring.flush();
                takeFromRing();
            }
        }
    }

    private void takeFromRing() {
        if (ring != null && !ringClosed) {
            for (int number = ring.take(slots); number >= 0; number = ring.take(slots)) {
                end(slots[number], true);
            }
        }
    }

    @Override
    public int await(int min, long deadlineNanos) throws GoneException {
        if (min < 0) {
            throw new IllegalArgumentException("min=" + min);
        }
        presence.check();
        synchronized (lock) {
            checkOpen();
        }
        boolean interrupted = false;
        while (waits(min) && !isOver(deadlineNanos)) {
            waitOnce(deadlineNanos);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        int there;
        synchronized (lock) {
            waiter = null;
            lock.notifyAll();
            there = done.size();
        }
        presence.check();
        return there;
    }

    /** Takes what there is; says whether it is too little, and then who is to be woken when it is enough. */
    private boolean waits(int min) {
        synchronized (lock) {
            takeFromRing();
            int needed = Math.min(min, depth - freeCount);
            if (done.size() >= needed || presence.isGone() || closed) {
                return false;
            }
            waiter = Thread.currentThread();
            waiterNeeds = needed;
            waitsInRing = ring != null && ring.underWay() > 0;
            return true;
        }
    }

    private boolean isOver(long deadlineNanos) {
        return deadlineNanos != Long.MAX_VALUE && deadlineNanos <= scheduler.nanoTime();
    }

    private void waitOnce(long deadlineNanos) {
        boolean endless = deadlineNanos == Long.MAX_VALUE;
        long nanos = endless ? Ring.FOREVER : deadlineNanos - scheduler.nanoTime();
        if (waitsInRing) {
            ring.await(neededOfRing(), nanos);
        } else if (endless) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, nanos);
        }
    }

    /** Where nobody else ends commands the kernel can count them by itself. */
    private int neededOfRing() {
        synchronized (lock) {
            boolean alone = underWayCount == ring.underWay();
            return alone ? Math.max(1, Math.min(ring.underWay(), waiterNeeds - done.size())) : 1;
        }
    }

    // ---- end

    boolean isClosed() {
        synchronized (lock) {
            return closed && tasks == 0;
        }
    }

    /** Waits until no command of the queue is under way, and starts none again. Idempotent. */
    @Override
    public void close() {
        boolean interrupted = false;
        synchronized (lock) {
            boolean first = !closed;
            closed = true;
            lock.notifyAll();
            // An owner that waits goes first: the ring is its own until then.
            while (waiter != null && waiter != Thread.currentThread()) {
                wakeOwner();
                interrupted |= isInterruptedWhileWaiting();
            }
            if (first && ring != null) {
                drainRing();
            }
            // Tasks go when nothing is ready, and what still waits for another command becomes ready when that one
            // ends.
            while (tasks > 0) {
                interrupted |= isInterruptedWhileWaiting();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void drainRing() {
        ring.flush();
        takeFromRing();
        while (ring.underWay() > 0) {
            ring.await(1, Ring.FOREVER);
            takeFromRing();
        }
        ringClosed = true;
        ring.close();
    }

    @SuppressWarnings("WaitNotInLoop") // those who call it loop
    private boolean isInterruptedWhileWaiting() {
        try {
            lock.wait();
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
