package io.ocssd.geometry.decorator.delay;

import io.ocssd.device.Completion;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Ppa;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.decorator.ForwardedCommands;
import io.ocssd.geometry.decorator.HeldCompletions;
import io.ocssd.scheduler.Scheduler;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * A queue whose completions come later.
 *
 * <p>The delay of a command is drawn when it is submitted, and counts from the moment at which its completion is seen here.
 * Completions of commands that share a LUN stay in the order in which the device below gave them. Allocates nothing for a
 * command.
 */
final class DelayedQueue implements IoQueue {
    private static final double MOST_TIMES_MEAN = 50;

    private final IoQueue inner;
    private final Geometry geometry;
    private final Delay delay;
    private final Scheduler scheduler;
    private final SplittableRandom random;
    private final ForwardedCommands handedOn;
    /** By slot: the delay, and the LUNs that the command touches. */
    private final long[] delays;

    private final BitSet[] luns;
    /** When the last completion that touches a LUN is due. */
    private final long[] lunDueNanos;

    private final HeldCompletions held;
    private final Completion completion = new Completion();
    private boolean closed;

    DelayedQueue(IoQueue inner, Geometry geometry, Delay delay, Scheduler scheduler, long seed) {
        this.inner = inner;
        this.geometry = geometry;
        this.delay = delay;
        this.scheduler = scheduler;
        this.random = new SplittableRandom(seed);
        this.handedOn = new ForwardedCommands(inner);
        this.delays = new long[handedOn.slots()];
        this.luns = new BitSet[handedOn.slots()];
        for (int i = 0; i < luns.length; i++) {
            luns[i] = new BitSet(geometry.luns());
        }
        this.lunDueNanos = new long[geometry.luns()];
        this.held = new HeldCompletions(inner.depth());
    }

    @Override
    public int depth() {
        return inner.depth();
    }

    @Override
    public int inFlight() {
        return handedOn.count() + held.size();
    }

    @Override
    public boolean submit(IoCommand command) throws GoneException {
        checkOpen();
        if (inFlight() == depth()) {
            return false;
        }
        int slot = handedOn.submit(command);
        BitSet touched = luns[slot];
        touched.clear();
        long nanos = operationNanos(command.operation());
        long most = 0;
        for (int i = 0; i < command.count(); i++) {
            most = Math.max(most, touch(touched, command.address(i)));
        }
        for (int i = 0; i < command.destinationCount(); i++) {
            most = Math.max(most, touch(touched, command.destination(i)));
        }
        delays[slot] = draw(nanos + most);
        return true;
    }

    private long operationNanos(IoCommand.Operation operation) {
        return switch (operation) {
            case READ, COPY -> delay.readNanos();
            case WRITE, APPEND -> delay.programNanos();
            case ERASE, FINISH, OPEN, CLOSE -> delay.eraseNanos();
        };
    }

    private long touch(BitSet touched, long ppa) {
        if (!geometry.contains(Ppa.blockOf(ppa))) {
            return 0;
        }
        int lun = geometry.lunIndex(ppa);
        touched.set(lun);
        return delay.lunNanos(lun);
    }

    private long draw(long nanos) {
        return switch (delay.distribution()) {
            case FIXED -> nanos;
            case UNIFORM -> random.nextLong(2 * nanos + 1);
            case EXPONENTIAL -> (long) (Math.min(MOST_TIMES_MEAN, -Math.log1p(-random.nextDouble())) * nanos);
        };
    }

    @Override
    public boolean poll(Completion into) throws GoneException {
        checkOpen();
        gather();
        return held.take(scheduler.nanoTime(), into);
    }

    @Override
    public int await(int min, long deadlineNanos) throws GoneException {
        checkOpen();
        if (min < 0) {
            throw new IllegalArgumentException("min=" + min);
        }
        int wanted = Math.min(min, inFlight());
        while (true) {
            gather();
            long now = scheduler.nanoTime();
            int due = held.countDue(now);
            if (due >= wanted || now >= deadlineNanos) {
                return due;
            }
            long until = due < held.size() ? Math.min(deadlineNanos, held.dueNanos(due)) : deadlineNanos;
            if (handedOn.count() > 0) {
                inner.await(1, until);
            } else {
                scheduler.sleepUntil(until);
            }
        }
    }

    /** Takes what has completed below. */
    private void gather() throws GoneException {
        int slot;
        while ((slot = handedOn.poll(completion)) != ForwardedCommands.NONE) {
            long due = scheduler.nanoTime() + delays[slot];
            BitSet touched = luns[slot];
            for (int lun = touched.nextSetBit(0); lun >= 0; lun = touched.nextSetBit(lun + 1)) {
                due = Math.max(due, lunDueNanos[lun]);
            }
            for (int lun = touched.nextSetBit(0); lun >= 0; lun = touched.nextSetBit(lun + 1)) {
                lunDueNanos[lun] = due;
            }
            held.add(due, completion);
        }
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
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the queue is closed, depth=" + depth());
        }
    }
}
