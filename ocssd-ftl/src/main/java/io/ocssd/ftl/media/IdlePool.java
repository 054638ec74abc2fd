package io.ocssd.ftl.media;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * A few things that are kept for reuse. Lock-free, thread-safe; which of them comes next depends on the calls alone.
 *
 * @param <T> what is kept
 */
public final class IdlePool<T> {
    private final AtomicReferenceArray<T> idle;
    private final Consumer<T> close;
    private volatile boolean closed;

    /**
     * An empty pool.
     *
     * @param most how many are kept
     * @param close ends those that find no room, and all of them in the end
     */
    public IdlePool(int most, Consumer<T> close) {
        this.idle = new AtomicReferenceArray<>(most);
        this.close = close;
    }

    /** Takes one, or returns null when there is none. */
    public T tryTake() {
        for (int i = 0; i < idle.length(); i++) {
            if (idle.getPlain(i) != null) {
                T taken = idle.getAndSet(i, null);
                if (taken != null) {
                    return taken;
                }
            }
        }
        return null;
    }

    /** Keeps one, or closes it. */
    public void giveBack(T thing) {
        if (!closed) {
            for (int i = 0; i < idle.length(); i++) {
                if (idle.compareAndSet(i, null, thing)) {
                    if (closed) {
                        closeIdle();
                    }
                    return;
                }
            }
        }
        close.accept(thing);
    }

    /** Closes what is kept, and whatever is given back from now on. Idempotent. */
    public void close() {
        closed = true;
        closeIdle();
    }

    private void closeIdle() {
        for (int i = 0; i < idle.length(); i++) {
            T kept = idle.getAndSet(i, null);
            if (kept != null) {
                close.accept(kept);
            }
        }
    }
}
