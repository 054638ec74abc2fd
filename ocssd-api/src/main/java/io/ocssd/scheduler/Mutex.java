package io.ocssd.scheduler;

/**
 * Guards a short critical section. Not reentrant, not fair, never held across a wait.
 *
 * <p>Use as {@code mutex.lock(); try { ... } finally { mutex.unlock(); }}.
 */
public interface Mutex {
    /** Takes the mutex. */
    void lock();

    /** Gives it back; only its holder may. */
    void unlock();
}
