package io.ocssd.geometry.emulator;

import io.ocssd.device.BlockReport;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Timings;
import io.ocssd.error.GoneException;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A drive whose LUNs take time, on the scheduler's clock.
 *
 * <p>A LUN does one thing at a time, in the order of submission. A command's share of a LUN begins when it was submitted
 * or, later, when the LUN has done everything before. It takes
 *
 * <ul>
 *   <li>for a read, readNanos for each stretch of addresses inside the same wsOpt unit of a block;
 *   <li>for a program, programNanos for every wsOpt sectors, a broken unit counting in full;
 *   <li>for an erase, eraseNanos for each block.
 * </ul>
 *
 * <p>The command completes with its last share, and never before one that was submitted earlier and shares a LUN with it.
 * Only then are its rules checked and its effects made, in the order of completion, ties in that of submission: so it
 * meets the state that those before it left, and what has not completed at a power cut can be torn. Nothing runs on its
 * own: whoever touches the drive first lets everything take effect that is due. One lock guards it all.
 */
final class TimedEngine implements Engine {
    private static final int FIRST_CAPACITY = 64;

    private final Media media;
    private final Geometry geometry;
    private final OpenParameters parameters;
    private final Scheduler scheduler;
    private final Presence presence = new Presence();
    private final CutTrigger trigger;
    private final Tally tally = new Tally();
    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<CommandSlot> pending = new PriorityQueue<>(
            FIRST_CAPACITY,
            Comparator.<CommandSlot>comparingLong(slot -> slot.dueNanos).thenComparingLong(slot -> slot.sequence));
    /** When the LUN has done everything that was submitted. */
    private final long[] idleFromNanos;
    /** When the last command completes that touches the LUN; not before {@link #idleFromNanos}. */
    private final long[] completesNanos;

    private long submitted;
    /** A power cut that comes when {@link #lastCommand} completes; null when there is none. */
    private CutPlan cutAfter;

    private CommandSlot lastCommand;

    TimedEngine(Media media, OpenParameters parameters, Scheduler scheduler) {
        this.media = media;
        this.geometry = media.geometry();
        this.parameters = parameters;
        this.scheduler = scheduler;
        this.trigger = new CutTrigger(parameters.cut());
        this.idleFromNanos = new long[geometry.luns()];
        this.completesNanos = new long[geometry.luns()];
    }

    @Override
    public IoQueue openQueue(int depth) throws GoneException {
        presence.check();
        return new EmulatedQueue(this, scheduler, geometry, depth);
    }

    /**
     * Takes a command over, and sets its {@link CommandSlot#dueNanos}.
     *
     * @throws GoneException when the drive is gone, or power is cut by this very command
     */
    void submit(CommandSlot slot) throws GoneException {
        lock.lock();
        try {
            long now = settleUnderLock();
            CutPlan cut = trigger.isArmed() && cutAfter == null ? trigger.count() : null;
            if (cut != null && cut.moment() == CutMoment.BEFORE) {
                tearAll(cut);
                presence.check();
            }
            slot.sequence = ++submitted;
            slot.dueNanos = schedule(slot, now);
            pending.add(slot);
            if (cut != null && cut.moment() == CutMoment.INSIDE) {
                tearAll(cut);
                presence.check();
            }
            if (cut != null) {
                cutAfter = cut;
                lastCommand = slot;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets every command take effect that is due by now.
     *
     * @return the time until which that is done: a slot that is due by then has its status
     * @throws GoneException when the drive is gone
     */
    long settle() throws GoneException {
        lock.lock();
        try {
            return settleUnderLock();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void checkThere() throws GoneException {
        presence.check();
    }

    @Override
    public BlockReport report() throws GoneException {
        lock.lock();
        try {
            settleUnderLock();
            BlockReport report = new BlockReport(geometry);
            for (int lun = 0; lun < geometry.luns(); lun++) {
                media.report(lun, report);
            }
            return report;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public DeviceCounters counters() {
        lock.lock();
        try {
            if (!presence.isGone()) {
                complete(scheduler.nanoTime());
            }
            return tally.snapshot();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void arm(CutPlan plan) {
        trigger.arm(plan);
    }

    @Override
    public void cutPower(CutPlan plan) throws GoneException {
        lock.lock();
        try {
            settleUnderLock();
            tearAll(plan);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean commits() {
        return media.commits();
    }

    @Override
    public void commit() throws GoneException {
        try {
            media.commit();
        } catch (IOException e) {
            presence.fail("the image can't be written any more: " + e.getMessage(), e);
            presence.check();
        }
    }

    @Override
    public Presence presence() {
        return presence;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!presence.isGone()) {
                complete(Long.MAX_VALUE);
            }
            presence.close();
            media.close();
        } finally {
            lock.unlock();
        }
    }

    private long settleUnderLock() throws GoneException {
        presence.check();
        long now = scheduler.nanoTime();
        complete(now);
        presence.check();
        return now;
    }

    private void complete(long now) {
        for (CommandSlot next; (next = pending.peek()) != null && next.dueNanos <= now; ) {
            pending.remove();
            media.execute(next);
            tally.count(next);
            if (next == lastCommand) {
                tearAll(cutAfter);
            }
        }
    }

    private void tearAll(CutPlan plan) {
        PowerCut cut = new PowerCut(media, plan);
        // Who sent the command after which power goes has not been told that it completed.
        int inFlight = pending.size() + (plan.moment() == CutMoment.AFTER ? 1 : 0);
        for (CommandSlot next; (next = pending.poll()) != null; ) {
            cut.tear(next);
        }
        cut.finish();
        presence.cut(plan, inFlight);
    }

    /** Gives a command its share of every LUN that it touches; returns when it completes. */
    private long schedule(CommandSlot slot, long now) {
        long done = now;
        for (int i = 0; i < slot.lunCount(); i++) {
            int lun = slot.touchedLun(i);
            idleFromNanos[lun] = Math.max(now, idleFromNanos[lun]) + shareNanos(slot, lun);
            done = Math.max(done, Math.max(idleFromNanos[lun], completesNanos[lun]));
        }
        for (int i = 0; i < slot.lunCount(); i++) {
            completesNanos[slot.touchedLun(i)] = done;
        }
        return done;
    }

    private long shareNanos(CommandSlot slot, int lun) {
        Timings timings = parameters.timings();
        return switch (slot.operation()) {
            case READ -> timings.readNanos() * stretches(slot, lun);
            case WRITE -> timings.programNanos() * units(addresses(slot, lun));
            case ERASE -> timings.eraseNanos() * addresses(slot, lun);
            case COPY, APPEND, FINISH, OPEN, CLOSE -> 0;
        };
    }

    private int units(int sectors) {
        int wsOpt = media.limits().wsOpt();
        return (sectors + wsOpt - 1) / wsOpt;
    }

    private static int addresses(CommandSlot slot, int lun) {
        int count = 0;
        for (int i = 0; i < slot.count(); i++) {
            if (slot.lun(i) == lun) {
                count++;
            }
        }
        return count;
    }

    private int stretches(CommandSlot slot, int lun) {
        int wsOpt = media.limits().wsOpt();
        int count = 0;
        int previous = -1;
        for (int i = 0; i < slot.count(); i++) {
            if (slot.lun(i) != lun) {
                continue;
            }
            boolean same = previous >= 0
                    && slot.isSameBlock(previous, i)
                    && slot.sector(previous) / wsOpt == slot.sector(i) / wsOpt;
            if (!same) {
                count++;
            }
            previous = i;
        }
        return count;
    }
}
