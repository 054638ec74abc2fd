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
import io.ocssd.geometry.recording.DeviceRecording;
import io.ocssd.geometry.timing.NandTiming;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Signal;

/** An open emulated drive. */
final class EmulatedDevice implements FlashDevice {
    private final DeviceInfo info;
    private final CreationParameters creation;
    private final Timings timings;
    private final Engine engine;
    private final EmulatedAdmin admin;
    private final DeviceRecording recording;

    EmulatedDevice(
            DeviceInfo info, CreationParameters creation, Media media, OpenParameters parameters, Scheduler scheduler) {
        NandTiming timing = parameters.timing().timing(Profile.ofImage(creation.profile()));
        this.info = info;
        this.creation = creation;
        this.timings = parameters.timing().isOn() ? timing.summary() : Timings.NONE;
        if (!parameters.dulbe()) {
            media.features().set(DeviceAdmin.FEATURE_ERROR_RECOVERY, 0);
        }
        Signal notifications = scheduler.newSignal();
        NotificationLog log = new NotificationLog(notifications);
        media.notifications(log);
        this.engine = parameters.timing().isOn()
                ? new TimedEngine(media, timing, parameters, scheduler)
                : new ImmediateEngine(media, parameters, scheduler);
        this.admin = new EmulatedAdmin(engine, creation, timings, media.features(), log, notifications);
        this.recording = DeviceRecording.open(info, creation.geometry().sectorBytes(), engine::countersSoFar);
    }

    /** What its power is cut by. */
    Engine engine() {
        return engine;
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public Geometry geometry() {
        return creation.geometry();
    }

    @Override
    public Limits limits() {
        return creation.limits();
    }

    @Override
    public Capabilities capabilities() {
        return creation.capabilities();
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
        return creation.durability();
    }

    @Override
    public BlockReport report() throws GoneException {
        BlockReport report = engine.report();
        engine.commit();
        return report;
    }

    @Override
    public DeviceCounters counters() {
        return engine.counters();
    }

    @Override
    public IoQueue openQueue(int depth) throws GoneException {
        return engine.openQueue(depth);
    }

    @Override
    public void close() {
        recording.close();
        engine.close();
    }
}
