package io.ocssd.lsm.log;

import io.ocssd.lsm.entry.Entry;
import java.util.List;

/** Where the log gets what was put and deleted since it last asked. Thread-safe. */
@FunctionalInterface
public interface PendingEntries {
    /** Takes all of them, in the order of their sequences. */
    List<Entry> take();
}
