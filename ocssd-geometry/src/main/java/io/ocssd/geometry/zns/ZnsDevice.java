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
import io.ocssd.geometry.recording.DeviceRecording;
import io.ocssd.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.List;

/** An open zoned drive. */
final class ZnsDevice implements FlashDevice {
    private final DeviceInfo info;
    private final Geometry geometry;
    private final Limits limits;
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

    ZnsDevice(
            DeviceInfo info,
            Geometry geometry,
            Limits limits,
            ZonedDisk disk,
            List<KernelZone> reported,
            Scheduler scheduler) {
        this.info = info;
        this.geometry = geometry;
        this.limits = limits;
        this.scheduler = scheduler;
        this.disk = disk;
        this.zones = new Zones(geometry, limits, reported);
        ErrorRecovery recovery = new ErrorRecovery();
        this.work = new ZoneWork(disk, zones, new Leftovers(disk, reported), recovery, presence);
        this.admin = new ZnsAdmin(this, recovery, presence, scheduler.newSignal());
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
        return zones.report();
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
                zones.settle(disk);
                disk.close();
            }
        }
    }
}
