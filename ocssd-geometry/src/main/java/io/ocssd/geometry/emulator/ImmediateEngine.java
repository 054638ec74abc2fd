package io.ocssd.geometry.emulator;

import io.ocssd.device.BlockReport;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.IoQueue;
import io.ocssd.error.GoneException;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A drive without latency: a command is executed within its submit, by the thread that submits it.
 *
 * <p>Commands to different LUNs run side by side. A command holds the locks of all LUNs that it touches, taken in
 * ascending order; a command that touches none holds that of LUN 0.
 */
final class ImmediateEngine implements Engine {
    /** What the shuffle seeds of two queues differ by: 2^64 / golden ratio, so that neighbours have little in common. */
    private static final long QUEUE_STREAM = 0x9E3779B97F4A7C15L;

    private final Media media;
    private final OpenParameters parameters;
    private final Scheduler scheduler;
    private final Presence presence = new Presence();
    private final CutTrigger trigger;
    private final AtomicLong queues = new AtomicLong();
    private final LunLocks locks;
    /** What the commands did whose first LUN this is; under its lock. */
    private final Tally[] tallies;

    ImmediateEngine(Media media, OpenParameters parameters, Scheduler scheduler) {
        this.media = media;
        this.parameters = parameters;
        this.scheduler = scheduler;
        this.trigger = new CutTrigger(parameters.cut());
        this.locks = new LunLocks(media.geometry().luns());
        this.tallies = new Tally[media.geometry().luns()];
        for (int lun = 0; lun < tallies.length; lun++) {
            tallies[lun] = new Tally(media.geometry().sectorBytes());
        }
    }

    @Override
    public IoQueue openQueue(int depth) throws GoneException {
        presence.check();
        OptionalLong seed = parameters.shuffleSeed();
        long number = queues.getAndIncrement();
        return ImmediateQueue.of(
                this,
                scheduler,
                media.geometry(),
                depth,
                seed.isEmpty() ? seed : OptionalLong.of(seed.getAsLong() + number * QUEUE_STREAM));
    }

    /**
     * Executes a command.
     *
     * @throws GoneException when the drive is gone, or power is cut by this very command
     */
    void submit(CommandSlot slot) throws GoneException {
        if (trigger.isArmed()) {
            presence.check();
            countDown(slot);
        }
        Tally tally = tallies[slot.firstLun()];
        lockTouched(slot);
        try {
            presence.check();
            media.execute(slot);
            tally.count(slot);
        } finally {
            unlockTouched(slot);
        }
    }

    @Override
    public void checkThere() throws GoneException {
        presence.check();
    }

    @Override
    public BlockReport report() throws GoneException {
        BlockReport report = new BlockReport(media.geometry());
        for (int lun = 0; lun < tallies.length; lun++) {
            locks.lock(lun);
            try {
                presence.check();
                media.report(lun, report);
            } finally {
                locks.unlock(lun);
            }
        }
        return report;
    }

    @Override
    public DeviceCounters counters() {
        DeviceCounters sum = new Tally(media.geometry().sectorBytes()).snapshot();
        for (int lun = 0; lun < tallies.length; lun++) {
            locks.lock(lun);
            try {
                sum = sum.plus(tallies[lun].snapshot());
            } finally {
                locks.unlock(lun);
            }
        }
        return sum;
    }

    @Override
    public DeviceCounters countersSoFar() {
        return counters();
    }

    @Override
    public void close() {
        locks.lockAll();
        try {
            presence.close();
            media.close();
        } finally {
            locks.unlockAll();
        }
    }

    @Override
    public void arm(CutPlan plan) {
        trigger.arm(plan);
    }

    @Override
    public void cutPower(CutPlan plan) throws GoneException {
        locks.lockAll();
        try {
            presence.check();
            new PowerCut(media, plan).finish();
            presence.cut(plan, 0);
        } finally {
            locks.unlockAll();
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

    /** Counts a command, and cuts the power when it is the one, or a later one that came first through the locks. */
    private void countDown(CommandSlot slot) throws GoneException {
        CutPlan plan = trigger.count();
        if (plan == null) {
            return;
        }
        locks.lockAll();
        try {
            presence.check();
            PowerCut cut = new PowerCut(media, plan);
            switch (plan.moment()) {
                case BEFORE -> {}
                case INSIDE -> cut.tear(slot);
                case AFTER -> media.execute(slot);
            }
            cut.finish();
            presence.cut(plan, plan.moment() == CutMoment.BEFORE ? 0 : 1);
            presence.check();
        } finally {
            locks.unlockAll();
        }
    }

    private void lockTouched(CommandSlot slot) {
        locks.lock(slot.firstLun());
        for (int i = 1; i < slot.lunCount(); i++) {
            locks.lock(slot.touchedLun(i));
        }
    }

    private void unlockTouched(CommandSlot slot) {
        locks.unlock(slot.firstLun());
        for (int i = 1; i < slot.lunCount(); i++) {
            locks.unlock(slot.touchedLun(i));
        }
    }
}
