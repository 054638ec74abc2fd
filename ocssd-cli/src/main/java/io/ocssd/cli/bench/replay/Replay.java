package io.ocssd.cli.bench.replay;

import io.ocssd.cli.bench.load.Filler;
import io.ocssd.cli.bench.load.Monitor;
import io.ocssd.cli.bench.measure.Measure;
import io.ocssd.cli.bench.measure.Window;
import io.ocssd.cli.frame.Failure;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Completion;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.decorator.trace.TraceReader;
import io.ocssd.geometry.decorator.trace.TracedCommand;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * Sends the commands of a trace to a device, in their order and on one queue, so that commands to the same block stay in
 * order.
 *
 * <p>At recorded times a command is due as long after the first one as it was recorded, and its latency begins then, however
 * long it has to wait to be sent. As fast as possible, the next is sent as soon as fewer are under way than wanted, and its
 * latency begins when it is sent. Used once, by one task of the device's scheduler.
 */
public final class Replay {
    /** A command that is sent so much after it was due is late: about what reading takes on the fastest flash. */
    public static final long LATE_NANOS = 100_000;

    /** Most commands under way at recorded times. */
    private static final int MOST_UNDER_WAY = 1024;

    /** Bytes of buffers that are made before the clock starts; those for as many as the recording had are in any case. */
    private static final int BUFFER_BYTES = 32 << 20;

    private static final int FILLED_AT_A_TIME = 64;
    /** How long it waits in real time before it looks whether it shall stop. */
    private static final long LOOK_NANOS = 50_000_000;

    private final FlashDevice device;
    private final Scheduler scheduler;
    private final TraceReader trace;
    private final TraceSurvey survey;
    private final Monitor monitor;
    private final boolean atRecordedTimes;
    private final int depth;
    private final List<ReplaySlot> slots = new ArrayList<>();
    private final ArrayDeque<ReplaySlot> idle = new ArrayDeque<>();
    private final IoCommand command = new IoCommand();
    private final Completion completion = new Completion();
    private Window window;
    private Measure reads;
    private Measure writes;
    private Measure erases;
    private long sent;
    private long skipped;
    private long late;
    private long greatestLagNanos;
    private long differences;
    private String firstDifference;
    private boolean stopped;

    private Replay(
            FlashDevice device,
            Scheduler scheduler,
            TraceReader trace,
            TraceSurvey survey,
            int fastestDepth,
            Monitor monitor) {
        this.device = device;
        this.scheduler = scheduler;
        this.trace = trace;
        this.survey = survey;
        this.monitor = monitor;
        this.atRecordedTimes = fastestDepth == 0;
        this.depth = atRecordedTimes ? MOST_UNDER_WAY : fastestDepth;
    }

    /**
     * Writes what blocks held when the trace began, into a drive that is new.
     *
     * @return bytes written
     */
    public static long prepare(FlashDevice device, TraceSurvey survey, Monitor monitor) throws GoneException {
        HeldBlocks held = survey.held(device.report());
        if (held.size() == 0) {
            return 0;
        }
        monitor.begin("writing what was there", held.size(), "blocks");
        // Those that stay open come last: until then all places for open blocks can be used.
        fill(device, held.full(), monitor);
        fill(device, held.open(), monitor);
        return held.sectors() * device.geometry().sectorBytes();
    }

    private static void fill(FlashDevice device, List<Filler.Rest> rests, Monitor monitor) throws GoneException {
        if (rests.isEmpty()) {
            return;
        }
        int most = device.limits().maxPartlyWritten();
        int atATime = Math.min(rests.size(), most == 0 ? FILLED_AT_A_TIME : Math.min(most, FILLED_AT_A_TIME));
        List<Filler.Unfilled> unfilled = new Filler(device, ByteClass.PAYLOAD, atATime, monitor).fill(rests);
        if (monitor.stopRequested()) {
            throw Failure.refused("stopped while writing what was there before", "nothing was replayed yet");
        }
        if (!unfilled.isEmpty()) {
            Filler.Unfilled first = unfilled.get(0);
            throw Failure.refused(
                    "what the trace begins with can't be written: " + NvmeStatus.name(first.status()) + " at "
                            + Ppa.toString(
                                    first.rest().blockPpa() | first.rest().fromSector()),
                    "see whether the trace is of a drive of this shape");
        }
    }

    /**
     * Sends all commands.
     *
     * @param fastestDepth how many are kept under way; 0 to send them at recorded times
     */
    public static ReplayResult run(
            FlashDevice device,
            Scheduler scheduler,
            TraceReader trace,
            TraceSurvey survey,
            int fastestDepth,
            Monitor monitor)
            throws IOException {
        try {
            return new Replay(device, scheduler, trace, survey, fastestDepth, monitor).run();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private ReplayResult run() throws GoneException {
        monitor.begin("replaying", survey.commands(), "commands");
        makeSlots();
        Iterator<TracedCommand> rest = trace.iterator();
        TracedCommand next = next(rest);
        DeviceCounters before = device.counters();
        try (IoQueue queue = device.openQueue(depth)) {
            // All that takes long is done: the clock starts.
            window = new Window(scheduler, scheduler.nanoTime(), Long.MAX_VALUE);
            reads = new Measure(window);
            writes = new Measure(window);
            erases = new Measure(window);
            while (next != null || queue.inFlight() > 0) {
                while (next != null && isDue(next) && send(queue, next)) {
                    next = next(rest);
                }
                await(queue, next);
                collect(queue);
                stopped |= monitor.stopRequested();
                next = stopped ? null : next;
            }
            window.end(scheduler.nanoTime());
        }
        return new ReplayResult(
                window,
                reads,
                writes,
                erases,
                before,
                device.counters(),
                sent,
                skipped,
                late,
                greatestLagNanos,
                differences,
                firstDifference,
                stopped);
    }

    /** Makes places and their buffers for as many commands as there is memory for; more are made when they are needed. */
    private void makeSlots() {
        long bytes = (long) survey.mostSectors() * device.geometry().sectorBytes()
                + ReplaySlot.oobBytes(survey.mostSectors(), device.geometry());
        int ready = (int) Math.min(depth, Math.max(survey.mostUnderWay(), BUFFER_BYTES / bytes));
        while (slots.size() < ready) {
            idle.add(newSlot());
        }
    }

    private ReplaySlot newSlot() {
        ReplaySlot slot = new ReplaySlot(slots.size(), survey.mostSectors(), device.geometry());
        slots.add(slot);
        return slot;
    }

    private TracedCommand next(Iterator<TracedCommand> rest) {
        while (rest.hasNext()) {
            TracedCommand next = rest.next();
            if (ReplaySlot.canSend(next)) {
                return next;
            }
            skipped++;
        }
        return null;
    }

    /** When a command is due; at once when it shall go as fast as possible. */
    private long dueNanos(TracedCommand next) {
        return atRecordedTimes
                ? window.beginNanos() + next.submittedNanos() - survey.firstNanos()
                : window.beginNanos();
    }

    private boolean isDue(TracedCommand next) {
        return !atRecordedTimes || dueNanos(next) <= scheduler.nanoTime();
    }

    /** Sends a command; false when as many are under way as may be. */
    private boolean send(IoQueue queue, TracedCommand next) throws GoneException {
        ReplaySlot slot = idle.poll();
        if (slot == null) {
            if (slots.size() == depth) {
                return false;
            }
            slot = newSlot();
        }
        long now = scheduler.nanoTime();
        long due = atRecordedTimes ? dueNanos(next) : now;
        slot.take(next, due);
        slot.fill(command);
        if (!queue.submit(command)) {
            idle.push(slot);
            return false;
        }
        sent++;
        late += now - due > LATE_NANOS ? 1 : 0;
        greatestLagNanos = Math.max(greatestLagNanos, now - due);
        return true;
    }

    private void await(IoQueue queue, TracedCommand next) throws GoneException {
        boolean full = idle.isEmpty() && slots.size() == depth;
        long wake = next == null || full ? Long.MAX_VALUE : dueNanos(next);
        if (!scheduler.isSimulated()) {
            wake = Math.min(wake, scheduler.nanoTime() + LOOK_NANOS);
        }
        if (queue.inFlight() > 0) {
            queue.await(1, wake);
        } else if (next != null) {
            scheduler.sleepUntil(wake);
        }
    }

    private void collect(IoQueue queue) throws GoneException {
        while (queue.poll(completion)) {
            ReplaySlot slot = slots.get((int) completion.tag());
            long now = scheduler.nanoTime();
            Measure measure = switch (slot.command.operation()) {
                case READ -> reads;
                case WRITE, APPEND -> writes;
                case ERASE -> erases;
                case COPY, FINISH, OPEN, CLOSE -> null;
            };
            if (measure != null) {
                measure(measure, slot, now);
            }
            compare(slot.command);
            idle.push(slot);
            monitor.progress(sent - queue.inFlight());
        }
    }

    private void measure(Measure measure, ReplaySlot slot, long now) {
        if (NvmeStatus.isDataGood(completion.status())) {
            long bytes = measure == erases
                    ? 0
                    : (long) slot.command.sectors() * device.geometry().sectorBytes();
            measure.succeeded(slot.arrivalNanos, now, bytes);
        } else {
            measure.failed(slot.arrivalNanos, completion.status(), slot.command.address(0));
        }
    }

    private void compare(TracedCommand traced) {
        if (!traced.isCompleted() || traced.status() == completion.status()) {
            return;
        }
        differences++;
        if (firstDifference == null) {
            firstDifference = String.format(
                    Locale.ROOT,
                    "%s at %s: recorded %s, now %s",
                    traced.operation().name().toLowerCase(Locale.ROOT),
                    Ppa.toString(traced.address(0)),
                    NvmeStatus.name(traced.status()),
                    NvmeStatus.name(completion.status()));
        }
    }
}
