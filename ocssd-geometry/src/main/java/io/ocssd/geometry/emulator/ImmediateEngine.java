package io.ocssd.geometry.emulator;

import io.ocssd.device.BlockReport;
import io.ocssd.device.DeviceCounters;
import io.ocssd.error.GoneException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A drive without latency: a command is executed within its submit, by the thread that submits it.
 *
 * <p>Commands to different LUNs run side by side. A command holds the locks of all LUNs that it touches, taken in
 * ascending order; a command that touches none holds that of LUN 0.
 */
final class ImmediateEngine implements Engine {
    private final Media media;
    private final OpenParameters parameters;
    private final Presence presence = new Presence();
    private final AtomicLong submitted = new AtomicLong();
    private final ReentrantLock[] locks;
    /** What the commands did whose first LUN this is; under its lock. */
    private final Tally[] tallies;

    ImmediateEngine(Media media, OpenParameters parameters) {
        this.media = media;
        this.parameters = parameters;
        this.locks = new ReentrantLock[media.geometry().luns()];
        this.tallies = new Tally[locks.length];
        for (int lun = 0; lun < locks.length; lun++) {
            locks[lun] = new ReentrantLock();
            tallies[lun] = new Tally();
        }
    }

    @Override
    public Port openPort(int depth) {
        return Port.IMMEDIATE;
    }

    @Override
    public boolean submit(CommandSlot slot, Port port) throws GoneException {
        presence.check();
        if (parameters.cutCommand() > 0) {
            countDown(slot);
        }
        lockTouched(slot);
        try {
            presence.check();
            slot.dueNanos = 0;
            media.execute(slot);
            tallies[firstLun(slot)].count(slot);
            return true;
        } finally {
            unlockTouched(slot);
        }
    }

    @Override
    public long settle(Port port) throws GoneException {
        presence.check();
        return 0;
    }

    @Override
    public long wakeNanos(Port port) {
        return Long.MAX_VALUE;
    }

    @Override
    public void checkThere() throws GoneException {
        presence.check();
    }

    @Override
    public BlockReport report() throws GoneException {
        BlockReport report = new BlockReport(media.geometry());
        for (int lun = 0; lun < locks.length; lun++) {
            locks[lun].lock();
            try {
                presence.check();
                media.report(lun, report);
            } finally {
                locks[lun].unlock();
            }
        }
        return report;
    }

    @Override
    public DeviceCounters counters() {
        DeviceCounters sum = new Tally().snapshot();
        for (int lun = 0; lun < locks.length; lun++) {
            locks[lun].lock();
            try {
                sum = sum.plus(tallies[lun].snapshot());
            } finally {
                locks[lun].unlock();
            }
        }
        return sum;
    }

    @Override
    public void close() {
        lockAll();
        try {
            presence.close();
            media.close();
        } finally {
            unlockAll();
        }
    }

    /** Counts a command, and cuts the power when it is the one. */
    private void countDown(CommandSlot slot) throws GoneException {
        long number = submitted.incrementAndGet();
        if (number < parameters.cutCommand()) {
            return;
        }
        lockAll();
        try {
            presence.check();
            if (number == parameters.cutCommand()) {
                new PowerCut(media, parameters.cutSeed()).tear(slot);
            }
            // Whoever is later but came first through the locks was in flight and left no trace.
            throw presence.cut(parameters.cutCommand(), 1);
        } finally {
            unlockAll();
        }
    }

    private static int firstLun(CommandSlot slot) {
        return slot.lunCount() == 0 ? 0 : slot.touchedLun(0);
    }

    private void lockTouched(CommandSlot slot) {
        if (slot.lunCount() == 0) {
            locks[0].lock();
        }
        for (int i = 0; i < slot.lunCount(); i++) {
            locks[slot.touchedLun(i)].lock();
        }
    }

    private void unlockTouched(CommandSlot slot) {
        if (slot.lunCount() == 0) {
            locks[0].unlock();
        }
        for (int i = 0; i < slot.lunCount(); i++) {
            locks[slot.touchedLun(i)].unlock();
        }
    }

    private void lockAll() {
        for (ReentrantLock each : locks) {
            each.lock();
        }
    }

    private void unlockAll() {
        for (ReentrantLock each : locks) {
            each.unlock();
        }
    }
}
