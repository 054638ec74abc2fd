package io.ocssd.geometry.zns;

import io.ocssd.device.BlockReport;
import io.ocssd.device.Capabilities;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.DeviceInfo;
import io.ocssd.device.DurabilityClass;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Limits;
import io.ocssd.device.Timings;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.natives.Errno;
import io.ocssd.geometry.recording.DeviceRecording;
import io.ocssd.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.List;

/** An open zoned drive. */
final class ZnsDevice implements FlashDevice {
    private final DeviceInfo info;
    private final Geometry geometry;
    private final Limits limits;
    private final int luns;
    private final boolean readOnly;
    private final Scheduler scheduler;
    private final ZonedDisk disk;
    private final Zones zones;
    private final ZoneWork work;
    private final ZnsAdmin admin;
    private final Presence presence = new Presence();
    private final Tally tally;
    private final DeviceRecording recording;
    /** Queues that were opened; those that were closed leave with the next one that is opened. */
    private final List<ZnsQueue> queues = new ArrayList<>();

    ZnsDevice(DeviceInfo info, BlockNode node, Recognition.Found found, ZnsParameters parameters, Scheduler scheduler) {
        ZonedDisk disk = found.disk();
        List<KernelZone> reported = found.zones();
        this.info = info;
        this.geometry = found.geometry();
        this.limits = found.limits();
        this.luns = parameters.luns();
        this.readOnly = parameters.readOnly();
        this.scheduler = scheduler;
        this.disk = disk;
        this.zones = new Zones(geometry, limits, reported);
        ErrorRecovery recovery = new ErrorRecovery();
        ZoneAppender appender = parameters.appendsByCommand()
                ? ZoneAppender.open(
                        disk, reported.size(), node.number("queue/zone_append_max_bytes"), node.hasVolatileCache())
                : null;
        Leftovers leftovers = new Leftovers(disk, reported);
        this.work = new ZoneWork(disk, zones, leftovers, recovery, presence, appender, readOnly);
        this.admin = new ZnsAdmin(this, new PassThrough(disk), node.path(), recovery, presence, scheduler.newSignal());
        this.tally = new Tally(geometry.sectorBytes());
        this.recording = DeviceRecording.open(info, geometry.sectorBytes(), tally::snapshot);
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public Geometry geometry() {
        return geometry;
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.ZONED;
    }

    @Override
    public DeviceAdmin admin() {
        return admin;
    }

    @Override
    public Timings timings() {
        return Timings.NONE;
    }

    @Override
    public DurabilityClass durability() {
        return DurabilityClass.PROTECTED;
    }

    @Override
    public BlockReport report() throws GoneException {
        presence.check();
        if (readOnly) {
            lookAgain();
        }
        return zones.report();
    }

    /** Who only looks has not claimed the drive, so its owner may have changed it. */
    private void lookAgain() {
        List<KernelZone> all = new ArrayList<>();
        int answer = disk.report(0, Integer.MAX_VALUE, all);
        if (answer < 0 && Errno.isGone(-answer)) {
            presence.fail("the drive is not there any more (" + Errno.name(-answer) + ")");
        }
        List<KernelZone> blocks = ZoneDealing.deal(all, luns);
        if (answer == 0 && blocks.size() == geometry.blocks()) {
            zones.look(blocks);
        }
    }

    @Override
    public DeviceCounters counters() {
        return tally.snapshot();
    }

    @Override
    public IoQueue openQueue(int depth) throws GoneException {
        if (depth < 1) {
            throw new IllegalArgumentException("depth=" + depth);
        }
        synchronized (queues) {
            presence.check();
            queues.removeIf(ZnsQueue::isClosed);
            ZnsQueue queue = new ZnsQueue(depth, scheduler, geometry, presence, disk, zones, work, tally);
            queues.add(queue);
            return queue;
        }
    }

    @Override
    public void close() {
        synchronized (queues) {
            if (presence.close()) {
                recording.close();
                queues.forEach(ZnsQueue::close);
                if (!readOnly) {
                    zones.settle(disk);
                }
                disk.close();
            }
        }
    }
}
