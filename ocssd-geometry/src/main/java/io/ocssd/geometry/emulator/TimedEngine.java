package io.ocssd.geometry.emulator;

import io.ocssd.device.BlockReport;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Ppa;
import io.ocssd.device.Priority;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.timing.FlashTimeline;
import io.ocssd.geometry.timing.NandTiming;
import io.ocssd.scheduler.Scheduler;
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
    private final OpenParameters parameters;
    private final Scheduler scheduler;
    private final Presence presence = new Presence();
    private final Tally tally = new Tally();
    private final ReentrantLock lock = new ReentrantLock();
    private final FlashTimeline timeline;
    private final FlashWork work;
    private long submitted;
    private int underWay;
    /** Tears what completes from now on; null as long as there is power. */
    private PowerCut cut;
    /** How it was when the power was cut, or null. */
    private DeviceCounters countersAtCut;

    TimedEngine(Media media, NandTiming timing, OpenParameters parameters, Scheduler scheduler) {
        this.media = media;
        this.geometry = media.geometry();
        this.parameters = parameters;
        this.scheduler = scheduler;
        this.timeline = new FlashTimeline(timing, geometry, media.limits(), 0);
        this.work = new FlashWork(timeline, geometry);
    }

    @Override
    public Port openPort(int depth) {
        return new TimedPort(depth);
    }

    @Override
    public boolean submit(CommandSlot slot, Port port) throws GoneException {
        lock.lock();
        try {
            long now = settleUnderLock();
            slot.sequence = ++submitted;
            begin(commandOf(slot, (TimedPort) port), now);
            if (submitted == parameters.cutCommand()) {
                cutPower(now);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long settle(Port port) throws GoneException {
        lock.lock();
        try {
            long now = settleUnderLock();
            ((TimedPort) port).settle();
            return now;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long wakeNanos(Port port) {
        lock.lock();
        try {
            // Nothing at all happens before the next step of the flash.
            long next = timeline.nextNanos();
            TimedPort timed = (TimedPort) port;
            return timeline.isElsewhere() || !timed.isFew() ? next : Math.max(next, boundNanos(timed));
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
            if (countersAtCut != null) {
                return countersAtCut;
            }
            long now = Long.MAX_VALUE;
            if (!presence.isGone()) {
                now = scheduler.nanoTime();
                timeline.advance(now);
            }
            return counters(now);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!presence.isGone()) {
                timeline.advance(Long.MAX_VALUE);
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
            BlockOrder order = first.port.order;
            complete(first, nanos);
            for (TimedCommand released; (released = order.release(first)) != null; ) {
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
    }

    private TimedCommand commandOf(CommandSlot slot, TimedPort port) {
        if (slot.timed == null) {
            slot.timed = new TimedCommand(this, slot, port);
        }
        return slot.timed;
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
        CommandSlot slot = command.slot;
        for (int from = 0; from < slot.count(); from = slot.endOfRun(from)) {
            int block = slot.block(from);
            if (block >= 0) {
                note(block, command, enter);
            }
        }
        if (slot.operation() == IoCommand.Operation.COPY) {
            long previous = -1;
            for (int i = 0; i < slot.count(); i++) {
                long block = Ppa.blockOf(slot.destination(i));
                if (block != previous && geometry.contains(block)) {
                    note(geometry.blockIndex(block), command, enter);
                }
                previous = block;
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

    /** No command of the port completes before, as far as is known. */
    private long boundNanos(TimedPort port) {
        long bound = Long.MAX_VALUE;
        for (int i = 0; i < port.count(); i++) {
            CommandSlot slot = port.underWay(i).slot;
            for (int j = 0; j < slot.lunCount(); j++) {
                bound = Math.min(bound, timeline.boundNanos(slot.touchedLun(j)));
            }
        }
        return bound;
    }

    private long settleUnderLock() throws GoneException {
        presence.check();
        long now = scheduler.nanoTime();
        timeline.advance(now);
        return now;
    }

    private void cutPower(long now) throws GoneException {
        countersAtCut = counters(now);
        int inFlight = underWay;
        cut = new PowerCut(media, parameters.cutSeed());
        timeline.advance(Long.MAX_VALUE);
        throw presence.cut(submitted, inFlight);
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
