package io.ocssd.geometry.emulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Memory of erased blocks that is kept for what is written next: memory that was touched before takes a copy three times as
 * fast as fresh memory, which the virtual machine has to clear and may have to get from the system.
 *
 * <p>What was given last is used first, since it may still be in a cache. That cache is the one of a thread that works on
 * some LUNs, so there is a stack for each stretch of the drive, and another's is turned to only when the own one is empty:
 * memory that wanders between processors costs more than fresh memory. What is more than fits is left to the garbage
 * collector. What is in an extent when it is taken is rubbish. Thread-safe.
 */
final class ExtentPool {
    private static final int STRETCHES = 16;

    private final long drive;
    private final int most;
    private final AtomicInteger count = new AtomicInteger();
    /** Each guarded by itself. */
    private final List<ArrayDeque<byte[]>> stacks = new ArrayList<>();

    /**
     * An empty pool.
     *
     * @param drive extents of the whole drive
     * @param most extents that it keeps
     */
    ExtentPool(long drive, int most) {
        this.drive = drive;
        this.most = most;
        for (int i = 0; i < STRETCHES; i++) {
            stacks.add(new ArrayDeque<>());
        }
    }

    /**
     * Keeps an extent that nobody else knows any more.
     *
     * @param number where in the drive it was
     */
    void give(long number, byte[] extent) {
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return;
        }
        ArrayDeque<byte[]> stack = stacks.get(stretch(number));
        synchronized (stack) {
            stack.push(extent);
        }
    }

    /**
     * An extent full of rubbish, or null when there is none.
     *
     * @param number where in the drive it will be
     */
    byte[] take(long number) {
        if (count.get() == 0) {
            return null;
        }
        int own = stretch(number);
        for (int i = 0; i < STRETCHES; i++) {
            ArrayDeque<byte[]> stack = stacks.get((own + i) % STRETCHES);
            synchronized (stack) {
                byte[] extent = stack.poll();
                if (extent != null) {
                    count.decrementAndGet();
                    return extent;
                }
            }
        }
        return null;
    }

    /** How many extents it keeps. */
    int count() {
        return count.get();
    }

    private int stretch(long number) {
        return (int) (number * STRETCHES / drive);
    }
}
