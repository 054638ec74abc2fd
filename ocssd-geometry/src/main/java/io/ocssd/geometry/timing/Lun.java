package io.ocssd.geometry.timing;

import io.ocssd.geometry.timing.Operation.Kind;
import io.ocssd.geometry.timing.Operation.Step;

/**
 * What one LUN does, and what waits for it.
 *
 * <p>Invariants. {@link #running} has the array; a read keeps it, without a second register until its data are out, with
 * one until they are in that register. {@link #sending} has the cache register and sends its data; then the array is free
 * for reads only. {@link #suspended} goes on when no read waits that may interrupt it. {@link #loading} is the program
 * behind the running one, its data in the cache register; it begins with the end of the running one. As long as anything
 * waits that could begin, something runs or sends. Every operation of a LUN that runs or sends has a step that is due,
 * except a read that waits for the cache register: the end of {@link #sending} moves it on.
 */
final class Lun {
    private final FlashTimeline timeline;
    private final int number;
    private final Bus bus;
    private final boolean cacheRead;
    private final boolean cacheProgram;
    private final long cacheReadNanos;
    private final SuspendRules suspend;
    private final long statusNanos;
    private final OperationLine high = new OperationLine();
    private final OperationLine normal = new OperationLine();
    private Operation running;
    private Operation sending;
    private Operation loading;
    private Operation suspended;
    private long busyNanos;
    private long busySinceNanos;

    Lun(FlashTimeline timeline, int number, Bus bus, NandTiming timing) {
        this.timeline = timeline;
        this.number = number;
        this.bus = bus;
        this.cacheRead = timing.registers().cacheRead();
        this.cacheProgram = timing.registers().cacheProgram();
        this.cacheReadNanos = timing.registers().cacheReadNanos();
        this.suspend = timing.suspend();
        this.statusNanos = timing.bus().statusNanos();
    }

    /** Says before which time no operation that is at work here finishes; {@link Long#MAX_VALUE} when none is. */
    private void tellBound() {
        long bound = running == null || isHeld(running) ? Long.MAX_VALUE : running.boundNanos;
        timeline.boundNanos(number, sending == null ? bound : Math.min(bound, sending.boundNanos));
    }

    /** How long it has had something to do until now. */
    long busyNanos(long nowNanos) {
        return busyNanos + (isIdle() ? 0 : Math.max(0, nowNanos - busySinceNanos));
    }

    /** Takes an operation over; its data are there, or nearly. */
    void submit(Operation operation) {
        (operation.high ? high : normal).add(operation);
        long at = operation.arrivesNanos;
        if (isIdle()) {
            busySinceNanos = at;
            serve(at);
        } else if (running == null) {
            serve(at);
        } else if (running.isArrayWork() && mayInterrupt()) {
            if (at < running.arrayStartNanos) {
                awaitArrayStart(running);
            } else {
                interrupt(at);
            }
        }
        tellBound();
    }

    /** A step of an operation of this LUN is due. */
    void step(Operation operation, long now) {
        switch (operation.step) {
            case ARRAY_START -> arrayStart(operation, now);
            case ARRAY_END -> arrayEnd(operation, now);
            case TRANSFER_END -> transferEnd(operation, now);
            case ARRIVAL, DELIVERY -> throw new IllegalStateException("step=" + operation.step);
        }
        tellBound();
    }

    private boolean isIdle() {
        return running == null && sending == null && suspended == null;
    }

    /** The array is free from some time on: begins whatever is next. */
    private void serve(long from) {
        Operation next = takeNext();
        if (next != null) {
            begin(next, Math.max(from, next.arrivesNanos));
        } else if (sending == null) {
            if (suspended == null) {
                busyNanos += from - busySinceNanos;
            } else {
                Operation resumed = suspended;
                suspended = null;
                runArray(resumed, from + suspend.resumeNanos(), resumed.remainingNanos);
            }
        }
    }

    private Operation takeNext() {
        OperationLine line = suspended != null ? interruptingLine() : high.isEmpty() ? normal : high;
        if (line == null || line.isEmpty() || (sending != null && line.first().kind != Kind.READ)) {
            return null;
        }
        return line.removeFirst();
    }

    private void begin(Operation operation, long at) {
        switch (operation.kind) {
            case READ -> {
                running = operation;
                bus.slipIn(at, operation.commandNanos);
                long end = at + operation.commandNanos + operation.arrayNanos;
                operation.boundNanos = Math.max(end, bus.freeNanos()) + operation.dataNanos;
                timeline.schedule(operation, Step.ARRAY_END, end);
            }
            case PROGRAM -> runArray(operation, loaded(operation, at), operation.arrayNanos + statusNanos);
            case ERASE, COPY -> {
                bus.slipIn(at, operation.commandNanos);
                runArray(operation, at + operation.commandNanos, operation.arrayNanos + statusNanos);
            }
            case NOTHING -> throw new IllegalStateException("kind=" + operation.kind);
        }
    }

    /** Brings the data of a program in; returns when they are there. */
    private long loaded(Operation operation, long from) {
        return bus.transfer(from, operation.commandNanos + operation.dataNanos);
    }

    private void runArray(Operation operation, long start, long nanos) {
        running = operation;
        operation.arrayStartNanos = start;
        operation.arrayEndNanos = start + nanos;
        if (mayInterrupt()) {
            awaitArrayStart(operation);
        } else {
            awaitArrayEnd(operation);
        }
    }

    private void awaitArrayStart(Operation operation) {
        // A read that interrupts then can finish long before the operation does.
        operation.boundNanos = operation.arrayStartNanos;
        timeline.schedule(operation, Step.ARRAY_START, operation.arrayStartNanos);
    }

    private void awaitArrayEnd(Operation operation) {
        operation.boundNanos = operation.arrayEndNanos;
        timeline.schedule(operation, Step.ARRAY_END, operation.arrayEndNanos);
    }

    /** Whether something waits for the moment at which the array is at work on the running operation. */
    private boolean mayInterrupt() {
        return loading == null && (maySuspend() || loadable() != null);
    }

    private void arrayStart(Operation operation, long now) {
        interrupt(now);
        if (running == operation) {
            awaitArrayEnd(operation);
        }
    }

    /** The array is at work: suspends it or loads the next program, where that is possible. */
    private void interrupt(long now) {
        if (loading != null) {
            return;
        }
        if (maySuspend() && running.arrayEndNanos - now > suspendNanos(running)) {
            Operation interrupted = running;
            timeline.cancel(interrupted);
            interrupted.remainingNanos = interrupted.arrayEndNanos - now;
            interrupted.suspensions++;
            suspended = interrupted;
            running = null;
            serve(now + suspendNanos(interrupted));
            return;
        }
        OperationLine line = loadable();
        if (line != null) {
            loading = line.removeFirst();
            loading.arrayStartNanos = loaded(loading, Math.max(now, loading.arrivesNanos));
        }
    }

    private boolean maySuspend() {
        return suspended == null && running.suspensions < suspend.most() && interruptingLine() != null;
    }

    private long suspendNanos(Operation operation) {
        return operation.kind == Kind.ERASE ? suspend.eraseNanos() : suspend.programNanos();
    }

    /** The line whose first is a read that may interrupt what is suspended, or runs; null when there is none. */
    private OperationLine interruptingLine() {
        if (suspend.who() == SuspendRules.Who.NONE) {
            return null;
        }
        Operation interrupted = suspended == null ? running : suspended;
        if (!high.isEmpty()) {
            boolean may = suspend.who() == SuspendRules.Who.ALL || !interrupted.high;
            return may && high.first().kind == Kind.READ ? high : null;
        }
        boolean may = suspend.who() == SuspendRules.Who.ALL && !interrupted.high;
        return may && !normal.isEmpty() && normal.first().kind == Kind.READ ? normal : null;
    }

    /** The line whose first is a program that can be loaded behind the running one; null when there is none. */
    private OperationLine loadable() {
        if (!cacheProgram || running.kind != Kind.PROGRAM) {
            return null;
        }
        OperationLine line = high.isEmpty() ? normal : high;
        return !line.isEmpty() && line.first().kind == Kind.PROGRAM ? line : null;
    }

    private void arrayEnd(Operation operation, long now) {
        if (operation.kind == Kind.READ) {
            readEnd(operation, now);
            return;
        }
        bus.slipIn(now - statusNanos, statusNanos);
        running = null;
        if (loading == null) {
            serve(now);
        } else {
            Operation next = loading;
            loading = null;
            runArray(next, Math.max(now, next.arrayStartNanos), next.arrayNanos + statusNanos);
        }
        timeline.finish(operation, now);
    }

    /** The page is in the register behind the array. */
    private void readEnd(Operation operation, long now) {
        timeline.askHost(operation, now);
        if (!cacheRead) {
            transfer(operation, now);
        } else if (sending == null) {
            send(operation, now, isReadNext());
        } else {
            operation.step = Step.TRANSFER_END;
        }
    }

    /** Whether the array would go on with another read if it were free. */
    private boolean isReadNext() {
        OperationLine line = suspended != null ? interruptingLine() : high.isEmpty() ? normal : high;
        return line != null && !line.isEmpty() && line.first().kind == Kind.READ;
    }

    /** Whether a read waits for the cache register: it has no step of its own that is due. */
    private static boolean isHeld(Operation operation) {
        return operation.heapIndex == Operation.NOT_DUE;
    }

    /** Sends the data of a read over the bus. */
    private void transfer(Operation operation, long from) {
        operation.boundNanos = bus.transfer(from, operation.dataNanos);
        timeline.schedule(operation, Step.TRANSFER_END, operation.boundNanos);
    }

    /** Hands a page over to the cache register and sends it; the array goes on with another read, if there is one. */
    private void send(Operation operation, long now, boolean overlaps) {
        running = null;
        sending = operation;
        long handedOver = overlaps ? now + cacheReadNanos : now;
        transfer(operation, handedOver);
        if (overlaps) {
            serve(handedOver);
        }
    }

    private void transferEnd(Operation operation, long now) {
        if (operation == sending) {
            sending = null;
            if (running == null) {
                serve(now);
            } else if (isHeld(running)) {
                send(running, now, true);
            }
        } else {
            running = null;
            serve(now);
        }
        timeline.deliver(operation, now);
    }
}
