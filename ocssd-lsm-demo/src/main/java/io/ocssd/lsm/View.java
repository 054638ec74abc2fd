package io.ocssd.lsm;

import com.google.common.collect.ImmutableList;
import io.ocssd.lsm.entry.Entry;
import io.ocssd.lsm.entry.Memtable;
import io.ocssd.lsm.table.Levels;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where everything is at one moment. Immutable but for the memtable that is written to; counts its users, and holds its
 * tables as long as it has one.
 */
final class View {
    private final Memtable active;
    private final ImmutableList<Memtable> frozen;
    private final Levels levels;
    private final AtomicInteger users = new AtomicInteger(1);

    /**
     * A view with one user, who publishes it.
     *
     * @param active memtable that is written to
     * @param frozen memtables that wait to be written to tables, the oldest first
     */
    View(Memtable active, List<Memtable> frozen, Levels levels) {
        this.active = active;
        this.frozen = ImmutableList.copyOf(frozen);
        this.levels = levels;
        levels.all().forEach(table -> table.table().retain());
    }

    Memtable active() {
        return active;
    }

    ImmutableList<Memtable> frozen() {
        return frozen;
    }

    Levels levels() {
        return levels;
    }

    /** One more user; false when the last one has gone, and the view with it. */
    boolean tryRetain() {
        int count = users.get();
        while (count > 0 && !users.compareAndSet(count, count + 1)) {
            count = users.get();
        }
        return count > 0;
    }

    /** One user less; true when that was the last one. */
    boolean release() {
        return users.decrementAndGet() == 0;
    }

    /** The newest version of a key, or null. */
    Entry newest(byte[] key) throws IOException {
        Entry found = active.isEmpty() ? null : active.newest(key);
        for (int i = frozen.size() - 1; found == null && i >= 0; i--) {
            found = frozen.get(i).newest(key);
        }
        return found != null ? found : levels.newest(key);
    }
}
