package io.ocssd.scheduler;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One task at a time, in virtual time.
 *
 * <p>A single baton: only its holder runs. A holder that waits for a time later than everyone else's passes the baton to
 * whoever is due first; when nobody is due before it, it keeps the baton and the clock just jumps, without a hand-over
 * between threads. Invariants, all under {@link #lock}: at most one task is {@link #running}; a task in {@link #ready}
 * is not running; virtual time never goes back.
 *
 * <p>Charges for the host's processor are kept with the task as a debt and paid at its next wait, since a charge must not
 * cost a hand-over of its own. So a task's own time may be ahead of the common clock by its debt.
 */
final class SimulatedScheduler implements Scheduler {
    private static final long NEVER = Long.MAX_VALUE;

    /** The task that a thread is; of whichever scheduler. */
    private static final ThreadLocal<SimulatedTask> SELF = new ThreadLocal<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final SplittableRandom ties;
    private final PriorityQueue<SimulatedTask> ready = new PriorityQueue<>();
    private final Set<SimulatedTask> alive = new HashSet<>();
    private SimulatedTask running;
    private SimulatedTask root;
    private long clockNanos;
    private long taskCount;
    private boolean closed;

    SimulatedScheduler(long seed) {
        this.ties = new SplittableRandom(seed);
    }

    @Override
    public long nanoTime() {
        SimulatedTask task = current();
        return clockNanos + task.debtNanos;
    }

    @Override
    public boolean isSimulated() {
        return true;
    }

    @Override
    public <T> T run(String name, Callable<T> body) throws Exception {
        if (isTask()) {
            return body.call();
        }
        lock.lock();
        try {
            if (root != null || closed) {
                throw new IllegalStateException(
                        "scheduler is " + (closed ? "closed" : "already running") + ", task=" + name);
            }
            root = new SimulatedTask(name, null);
            alive.add(root);
            running = root;
            SELF.set(root);
        } finally {
            lock.unlock();
        }
        try {
            return body.call();
        } finally {
            lock.lock();
            try {
                clockNanos += root.debtNanos;
                alive.remove(root);
                root = null;
                running = null;
                SELF.remove();
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public Task spawn(String name, TaskBody body) {
        SimulatedTask spawner = current();
        lock.lock();
        try {
            SimulatedTask task = new SimulatedTask(name, body);
            task.startNoEarlierThan(clockNanos + spawner.debtNanos);
            alive.add(task);
            ready.add(task);
            Thread thread = new Thread(task, "ocssd-sim-" + name);
            thread.setDaemon(true);
            thread.start();
            return task;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void sleepUntil(long deadlineNanos) {
        SimulatedTask task = current();
        if (deadlineNanos <= clockNanos + task.debtNanos) {
            return;
        }
        lock.lock();
        try {
            task.debtNanos = 0;
            waitUntil(task, deadlineNanos);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Signal newSignal() {
        return new SimulatedSignal();
    }

    @Override
    public Mutex newMutex() {
        return new SimulatedMutex();
    }

    @Override
    public void charge(HostCost cost, long count) {
        if (count < 0) {
            throw new IllegalArgumentException("count=" + count);
        }
        current().debtNanos += cost.nanos() * count;
    }

    @Override
    public void close() {
        if (isTask()) {
            throw new IllegalStateException("close is not for tasks");
        }
        lock.lock();
        try {
            closed = true;
            for (SimulatedTask task : alive) {
                task.failure = new IllegalStateException("scheduler was closed while task waited, task=" + task.name);
                task.baton.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isTask() {
        SimulatedTask task = SELF.get();
        return task != null && task.scheduler() == this;
    }

    private SimulatedTask current() {
        SimulatedTask task = SELF.get();
        if (task == null || task.scheduler() != this) {
            throw new IllegalStateException("not called from a task of this simulated scheduler, thread="
                    + Thread.currentThread().getName());
        }
        return task;
    }

    /** Waits, under the lock, until the task is chosen; {@code dueNanos} may be {@link #NEVER}. */
    private void waitUntil(SimulatedTask task, long dueNanos) {
        if (task.heldMutexes > 0) {
            throw new IllegalStateException("task waits while it holds a mutex, task=" + task.name);
        }
        task.dueNanos = dueNanos;
        task.tie = ties.nextLong();
        SimulatedTask next = ready.peek();
        if (dueNanos != NEVER && (next == null || task.compareTo(next) < 0)) {
            clockNanos = Math.max(clockNanos, dueNanos);
            return;
        }
        if (dueNanos != NEVER) {
            ready.add(task);
        }
        passBaton();
        task.awaitBaton();
    }

    /** Gives the baton to whoever is due first; under the lock. */
    private void passBaton() {
        SimulatedTask next = ready.poll();
        if (next == null) {
            running = null;
            if (root != null) {
                root.failure =
                        new IllegalStateException("deadlock: every task waits and none is due, tasks=" + names());
                running = root;
                root.baton.signal();
            }
            return;
        }
        clockNanos = Math.max(clockNanos, next.dueNanos);
        running = next;
        next.baton.signal();
    }

    private String names() {
        List<String> names = new ArrayList<>();
        for (SimulatedTask task : alive) {
            names.add(task.name);
        }
        names.sort(null);
        return names.toString();
    }

    private final class SimulatedTask implements Task, Runnable, Comparable<SimulatedTask> {
        private final String name;
        private final TaskBody body;
        private final long id = taskCount++;
        private final Condition baton = lock.newCondition();
        private final SimulatedSignal ended = new SimulatedSignal();
        private long dueNanos;
        private long tie = ties.nextLong();
        private long debtNanos;
        /** Own time at which the present wait began: no signal wakes the task before it. */
        private long waitingSinceNanos;

        private int heldMutexes;
        private RuntimeException failure;
        private Exception outcome;

        SimulatedTask(String name, TaskBody body) {
            this.name = name;
            this.body = body;
        }

        SimulatedScheduler scheduler() {
            return SimulatedScheduler.this;
        }

        void startNoEarlierThan(long nanos) {
            dueNanos = nanos;
        }

        void awaitBaton() {
            while (running != this && failure == null) {
                baton.awaitUninterruptibly();
            }
            if (failure != null) {
                RuntimeException thrown = failure;
                if (!closed) {
                    failure = null;
                }
                throw thrown;
            }
        }

        @Override
        public void run() {
            SELF.set(this);
            try {
                lock.lock();
                try {
                    awaitBaton();
                } finally {
                    lock.unlock();
                }
                body.run();
            } catch (Exception e) {
                outcome = e;
            } catch (Error e) {
                outcome = new IllegalStateException("task ended by an error, task=" + name, e);
            } finally {
                lock.lock();
                try {
                    alive.remove(this);
                    if (!closed) {
                        ended.raiseUnderLock(clockNanos + debtNanos);
                        passBaton();
                    }
                } finally {
                    lock.unlock();
                }
            }
        }

        @Override
        public boolean isDone() {
            return ended.version() > 0;
        }

        @Override
        public void join() throws Exception {
            ended.await(0);
            if (outcome != null) {
                throw outcome;
            }
        }

        @Override
        public int compareTo(SimulatedTask other) {
            int byTime = Long.compare(dueNanos, other.dueNanos);
            if (byTime != 0) {
                return byTime;
            }
            int byTie = Long.compare(tie, other.tie);
            return byTie != 0 ? byTie : Long.compare(id, other.id);
        }
    }

    private final class SimulatedMutex implements Mutex {
        private SimulatedTask holder;

        @Override
        public void lock() {
            SimulatedTask task = current();
            if (holder != null) {
                // Only the holder of the baton runs and no holder of a mutex waits, so this is the same task.
                throw new IllegalStateException("mutex is already held, holder=" + holder.name + ", task=" + task.name);
            }
            holder = task;
            task.heldMutexes++;
        }

        @Override
        public void unlock() {
            SimulatedTask task = current();
            if (holder != task) {
                throw new IllegalStateException("mutex is not held by this task, task=" + task.name);
            }
            holder = null;
            task.heldMutexes--;
        }
    }

    private final class SimulatedSignal implements Signal {
        private final List<SimulatedTask> waiters = new ArrayList<>();
        private long version;

        @Override
        public long version() {
            return version;
        }

        @Override
        public void raise() {
            SimulatedTask task = current();
            lock.lock();
            try {
                raiseUnderLock(clockNanos + task.debtNanos);
            } finally {
                lock.unlock();
            }
        }

        void raiseUnderLock(long nanos) {
            version++;
            for (SimulatedTask waiter : waiters) {
                ready.remove(waiter);
                waiter.dueNanos = Math.max(nanos, waiter.waitingSinceNanos);
                waiter.tie = ties.nextLong();
                ready.add(waiter);
            }
            waiters.clear();
        }

        @Override
        public void await(long seenVersion) {
            await(seenVersion, NEVER);
        }

        @Override
        public boolean await(long seenVersion, long deadlineNanos) {
            SimulatedTask task = current();
            if (version > seenVersion) {
                return true;
            }
            lock.lock();
            try {
                long ownNanos = clockNanos + task.debtNanos;
                if (deadlineNanos <= ownNanos) {
                    return false;
                }
                task.waitingSinceNanos = ownNanos;
                task.debtNanos = 0;
                waiters.add(task);
                try {
                    waitUntil(task, deadlineNanos);
                } finally {
                    waiters.remove(task);
                }
                return version > seenVersion;
            } finally {
                lock.unlock();
            }
        }
    }
}
