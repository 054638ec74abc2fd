package io.ocssd.geometry.emulator;

import io.ocssd.device.BlockReport;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Priority;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.timing.FlashTimeline;
import io.ocssd.geometry.timing.NandTiming;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A drive whose flash takes time, on the scheduler's clock.
 *
 * <p>A {@link FlashTimeline} says when the flash is through with a command. It completes then, unless an earlier command of
 * its queue that shares a block with it has not: the two complete in the order of submission, together if need be. Such a
 * command overtakes nothing either, whatever its priority. Everything else may be reordered.
 *
 * <p>Only when a command completes are its rules checked and its effects made, in the order of completion: so it meets the
 * state that those before it left, and what has not completed at a power cut can be torn. When that is can change until it
 * has: what is submitted later may be more urgent. Nothing runs on its own: whoever touches the drive first lets everything
 * take effect that is due. One lock guards it all.
 */
final class TimedEngine implements Engine {
    private final Media media;
    private final Geometry geometry;
    private final Scheduler scheduler;
    private final Presence presence = new Presence();
    private final CutTrigger trigger;
    private final Tally tally;
    private final ReentrantLock lock = new ReentrantLock();
    private final FlashTimeline timeline;
    private final FlashWork work;
    private int underWay;
    /** A power cut that comes when {@link #lastCommand} completes; null when there is none. */
    private CutPlan cutAfter;

    private TimedCommand lastCommand;
    /** Tears what completes from now on; null as long as there is power. */
    private PowerCut cut;

    private CutPlan cutPlan;
    private int inFlightAtCut;
    private DeviceCounters countersAtCut;

    TimedEngine(Media media, NandTiming timing, OpenParameters parameters, Scheduler scheduler) {
        this.media = media;
        this.geometry = media.geometry();
        this.tally = new Tally(geometry.sectorBytes());
        this.scheduler = scheduler;
        this.trigger = new CutTrigger(parameters.cut());
        this.timeline = new FlashTimeline(timing, geometry, media.limits(), parameters.shuffleSeed());
        this.work = new FlashWork(timeline);
    }

    @Override
    public IoQueue openQueue(int depth) throws GoneException {
        presence.check();
        return new EmulatedQueue(this, scheduler, geometry, depth);
    }

    /**
     * Takes a command over.
     *
     * @throws GoneException when the drive is gone, or power is cut by this very command
     */
    void submit(CommandSlot slot, TimedPort port) throws GoneException {
        lock.lock();
        try {
            long now = settleUnderLock();
            CutPlan plan = trigger.isArmed() && cutAfter == null ? trigger.count() : null;
            if (plan != null && plan.moment() == CutMoment.BEFORE) {
                tearAll(plan, now);
                presence.check();
            }
            if (slot.timed == null) {
                slot.timed = new TimedCommand(this, slot, port);
            }
            begin(slot.timed, now);
            if (plan != null && plan.moment() == CutMoment.INSIDE) {
                tearAll(plan, now);
                presence.check();
            }
            if (plan != null) {
                cutAfter = plan;
                lastCommand = slot.timed;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets every command take effect that is due by now.
     *
     * @return the time until which that is done; what of the port has completed by then, and perhaps more, can be collected
     * @throws GoneException when the drive is gone
     */
    long settle(TimedPort port) throws GoneException {
        lock.lock();
        try {
            long now = settleUnderLock();
            port.settle();
            return now;
        } finally {
            lock.unlock();
        }
    }

    /**
     * No further command of a port completes before this time, which is later than that of the last {@link #settle}, unless
     * another is submitted; {@link Long#MAX_VALUE} when none is under way.
     */
    long wakeNanos(TimedPort port) {
        lock.lock();
        try {
            // Nothing at all happens before the next step of the flash.
            long next = timeline.nextNanos();
            return timeline.isElsewhere() || !port.isFew() ? next : boundNanos(port, next);
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
            long now = Long.MAX_VALUE;
            if (!presence.isGone()) {
                now = scheduler.nanoTime();
                advance(now);
            }
            return countersAtCut == null ? counters(now) : countersAtCut;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public DeviceCounters countersSoFar() {
        lock.lock();
        try {
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
            tearAll(plan, settleUnderLock());
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
                advance(Long.MAX_VALUE);
            }
            presence.close();
            media.close();
        } finally {
            lock.unlock();
        }
    }

    /** The flash is through with a command: it completes, and with it those that waited for it alone. */
    void flashDone(TimedCommand command, long nanos) {
        command.flashDone = true;
        if (command.waitsFor > 0) {
            return;
        }
        TimedCommand last = command;
        command.next = null;
        for (TimedCommand first = command; first != null; ) {
            TimedCommand next = first.next;
            complete(first, nanos);
            for (TimedCommand released; (released = first.port.order.release(first)) != null; ) {
                released.next = null;
                if (next == null) {
                    next = released;
                } else {
                    last.next = released;
                }
                last = released;
            }
            first.port.done(first);
            first = next;
        }
    }

    private void complete(TimedCommand command, long nanos) {
        CommandSlot slot = command.slot;
        slot.dueNanos = nanos;
        underWay--;
        if (cut == null) {
            media.execute(slot);
            tally.count(slot);
        } else {
            cut.tear(slot);
        }
        forEachBlock(command, false);
        if (command == lastCommand && cut == null) {
            // Who sent it has not been told that it completed.
            beginCut(cutAfter, nanos, underWay + 1);
        }
    }

    private void begin(TimedCommand command, long now) {
        command.waitsFor = 0;
        command.flashDone = false;
        command.port.add(command);
        underWay++;
        forEachBlock(command, true);
        timeline.begin(command, command.slot.priority() == Priority.HIGH, command.waitsFor > 0, now);
        work.add(command.slot);
        timeline.submit();
    }

    /** Enters a command for every block that it touches, or takes it out. */
    private void forEachBlock(TimedCommand command, boolean enter) {
        noteBlocks(command.slot.addresses(), command, enter);
        if (command.slot.operation() == IoCommand.Operation.COPY) {
            noteBlocks(command.slot.written(), command, enter);
        }
    }

    private static void noteBlocks(AddressList addresses, TimedCommand command, boolean enter) {
        for (int from = 0; from < addresses.count(); from = addresses.endOfRun(from)) {
            if (addresses.block(from) >= 0) {
                note(addresses.block(from), command, enter);
            }
        }
    }

    private static void note(int block, TimedCommand command, boolean enter) {
        if (enter) {
            command.port.order.enter(block, command);
        } else {
            command.port.order.leave(block, command);
        }
    }

    /**
     * No command of the port completes before, as far as is known.
     *
     * @param next no earlier time matters
     */
    private long boundNanos(TimedPort port, long next) {
        long bound = Long.MAX_VALUE;
        for (int i = 0; i < port.count() && bound > next; i++) {
            TimedCommand command = port.underWay(i);
            if (command.waitsFor > 0) {
                // Those that it waits for complete first.
                continue;
            }
            CommandSlot slot = command.slot;
            for (int j = 0; j < slot.lunCount(); j++) {
                bound = Math.min(bound, timeline.boundNanos(slot.touchedLun(j)));
            }
        }
        return Math.max(next, bound);
    }

    private long settleUnderLock() throws GoneException {
        presence.check();
        long now = scheduler.nanoTime();
        advance(now);
        presence.check();
        return now;
    }

    private void advance(long now) {
        timeline.advance(now);
        if (cut != null && !presence.isGone()) {
            endCut();
        }
    }

    private void tearAll(CutPlan plan, long now) {
        beginCut(plan, now, underWay);
        endCut();
    }

    /** From now on nothing takes effect any more. */
    private void beginCut(CutPlan plan, long now, int inFlight) {
        countersAtCut = counters(now);
        cutPlan = plan;
        inFlightAtCut = inFlight;
        cut = new PowerCut(media, plan);
    }

    /** Tears everything that is under way, in the order in which it would have completed. */
    private void endCut() {
        timeline.advance(Long.MAX_VALUE);
        cut.finish();
        presence.cut(cutPlan, inFlightAtCut);
    }

    private DeviceCounters counters(long now) {
        long[] luns = new long[geometry.luns()];
        for (int lun = 0; lun < luns.length; lun++) {
            luns[lun] = timeline.lunBusyNanos(lun, now);
        }
        long[] channels = new long[geometry.channels()];
        for (int channel = 0; channel < channels.length; channel++) {
            channels[channel] = timeline.channelBusyNanos(channel, now);
        }
        return tally.snapshot().withBusyNanos(luns, channels);
    }
}
