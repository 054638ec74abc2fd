package io.ocssd.lsm;

import io.ocssd.lsm.entry.Cursor;
import io.ocssd.lsm.entry.Keys;
import io.ocssd.lsm.entry.MergeCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Goes through the entries of a store in the order of their keys (unsigned bytes), as they were when it was made.
 *
 * <p>Until it is closed it keeps the tables of that moment from being erased. Belongs to one task at a time.
 */
public final class KvIterator implements AutoCloseable {
    private static final int AHEAD_BYTES = 128 << 10;

    private final StoreState state;
    private final View view;
    private final MergeCursor merged;
    private final byte[] toExclusive;
    private byte[] key;
    private byte[] lastKey;
    private boolean ended;
    private boolean closed;

    /** Takes over a view that was retained for it. */
    KvIterator(StoreState state, View view, long sequence, byte[] fromInclusive, byte[] toExclusive) {
        this.state = state;
        this.view = view;
        this.toExclusive = toExclusive;
        List<Cursor> sources = new ArrayList<>();
        sources.add(view.active().cursor(fromInclusive, sequence));
        view.frozen().forEach(memtable -> sources.add(memtable.cursor(fromInclusive, sequence)));
        sources.addAll(view.levels().cursors(fromInclusive, AHEAD_BYTES));
        this.merged = new MergeCursor(sources);
    }

    /**
     * Goes on to the next entry; at first to the first one.
     *
     * @return false at the end
     * @throws io.ocssd.error.CorruptException when a table fails its check
     */
    public boolean next() throws IOException {
        if (closed) {
            throw new IllegalStateException("closed=true");
        }
        key = null;
        while (!ended) {
            if (!merged.next() || (toExclusive != null && Keys.compare(merged.key(), toExclusive) >= 0)) {
                ended = true;
                break;
            }
            byte[] found = merged.key();
            boolean older = lastKey != null && Keys.compare(found, lastKey) == 0;
            lastKey = found;
            if (!older && !merged.isDelete()) {
                key = found;
                return true;
            }
        }
        return false;
    }

    /**
     * Key of the present entry; the caller's to keep.
     *
     * @throws IllegalStateException before the first and after the last entry
     */
    public byte[] key() {
        checkPresent();
        return key.clone();
    }

    /**
     * Value of the present entry; the caller's to keep.
     *
     * @throws IllegalStateException before the first and after the last entry
     */
    public byte[] value() {
        checkPresent();
        int from = merged.valueOffset();
        return Arrays.copyOfRange(merged.valueArray(), from, from + merged.valueLength());
    }

    /** Lets go of the snapshot. Idempotent. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            key = null;
            state.release(view);
        }
    }

    private void checkPresent() {
        if (key == null) {
            throw new IllegalStateException(closed ? "closed=true" : "there is no present entry, ended=" + ended);
        }
    }
}
