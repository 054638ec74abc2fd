package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.decorator.CommandShape;
import io.ocssd.geometry.decorator.HeldCompletions;
import io.ocssd.scheduler.HostCost;
import io.ocssd.scheduler.Scheduler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * A queue of a device with faults.
 *
 * <p>A command that nothing is in the way of is handed on as it is; that is the way of nearly all, and costs a look at a bit
 * for each block. Any other becomes a {@link Detour}, and so do later commands to the same blocks, so that their order
 * stays. While there are detours, what is handed on is tracked, and completions are gathered here and given out in the order
 * of time.
 */
final class FaultyQueue implements IoQueue {
    private final FaultyDevice device;
    private final DeviceBelow below;
    private final Faults faults;
    private final IoQueue inner;
    private final Scheduler scheduler;
    private final QueueBuffers buffers;
    private final Hits hits = new Hits();
    private final TrackedCommands tracked;
    /** In the order of submission. */
    private final List<Detour> detours = new ArrayList<>();

    private final ArrayDeque<Detour> spare = new ArrayDeque<>();
    private final HeldCompletions answers;
    private final IoCommand step = new IoCommand();
    private final Completion completion = new Completion();
    /** Whether anything is tracked or waits here. Otherwise the queue below is all there is. */
    private boolean detouring;
    /** Commands that were handed on before the detouring began and have not completed. */
    private int untracked;

    private long sequence;
    private boolean closed;

    FaultyQueue(FaultyDevice device, DeviceBelow below, IoQueue inner, Scheduler scheduler) {
        this.device = device;
        this.below = below;
        this.faults = below.faults;
        this.inner = inner;
        this.scheduler = scheduler;
        this.buffers = new QueueBuffers(below.geometry);
        this.tracked = new TrackedCommands(inner);
        this.answers = new HeldCompletions(inner.depth());
    }

    @Override
    public int depth() {
        return inner.depth();
    }

    @Override
    public int inFlight() {
        return detouring ? inner.inFlight() + waiting() + answers.size() : inner.inFlight();
    }

    /** Detours that are neither under way below nor answered. */
    private int waiting() {
        int count = 0;
        for (Detour each : detours) {
            count += each.underWay || each.answered ? 0 : 1;
        }
        return count;
    }

    @Override
    public boolean submit(IoCommand command) throws GoneException {
        check();
        if (detouring || !faults.armedNow().isQuiet(command) || TrackedCommands.isMarked(command.tag())) {
            return submitWatched(command);
        }
        return inner.submit(command);
    }

    /** Submits a command that may meet something, or that must be known again when it completes. */
    private boolean submitWatched(IoCommand command) throws GoneException {
        if (inFlight() == depth()) {
            return false;
        }
        CommandShape.check(command, below.geometry);
        faults.armedNow().meet(command, below.admin.highEccAsked(), hits);
        if (hits.gone) {
            throw device.goAway(command);
        }
        if (hits.any() || meetsDetour(command)) {
            beginDetouring();
            Detour detour = spare.isEmpty() ? new Detour() : spare.pop();
            detour.begin(command, hits, ++sequence, untracked + tracked.count() - stepsUnderWay());
            detours.add(detour);
            goOn();
        } else if (detouring || TrackedCommands.isMarked(command.tag())) {
            beginDetouring();
            tracked.submit(command, ++sequence, null);
        } else {
            return inner.submit(command);
        }
        return true;
    }

    private void beginDetouring() {
        if (!detouring) {
            detouring = true;
            untracked = inner.inFlight();
        }
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
        if (!detouring) {
            return inner.poll(into);
        }
        goOn();
        boolean taken = answers.take(scheduler.nanoTime(), into);
        detouring = !detours.isEmpty() || answers.size() > 0 || tracked.count() > 0;
        return taken;
    }

    @Override
    public int await(int min, long deadlineNanos) throws GoneException {
        check();
        if (!detouring) {
            return inner.await(min, deadlineNanos);
        }
        if (min < 0) {
            throw new IllegalArgumentException("min=" + min);
        }
        int wanted = Math.min(min, inFlight());
        while (true) {
            goOn();
            long now = scheduler.nanoTime();
            int due = answers.countDue(now);
            if (due >= wanted || now >= deadlineNanos) {
                return due;
            }
            if (canGoOn(now)) {
                continue;
            }
            long until = due < answers.size() ? Math.min(deadlineNanos, answers.dueNanos(due)) : deadlineNanos;
            if (inner.inFlight() > 0) {
                inner.await(1, until);
            } else {
                scheduler.sleepUntil(until);
            }
        }
    }

    /** Whether an answer has become due since detours were last looked at, so that those behind it may begin. */
    private boolean canGoOn(long now) {
        for (Detour each : detours) {
            if (each.answered && each.dueNanos <= now) {
                return true;
            }
        }
        return false;
    }

    /** Takes what has completed below, and lets every detour go on that can. */
    private void goOn() throws GoneException {
        do {
            takeCompletions();
        } while (advance());
        below.checkKept();
    }

    private void takeCompletions() throws GoneException {
        while (inner.poll(completion)) {
            if (!TrackedCommands.isMarked(completion.tag())) {
                // It was there before all detours.
                untracked--;
                answers.add(scheduler.nanoTime(), completion);
                completedBefore(Long.MIN_VALUE);
                continue;
            }
            int slot = tracked.take(completion);
            Detour detour = tracked.detour(slot);
            if (detour == null) {
                answers.add(scheduler.nanoTime(), completion);
                completedBefore(tracked.sequence(slot));
            } else {
                detour.underWay = false;
                detour.intervention.completed(completion);
            }
        }
    }

    /** A command that was handed on has completed: one less that later detours wait for. */
    private void completedBefore(long number) {
        for (Detour each : detours) {
            if (number < each.sequence) {
                each.handedOnBefore--;
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
            tracked.submit(step, detour.sequence, detour);
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
            while (inFlight() > 0) {
                await(inFlight(), Long.MAX_VALUE);
                while (poll(completion)) {
                    // Nobody wants to know any more.
                }
            }
        } catch (GoneException e) {
            // Then nothing is in flight any more, which is what was waited for.
        }
        closed = true;
        inner.close();
        detours.clear();
        detouring = false;
    }

    private void check() throws GoneException {
        if (closed) {
            throw new IllegalStateException("the queue is closed, depth=" + depth());
        }
        device.checkThere();
    }
}
