package io.ocssd.lsm;

import java.util.concurrent.atomic.LongAdder;

/** What a store did since it was opened. Thread-safe. */
final class Counters {
    final LongAdder userBytes = new LongAdder();
    final LongAdder flushBytes = new LongAdder();
    final LongAdder compactionBytes = new LongAdder();
    final LongAdder flushes = new LongAdder();
    final LongAdder compactions = new LongAdder();
    final LongAdder stalls = new LongAdder();
    final LongAdder stallNanos = new LongAdder();
}
