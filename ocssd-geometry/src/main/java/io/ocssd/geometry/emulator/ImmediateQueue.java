package io.ocssd.geometry.emulator;

import io.ocssd.device.Completion;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.error.GoneException;
import io.ocssd.scheduler.HostCost;
import io.ocssd.scheduler.Scheduler;
import java.util.OptionalLong;

/**
 * A queue of an {@link ImmediateEngine}: what was submitted has been executed, so all that is kept of it until it is polled is
 * how it ended.
 *
 * <p>Completions come in the order of submission, or shuffled, see {@link CompletionShuffle}.
 */
class ImmediateQueue extends Padding implements IoQueue {
    /** Longs of one completion: tag, status, failed addresses, address. */
    private static final int WORDS = 4;
    /** Completions that would have room at either end of the ring, where nothing is for the sake of {@link Padding}. */
    private static final int ROOM = 4;

    private final ImmediateEngine engine;
    private final Scheduler scheduler;
    /** The only one: it is free again when its command was executed. */
    private final CommandSlot slot;

    private final int depth;
    /** Who says which completion comes next; null when they come in order. */
    private final CompletionShuffle shuffle;
    /** A ring of completions, from number {@link #first} on, {@link #count} of them. */
    private final long[] completions;

    private final int mask;
    private final boolean commits;
    private int first;
    private int count;
    /** Whether something was changed that may not be durable yet; then no completion is told before it is. */
    private boolean uncommitted;

    private boolean closed;

    /** A queue that shuffles by a seed, or not when there is none. */
    static ImmediateQueue of(
            ImmediateEngine engine, Scheduler scheduler, Geometry geometry, int depth, OptionalLong shuffleSeed) {
        return new Padded(engine, scheduler, geometry, depth, shuffleSeed);
    }

    private ImmediateQueue(
            ImmediateEngine engine, Scheduler scheduler, Geometry geometry, int depth, OptionalLong shuffleSeed) {
        EmulatedQueue.checkDepth(depth);
        this.engine = engine;
        this.scheduler = scheduler;
        this.slot = CommandSlot.of(geometry, new CommandScratch(geometry));
        this.depth = depth;
        this.shuffle = shuffleSeed.isEmpty() ? null : new CompletionShuffle(shuffleSeed.getAsLong(), depth);
        int entries = Integer.highestOneBit(2 * depth - 1);
        this.completions = new long[(entries + 2 * ROOM) * WORDS];
        this.mask = entries - 1;
        this.commits = engine.commits();
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public int inFlight() {
        return count;
    }

    @Override
    public boolean submit(IoCommand command) throws GoneException {
        checkOpen();
        if (count == depth) {
            engine.checkThere();
            return false;
        }
        slot.take(command);
        scheduler.charge(HostCost.COMMAND, 1);
        engine.submit(slot);
        uncommitted |= commits && slot.operation() != IoCommand.Operation.READ;
        int at = at(count);
        completions[at] = slot.tag();
        completions[at + 1] = slot.status();
        completions[at + 2] = slot.failedAddresses();
        completions[at + 3] = slot.resultAddress();
        if (shuffle != null) {
            shuffle.add(count, slot);
        }
        count++;
        return true;
    }

    @Override
    public boolean poll(Completion completion) throws GoneException {
        checkOpen();
        engine.checkThere();
        if (count == 0) {
            return false;
        }
        if (uncommitted) {
            engine.commit();
            uncommitted = false;
        }
        if (shuffle != null) {
            moveToFront(shuffle.take(count));
        }
        int at = at(0);
        completion.set(completions[at], (int) completions[at + 1], completions[at + 2], completions[at + 3]);
        first = first + 1 & mask;
        count--;
        return true;
    }

    @Override
    public int await(int min, long deadlineNanos) throws GoneException {
        checkOpen();
        if (min < 0) {
            throw new IllegalArgumentException("min=" + min);
        }
        engine.checkThere();
        return count;
    }

    @Override
    public void close() {
        closed = true;
        count = 0;
        slot.forgetBuffers();
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the queue is closed, depth=" + depth);
        }
    }

    /** Where completion {@code index} is, counted from the one that was submitted first. */
    private int at(int index) {
        return ((first + index & mask) + ROOM) * WORDS;
    }

    /** Lets a completion go before those that were submitted before it. */
    private void moveToFront(int index) {
        for (int i = index; i > 0; i--) {
            int here = at(i);
            int before = at(i - 1);
            for (int word = 0; word < WORDS; word++) {
                long moved = completions[here + word];
                completions[here + word] = completions[before + word];
                completions[before + word] = moved;
            }
        }
    }

    /** One with room behind its fields, too; see {@link Padding}. */
    @SuppressWarnings("UnusedVariable")
    private static final class Padded extends ImmediateQueue {
        long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

        Padded(ImmediateEngine engine, Scheduler scheduler, Geometry geometry, int depth, OptionalLong shuffleSeed) {
            super(engine, scheduler, geometry, depth, shuffleSeed);
        }
    }
}
