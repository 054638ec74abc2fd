package io.ocssd.lsm.log;

import com.google.common.collect.ImmutableList;
import io.ocssd.lsm.table.TableMeta;
import java.util.List;
import java.util.TreeMap;

/** What a store consists of, as its newest log says. Belongs to whoever may write the log. */
public final class Manifest {
    private final TreeMap<Long, TableMeta> tables = new TreeMap<>();
    private long flushedSequence;

    /** The manifest of an empty store. */
    public Manifest() {}

    Manifest(long flushedSequence, List<TableMeta> tables) {
        this.flushedSequence = flushedSequence;
        tables.forEach(table -> this.tables.put(table.id(), table));
    }

    /** All entries up to this sequence are in tables. */
    public long flushedSequence() {
        return flushedSequence;
    }

    /** The tables, by id. */
    public List<TableMeta> tables() {
        return ImmutableList.copyOf(tables.values());
    }

    void apply(Edit edit) {
        flushedSequence = Math.max(flushedSequence, edit.flushedSequence());
        edit.removed().forEach(tables::remove);
        edit.upserted().forEach(table -> tables.put(table.id(), table));
    }
}
