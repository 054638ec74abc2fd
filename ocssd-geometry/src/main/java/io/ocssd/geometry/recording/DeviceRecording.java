package io.ocssd.geometry.recording;

import io.ocssd.device.DeviceCounters;
import io.ocssd.device.DeviceInfo;
import java.lang.ref.WeakReference;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;

/**
 * A drive as the flight recorder sees it, while it is open. Thread-safe.
 *
 * <p>As long as nobody has asked for a recording in this process the event class is not loaded, which would take a third of a
 * second, and nothing is recorded. A Java without the module {@code jdk.jfr} does as well, without events.
 */
public final class DeviceRecording implements AutoCloseable {
    /** Those that are open; one that is forgotten and never closed goes with its drive. */
    private static final CopyOnWriteArrayList<WeakReference<DeviceRecording>> OPEN = new CopyOnWriteArrayList<>();

    static {
        if (ModuleLayer.boot().findModule("jdk.jfr").isPresent()) {
            Listener.begin();
        }
    }

    private final DeviceInfo info;
    private final int sectorBytes;
    private final Supplier<DeviceCounters> counters;
    private final WeakReference<DeviceRecording> self = new WeakReference<>(this);

    private DeviceRecording(DeviceInfo info, int sectorBytes, Supplier<DeviceCounters> counters) {
        this.info = info;
        this.sectorBytes = sectorBytes;
        this.counters = counters;
    }

    /**
     * Lets recordings see a drive; to be held by the drive.
     *
     * @param counters what it has done; called by any thread, also by one that is no task, so it must not ask the scheduler
     */
    public static DeviceRecording open(DeviceInfo info, int sectorBytes, Supplier<DeviceCounters> counters) {
        DeviceRecording recording = new DeviceRecording(info, sectorBytes, counters);
        OPEN.removeIf(each -> each.get() == null);
        OPEN.add(recording.self);
        return recording;
    }

    /** Recordings see the drive no more. Idempotent. */
    @Override
    public void close() {
        OPEN.remove(self);
    }

    private static void commitAll() {
        for (WeakReference<DeviceRecording> each : OPEN) {
            DeviceRecording recording = each.get();
            if (recording != null) {
                new DeviceStatisticsEvent(recording.info, recording.sectorBytes, recording.counters.get()).commit();
            }
        }
    }

    /** Waits for the first recording of this process. */
    private static final class Listener implements FlightRecorderListener {
        static void begin() {
            FlightRecorder.addListener(new Listener());
        }

        @Override
        public void recorderInitialized(FlightRecorder recorder) {
            FlightRecorder.addPeriodicEvent(DeviceStatisticsEvent.class, DeviceRecording::commitAll);
        }
    }
}
