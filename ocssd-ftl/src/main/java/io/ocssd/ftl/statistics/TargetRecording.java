package io.ocssd.ftl.statistics;

import io.ocssd.device.DeviceInfo;
import io.ocssd.target.Target;
import io.ocssd.vblock.Stream;
import java.lang.ref.WeakReference;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;

/**
 * A target as the flight recorder sees it, while it is open. Thread-safe.
 *
 * <p>As long as nobody has asked for a recording in this process no event class is loaded, which would take a third of a second,
 * and nothing is recorded. A Java without the module {@code jdk.jfr} does as well, without events.
 */
public final class TargetRecording implements AutoCloseable {
    /** Those that are open; one that is forgotten and never closed goes with its target. */
    private static final CopyOnWriteArrayList<WeakReference<TargetRecording>> OPEN = new CopyOnWriteArrayList<>();

    /** Whether a recording was asked for since this process began. */
    private static volatile boolean asked;

    static {
        if (ModuleLayer.boot().findModule("jdk.jfr").isPresent()) {
            Listener.begin();
        }
    }

    private final DeviceInfo device;
    private final int sectorBytes;
    private final Target target;
    private final IntSupplier openBlocks;
    private final WeakReference<TargetRecording> self = new WeakReference<>(this);

    private TargetRecording(DeviceInfo device, int sectorBytes, Target target, IntSupplier openBlocks) {
        this.device = device;
        this.sectorBytes = sectorBytes;
        this.target = target;
        this.openBlocks = openBlocks;
    }

    /**
     * Lets recordings see a target; to be held by whoever has it open.
     *
     * @param openBlocks tells how many blocks it has open for writing; called by any thread
     */
    public static TargetRecording open(DeviceInfo device, int sectorBytes, Target target, IntSupplier openBlocks) {
        TargetRecording recording = new TargetRecording(device, sectorBytes, target, openBlocks);
        OPEN.removeIf(each -> each.get() == null);
        OPEN.add(recording.self);
        return recording;
    }

    /** Recordings see the target no more. Idempotent. */
    @Override
    public void close() {
        OPEN.remove(self);
    }

    /** Begins to record that a writer waits; null when no recording asks for it. */
    public static Stall beginStall() {
        return asked ? Stall.begin() : null;
    }

    /** A wait that is recorded. */
    public static final class Stall {
        private final AppendStallEvent event;

        private Stall(AppendStallEvent event) {
            this.event = event;
        }

        private static Stall begin() {
            AppendStallEvent event = new AppendStallEvent();
            if (!event.isEnabled()) {
                return null;
            }
            event.begin();
            return new Stall(event);
        }

        /**
         * The wait is over.
         *
         * @param waitedNanos on the clock of the scheduler
         */
        public void end(DeviceInfo device, int targetId, long vblock, Stream stream, long waitedNanos) {
            event.end();
            if (event.shouldCommit()) {
                event.device = device.uri();
                event.serial = device.serial();
                event.targetId = targetId;
                event.vblock = vblock;
                event.stream = stream.label();
                event.waited = waitedNanos;
                event.commit();
            }
        }
    }

    private static void commitAll() {
        for (WeakReference<TargetRecording> each : OPEN) {
            TargetRecording recording = each.get();
            if (recording != null) {
                recording.commit();
            }
        }
    }

    private void commit() {
        new TargetStatisticsEvent(
                        device,
                        sectorBytes,
                        target.info(),
                        openBlocks.getAsInt(),
                        target.vblocks().statistics())
                .commit();
    }

    /** Waits for the first recording of this process. */
    private static final class Listener implements FlightRecorderListener {
        static void begin() {
            FlightRecorder.addListener(new Listener());
        }

        @Override
        public void recorderInitialized(FlightRecorder recorder) {
            FlightRecorder.addPeriodicEvent(TargetStatisticsEvent.class, TargetRecording::commitAll);
            asked = true;
        }
    }
}
