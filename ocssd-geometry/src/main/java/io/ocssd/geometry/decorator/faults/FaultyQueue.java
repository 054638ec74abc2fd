package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.decorator.CommandShape;
import io.ocssd.geometry.decorator.ForwardedCommands;
import io.ocssd.geometry.decorator.HeldCompletions;
import io.ocssd.scheduler.HostCost;
import io.ocssd.scheduler.Scheduler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * A queue of a device with faults.
 *
 * <p>A command that nothing is in the way of is handed on at once; that is the way of nearly all, and costs a look at a bit
 * for each block. Any other becomes a {@link Detour}, and so do later commands to the same blocks, so that their order
 * stays. While there are detours, completions are gathered here and given out in the order of time.
 */
final class FaultyQueue implements IoQueue {
    private final FaultyDevice device;
    private final DeviceBelow below;
    private final IoQueue inner;
    private final Scheduler scheduler;
    private final ForwardedCommands handedOn;
    private final QueueBuffers buffers;
    private final Hits hits = new Hits();
    /** Of what was handed on, by slot: its number, and the detour that it is a step of. */
    private final long[] sequences;

    private final Detour[] detourOf;
    /** In the order of submission. */
    private final List<Detour> detours = new ArrayList<>();

    private final ArrayDeque<Detour> spare = new ArrayDeque<>();
    private final HeldCompletions answers;
    private final IoCommand step = new IoCommand();
    private final Completion completion = new Completion();
    private long sequence;
    private int inFlight;
    private boolean closed;

    FaultyQueue(FaultyDevice device, DeviceBelow below, IoQueue inner, Scheduler scheduler) {
        this.device = device;
        this.below = below;
        this.inner = inner;
        this.scheduler = scheduler;
        this.handedOn = new ForwardedCommands(inner);
        this.buffers = new QueueBuffers(below.geometry);
        this.sequences = new long[inner.depth()];
        this.detourOf = new Detour[inner.depth()];
        this.answers = new HeldCompletions(inner.depth());
    }

    @Override
    public int depth() {
        return inner.depth();
    }

    @Override
    public int inFlight() {
        return inFlight;
    }

    @Override
    public boolean submit(IoCommand command) throws GoneException {
        check();
        if (inFlight == depth()) {
            return false;
        }
        if (!detours.isEmpty() || !below.faults.armedNow().isQuiet(command)) {
            return submitWatched(command);
        }
        handOn(command);
        return true;
    }

    private void handOn(IoCommand command) throws GoneException {
        sequences[handedOn.submit(command)] = ++sequence;
        inFlight++;
    }

    private boolean submitWatched(IoCommand command) throws GoneException {
        CommandShape.check(command, below.geometry);
        below.faults.armedNow().meet(command, below.admin.highEccAsked(), hits);
        if (hits.gone) {
            throw device.goAway(command);
        }
        if (!hits.any() && !meetsDetour(command)) {
            handOn(command);
            return true;
        }
        Detour detour = spare.isEmpty() ? new Detour() : spare.pop();
        detour.begin(command, hits, ++sequence, handedOn.count() - stepsUnderWay());
        detours.add(detour);
        inFlight++;
        goOn();
        return true;
    }

    private boolean meetsDetour(IoCommand command) {
        for (Detour each : detours) {
            if (each.meets(command)) {
                return true;
            }
        }
        return false;
    }

    private int stepsUnderWay() {
        int count = 0;
        for (Detour each : detours) {
            count += each.underWay ? 1 : 0;
        }
        return count;
    }

    @Override
    public boolean poll(Completion into) throws GoneException {
        check();
        if (detours.isEmpty() && answers.size() == 0) {
            if (handedOn.poll(into) == ForwardedCommands.NONE) {
                return false;
            }
            inFlight--;
            return true;
        }
        goOn();
        if (!answers.take(scheduler.nanoTime(), into)) {
            return false;
        }
        inFlight--;
        return true;
    }

    @Override
    public int await(int min, long deadlineNanos) throws GoneException {
        check();
        if (detours.isEmpty() && answers.size() == 0) {
            return inner.await(min, deadlineNanos);
        }
        if (min < 0) {
            throw new IllegalArgumentException("min=" + min);
        }
        int wanted = Math.min(min, inFlight);
        while (true) {
            goOn();
            long now = scheduler.nanoTime();
            int due = answers.countDue(now);
            if (due >= wanted || now >= deadlineNanos) {
                return due;
            }
            long until = due < answers.size() ? Math.min(deadlineNanos, answers.dueNanos(due)) : deadlineNanos;
            if (handedOn.count() > 0) {
                inner.await(1, until);
            } else {
                scheduler.sleepUntil(until);
            }
        }
    }

    /** Takes what has completed below, and lets every detour go on that can. */
    private void goOn() throws GoneException {
        do {
            takeCompletions();
        } while (advance());
        below.checkKept();
    }

    private void takeCompletions() throws GoneException {
        int slot;
        while ((slot = handedOn.poll(completion)) != ForwardedCommands.NONE) {
            Detour detour = detourOf[slot];
            if (detour != null) {
                detourOf[slot] = null;
                detour.underWay = false;
                detour.intervention.completed(completion);
                continue;
            }
            answers.add(scheduler.nanoTime(), completion);
            for (Detour each : detours) {
                if (sequences[slot] < each.sequence) {
                    each.handedOnBefore--;
                }
            }
        }
    }

    /** Lets detours begin, go on and end; false when none could. */
    private boolean advance() throws GoneException {
        boolean any = false;
        for (int i = 0; i < detours.size(); i++) {
            Detour each = detours.get(i);
            if (each.answered) {
                if (each.dueNanos <= scheduler.nanoTime()) {
                    detours.remove(i--);
                    spare.push(each);
                    any = true;
                }
            } else if (!each.underWay && (each.intervention != null || mayBegin(each, i))) {
                any |= goOn(each);
            }
        }
        return any;
    }

    /** Whether nothing is in the way of a detour; when so, it is known what to do about it afterwards. */
    private boolean mayBegin(Detour detour, int index) {
        for (int i = 0; i < index; i++) {
            if (detours.get(i).meets(detour.command)) {
                return false;
            }
        }
        Intervention intervention = Intervention.of(detour.command, detour.hits, below, buffers);
        if (intervention.needsQuiet() && detour.handedOnBefore > 0) {
            return false;
        }
        detour.intervention = intervention;
        return true;
    }

    /** Takes the next step of a detour, or answers; false when the answer has to wait for what was handed on before. */
    private boolean goOn(Detour detour) throws GoneException {
        if (!detour.finished && detour.intervention.next(step)) {
            int slot = handedOn.submit(step);
            detourOf[slot] = detour;
            detour.steps++;
            detour.underWay = true;
            return true;
        }
        detour.finished = true;
        if (detour.handedOnBefore > 0 && detour.intervention.leavesOut()) {
            return false;
        }
        if (detour.steps == 0) {
            scheduler.charge(HostCost.COMMAND, 1);
        }
        below.adjustments.command(detour.steps);
        detour.answered = true;
        detour.dueNanos = scheduler.nanoTime() + detour.hits.extraNanos;
        answers.add(
                detour.dueNanos,
                detour.command.tag(),
                detour.intervention.status(),
                detour.intervention.failedAddresses(),
                detour.intervention.address());
        return true;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        try {
            while (inFlight > 0) {
                await(inFlight, Long.MAX_VALUE);
                while (poll(completion)) {
                    // Nobody wants to know any more.
                }
            }
        } catch (GoneException e) {
            // Then nothing is in flight any more, which is what was waited for.
            inFlight = 0;
        }
        closed = true;
        inner.close();
    }

    private void check() throws GoneException {
        if (closed) {
            throw new IllegalStateException("the queue is closed, depth=" + depth());
        }
        device.checkThere();
    }
}
