package io.ocssd.geometry.emulator;

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
import io.ocssd.geometry.timing.NandTiming;
import io.ocssd.scheduler.Scheduler;

/** An open emulated drive. */
final class EmulatedDevice implements FlashDevice {
    private final DeviceInfo info;
    private final Geometry geometry;
    private final Limits limits;
    private final Timings timings;
    private final Engine engine;
    private final EmulatedAdmin admin;
    private final Scheduler scheduler;

    EmulatedDevice(DeviceInfo info, Media media, NandTiming timing, OpenParameters parameters, Scheduler scheduler) {
        this.info = info;
        this.geometry = media.geometry();
        this.limits = media.limits();
        this.timings = parameters.timing().isOn() ? timing.summary() : Timings.NONE;
        this.scheduler = scheduler;
        this.admin = new EmulatedAdmin(scheduler.newSignal());
        this.engine = parameters.timing().isOn()
                ? new TimedEngine(media, timing, parameters, scheduler)
                : new ImmediateEngine(media, parameters);
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
        return Capabilities.NONE;
    }

    @Override
    public DeviceAdmin admin() {
        return admin;
    }

    @Override
    public Timings timings() {
        return timings;
    }

    @Override
    public DurabilityClass durability() {
        return DurabilityClass.PROTECTED;
    }

    @Override
    public BlockReport report() throws GoneException {
        return engine.report();
    }

    @Override
    public DeviceCounters counters() {
        return engine.counters();
    }

    @Override
    public IoQueue openQueue(int depth) throws GoneException {
        engine.checkThere();
        return new EmulatedQueue(engine, scheduler, geometry, depth);
    }

    @Override
    public void close() {
        engine.close();
    }
}
