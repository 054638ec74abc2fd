package io.ocssd.scheduler;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Tasks on daemon platform threads, time from {@link System#nanoTime()}. */
final class RealScheduler implements Scheduler {
    private final long originNanos = System.nanoTime();
    private final AtomicLong taskCount = new AtomicLong();
    private volatile boolean closed;

    @Override
    public long nanoTime() {
        return System.nanoTime() - originNanos;
    }

    @Override
    public boolean isSimulated() {
        return false;
    }

    @Override
    public <T> T run(String name, Callable<T> body) throws Exception {
        return body.call();
    }

    @Override
    public Task spawn(String name, TaskBody body) {
        if (closed) {
            throw new IllegalStateException("scheduler is closed, task=" + name);
        }
        RealTask task = new RealTask(body);
        Thread thread = new Thread(task, "ocssd-" + name + "-" + taskCount.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    @Override
    public void sleepUntil(long deadlineNanos) {
        boolean interrupted = false;
        long left;
        while ((left = deadlineNanos - nanoTime()) > 0) {
            LockSupport.parkNanos(this, left);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Signal newSignal() {
        return new RealSignal();
    }

    @Override
    public Mutex newMutex() {
        return new RealMutex();
    }

    @Override
    public void charge(HostCost cost, long count) {
        // The work itself took the time.
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class RealTask implements Task, Runnable {
        private final TaskBody body;
        private final RealSignal ended = new RealSignal();
        private volatile Exception failure;

        RealTask(TaskBody body) {
            this.body = body;
        }

        @Override
        public void run() {
            try {
                body.run();
            } catch (Exception e) {
                failure = e;
            } catch (Error e) {
                failure = new IllegalStateException("a task ended by an error", e);
                throw e;
            } finally {
                ended.raise();
            }
        }

        @Override
        public boolean isDone() {
            return ended.version() > 0;
        }

        @Override
        public void join() throws Exception {
            ended.await(0);
            if (failure != null) {
                throw failure;
            }
        }
    }

    private static final class RealMutex implements Mutex {
        private final ReentrantLock lock = new ReentrantLock();

        @Override
        public void lock() {
            lock.lock();
            if (lock.getHoldCount() > 1) {
                lock.unlock();
                throw new IllegalStateException("mutex is already held by this task");
            }
        }

        @Override
        public void unlock() {
            lock.unlock();
        }
    }

    private final class RealSignal implements Signal {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition raised = lock.newCondition();
        private volatile long version;

        @Override
        public long version() {
            return version;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock only
        public void raise() {
            lock.lock();
            try {
                version++;
                raised.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void await(long seenVersion) {
            if (version > seenVersion) {
                return;
            }
            lock.lock();
            try {
                while (version <= seenVersion) {
                    raised.awaitUninterruptibly();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public boolean await(long seenVersion, long deadlineNanos) {
            if (version > seenVersion) {
                return true;
            }
            boolean interrupted = false;
            lock.lock();
            try {
                while (version <= seenVersion) {
                    long left = deadlineNanos - nanoTime();
                    if (left <= 0) {
                        return false;
                    }
                    try {
                        raised.await(left, TimeUnit.NANOSECONDS);
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                return true;
            } finally {
                lock.unlock();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
