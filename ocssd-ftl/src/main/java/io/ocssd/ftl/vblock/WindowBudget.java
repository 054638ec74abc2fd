package io.ocssd.ftl.vblock;

import io.ocssd.buffer.IoBufferPool;
import io.ocssd.error.BusyException;
import io.ocssd.scheduler.Mutex;
import io.ocssd.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory of a target's windows. A writer takes its worst case as one pool of buffers and gives it back whole; pools
 * that came back are kept for the next writer of the same size as far as the budget allows. Thread-safe.
 */
final class WindowBudget {
    private record Idle(IoBufferPool pool, int buffers) {}

    private final Mutex mutex;
    private volatile long budgetBytes;
    private final int bufferBytes;
    private final List<Idle> idle = new ArrayList<>();
    private long usedBytes;
    private long idleBytes;

    WindowBudget(Scheduler scheduler, long budgetBytes, int bufferBytes) {
        this.mutex = scheduler.newMutex();
        this.budgetBytes = budgetBytes;
        this.bufferBytes = bufferBytes;
    }

    /** Sets another budget; what was taken above it stays taken. */
    void limit(long bytes) {
        mutex.lock();
        try {
            budgetBytes = bytes;
            dropIdle(0);
        } finally {
            mutex.unlock();
        }
    }

    /** Pools of this size that the budget allows at the same time. */
    int pools(int buffers) {
        return (int) Math.min(Integer.MAX_VALUE, budgetBytes / ((long) buffers * bufferBytes));
    }

    /**
     * Takes a pool.
     *
     * @throws BusyException when the budget does not allow it; nothing was taken then
     */
    IoBufferPool take(int buffers) throws BusyException {
        long bytes = (long) buffers * bufferBytes;
        mutex.lock();
        try {
            if (usedBytes + bytes > budgetBytes) {
                throw new BusyException(
                        "the windows of the vblocks open for writing take " + usedBytes + " of " + budgetBytes
                                + " bytes, and this one needs " + bytes + " more",
                        "seal a vblock, ask for a smaller width, or give the target more window memory");
            }
            for (int i = idle.size() - 1; i >= 0; i--) {
                if (idle.get(i).buffers() == buffers) {
                    usedBytes += bytes;
                    idleBytes -= bytes;
                    return idle.remove(i).pool();
                }
            }
            dropIdle(bytes);
            usedBytes += bytes;
        } finally {
            mutex.unlock();
        }
        try {
            return new IoBufferPool(bufferBytes, buffers);
        } catch (OutOfMemoryError e) {
            giveBack(null, buffers, false);
            BusyException noMemory = new BusyException(
                    "the JVM has no " + bytes + " bytes of direct memory left for the window of a vblock",
                    "allow more with -XX:MaxDirectMemorySize, seal a vblock, or ask for a smaller width");
            noMemory.initCause(e);
            throw noMemory;
        }
    }

    /**
     * Gives a pool back.
     *
     * @param whole false when buffers of it are still in someone's hands: it is not used again then
     */
    void giveBack(IoBufferPool pool, int buffers, boolean whole) {
        long bytes = (long) buffers * bufferBytes;
        mutex.lock();
        try {
            usedBytes -= bytes;
            if (whole) {
                idle.add(new Idle(pool, buffers));
                idleBytes += bytes;
                dropIdle(0);
            }
        } finally {
            mutex.unlock();
        }
    }

    /** Forgets pools that nobody uses, the oldest first, until so many bytes more would be inside the budget. */
    private void dropIdle(long bytes) {
        while (!idle.isEmpty() && usedBytes + idleBytes + bytes > budgetBytes) {
            idleBytes -= (long) idle.remove(0).buffers() * bufferBytes;
        }
    }
}
