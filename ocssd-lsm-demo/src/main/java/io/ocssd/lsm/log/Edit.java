package io.ocssd.lsm.log;

import com.google.common.collect.ImmutableList;
import io.ocssd.lsm.table.TableMeta;
import java.util.List;

/**
 * A change of the manifest.
 *
 * @param flushedSequence all entries up to it are in tables; 0 when that stays as it is
 * @param removed ids of tables that are not part of the store any more
 * @param upserted tables that are new, or have another level or range now
 */
public record Edit(long flushedSequence, List<Long> removed, List<TableMeta> upserted) {
    /** Copies the lists. */
    public Edit {
        removed = ImmutableList.copyOf(removed);
        upserted = ImmutableList.copyOf(upserted);
    }
}
