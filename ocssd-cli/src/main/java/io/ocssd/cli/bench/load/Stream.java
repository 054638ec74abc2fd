package io.ocssd.cli.bench.load;

import io.ocssd.cli.bench.measure.Measure;
import io.ocssd.cli.bench.measure.Window;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.GoneException;
import io.ocssd.scheduler.Scheduler;
import java.util.List;

/**
 * One task that keeps a queue filled with the requests of its lanes.
 *
 * <p>Begins requests at their pace until the window is over or all that were wanted have begun, and ends when the last one
 * has. What had arrived by then without finding room is still served, for as long again as the window was; the rest is
 * counted as not sent.
 */
final class Stream {
    /** More commands under way bring a device nothing. */
    private static final int MOST_COMMANDS = 4096;

    /** How long it waits in real time before it looks whether it shall stop. */
    private static final long LOOK_NANOS = 50_000_000;

    private final FlashDevice device;
    private final Scheduler scheduler;
    private final Lane[] lanes;
    private final Pace pace;
    private final Measure measure;
    private final Window window;
    private final Progress progress;
    /** Measured requests that may still begin. */
    private long budget;
    /** Measured requests after whose end the window ends; 0 when it ends by itself. */
    private final long count;

    private final IoCommand command = new IoCommand();
    private final Completion completion = new Completion();
    /** Lanes that may have something to send, each at most once. */
    private final int[] sending;

    private final boolean[] isSending;
    private int sendingHead;
    private int sendingCount;
    private long underWay;
    private final boolean[] isDead;
    private int dead;

    /**
     * A stream.
     *
     * @param count measured requests that it begins, and after which it ends the window; 0 when the window ends by itself
     */
    Stream(
            FlashDevice device,
            Scheduler scheduler,
            List<? extends Lane> lanes,
            Pace pace,
            Measure measure,
            long count,
            Progress progress) {
        this.device = device;
        this.scheduler = scheduler;
        this.lanes = lanes.toArray(Lane[]::new);
        this.pace = pace;
        this.measure = measure;
        this.window = measure.window();
        this.count = count;
        this.budget = count == 0 ? Long.MAX_VALUE : count;
        this.progress = progress;
        this.sending = new int[this.lanes.length];
        this.isSending = new boolean[this.lanes.length];
        this.isDead = new boolean[this.lanes.length];
    }

    /** Whether no lane can send anything any more. */
    boolean isDead() {
        return dead == lanes.length;
    }

    /** Lanes that can't send anything any more. */
    int dead() {
        return dead;
    }

    /** Runs until the window is over. */
    void run() throws GoneException {
        int commands = 0;
        for (Lane lane : lanes) {
            commands = Math.min(MOST_COMMANDS, commands + lane.mostCommands());
        }
        try (IoQueue queue = device.openQueue(commands)) {
            for (int turn = 0, most = mostDepth(); turn < most; turn++) {
                for (Lane lane : lanes) {
                    if (turn < lane.depth()) {
                        pace.room(lane.number(), scheduler.nanoTime(), 0);
                    }
                }
            }
            while (!isDead() && turn(queue)) {
                // all work is in the turns
            }
        } finally {
            window.end(scheduler.nanoTime());
        }
        skipUnsent();
    }

    private int mostDepth() {
        int most = 0;
        for (Lane lane : lanes) {
            most = Math.max(most, lane.depth());
        }
        return most;
    }

    /** Sends what can be sent, waits, takes what has completed; false when there is nothing left to do. */
    private boolean turn(IoQueue queue) throws GoneException {
        long before = scheduler.nanoTime();
        boolean begins = beginDue(before);
        send(queue);
        if (underWay == 0 && !begins) {
            return false;
        }
        long wake = begins ? pace.wakeNanos() : Pace.NEVER;
        if (!window.isOver(before)) {
            wake = Math.min(wake, window.endNanos());
        }
        if (!scheduler.isSimulated()) {
            wake = Math.min(wake, before + LOOK_NANOS);
        }
        if (queue.inFlight() > 0) {
            queue.await(1, wake);
        } else if (!isDead()) {
            scheduler.sleepUntil(wake);
        }
        long now = scheduler.nanoTime();
        while (queue.poll(completion)) {
            completed(now);
        }
        if (progress.at(measure, now)) {
            window.end(now);
        }
        return true;
    }

    /** Begins what is due; false when nothing will begin any more. */
    private boolean beginDue(long now) {
        boolean over = window.isOver(now);
        while (budget > 0 && (!over || isServedLate(now))) {
            int lane = pace.take(now);
            if (lane < 0) {
                return true;
            }
            if (isDead[lane]) {
                continue;
            }
            Request request = lanes[lane].begin(pace.arrivalNanos());
            if (count > 0 && window.isInside(request.arrivalNanos)) {
                budget--;
            }
            underWay++;
            markSending(lane);
        }
        return false;
    }

    /** Whether, after the window, a request is still served that arrived inside. */
    private boolean isServedLate(long now) {
        return count == 0
                && !progress.stopped()
                && pace.nextArrivalNanos() < window.endNanos()
                && now - window.endNanos() < window.nanos();
    }

    private void send(IoQueue queue) throws GoneException {
        while (sendingCount > 0) {
            int lane = sending[sendingHead];
            while (lanes[lane].hasUnsent()) {
                Request request = lanes[lane].firstUnsent();
                if (request.sentSectors == 0 && !pace.isOpen()) {
                    request.arrivalNanos = scheduler.nanoTime();
                }
                Lane.Step step = lanes[lane].step(queue, command);
                if (step == Lane.Step.QUEUE_FULL) {
                    return;
                }
                if (step == Lane.Step.DEAD) {
                    bury(lanes[lane]);
                }
                if (step != Lane.Step.SENT) {
                    break;
                }
            }
            isSending[lane] = false;
            sendingHead = (sendingHead + 1) % sending.length;
            sendingCount--;
        }
    }

    private void markSending(int lane) {
        if (!isSending[lane]) {
            isSending[lane] = true;
            sending[(sendingHead + sendingCount++) % sending.length] = lane;
        }
    }

    /** Gives up what a lane could not send. It is blocked before it is dead, so nothing of it is under way. */
    private void bury(Lane lane) {
        while (lane.hasUnsent()) {
            Request request = lane.firstUnsent();
            lane.dropFirstUnsent();
            underWay--;
            if (request.hasFailed()) {
                measure.failed(request.arrivalNanos, request.status, request.failedAddress);
            }
        }
        isDead[lane.number()] = true;
        dead++;
    }

    private void completed(long now) {
        int number = Lane.laneOf(completion.tag());
        Lane lane = lanes[number];
        Request request = lane.completed(completion, now);
        if (lane.hasUnsent()) {
            markSending(number);
        }
        if (request == null) {
            return;
        }
        underWay--;
        if (request.status == NvmeStatus.SUCCESS) {
            measure.succeeded(request.arrivalNanos, now, lane.requestBytes());
        } else {
            measure.failed(request.arrivalNanos, request.status, request.failedAddress);
        }
        lane.free(request);
        pace.room(number, now, now - request.arrivalNanos);
        if (count > 0 && measure.ended() == count) {
            window.end(now);
        }
    }

    /** Counts what arrived inside the window and was never begun. */
    private void skipUnsent() {
        if (count == 0) {
            long unsent = 0;
            while (pace.nextArrivalNanos() < window.endNanos()) {
                pace.skip();
                unsent++;
            }
            measure.unsent(unsent);
        }
    }
}
