package io.ocssd.lsm;

import io.ocssd.error.CorruptException;
import io.ocssd.lsm.entry.Cursor;
import io.ocssd.lsm.entry.Keys;
import io.ocssd.lsm.entry.MergeCursor;
import io.ocssd.lsm.log.LogWriter;
import io.ocssd.lsm.log.Recovery;
import io.ocssd.lsm.table.Levels;
import io.ocssd.lsm.table.PlacedTable;
import io.ocssd.lsm.table.TableCheck;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One check of a whole store. One task. */
final class StoreCheck {
    private static final int AHEAD_BYTES = 256 << 10;

    private final StoreState state;
    private final List<String> findings = new ArrayList<>();
    private long bytes;
    private long blocks;
    private int logs;
    private int tables;

    StoreCheck(StoreState state) {
        this.state = state;
    }

    KvCheck run() throws IOException {
        View view = state.acquire();
        try {
            checkLogs();
            for (PlacedTable table : view.levels().all()) {
                tables++;
                bytes += table.meta().bytes();
                blocks += TableCheck.run(table, findings);
            }
            checkDisjoint(view.levels());
            long live = checkVersions(view);
            return new KvCheck(findings, live, tables, blocks, logs, bytes);
        } finally {
            state.release(view);
        }
    }

    private void checkLogs() throws IOException {
        List<LogWriter.LogExtent> extents = state.log.beginReading();
        try {
            for (LogWriter.LogExtent log : extents) {
                logs++;
                bytes += log.endOffset();
                try {
                    Recovery.checkLog(state.vblocks.open(log.id()), log.endOffset(), state.scheduler);
                } catch (CorruptException e) {
                    findings.add(e.getMessage());
                }
            }
        } finally {
            state.log.endReading();
            state.work.raise();
        }
    }

    private void checkDisjoint(Levels levels) {
        for (int level = 1; level < Levels.COUNT; level++) {
            PlacedTable before = null;
            for (PlacedTable table : levels.level(level)) {
                if (before != null
                        && Keys.compare(before.meta().largest(), table.meta().smallest()) >= 0) {
                    findings.add(before.meta() + " and " + table.meta() + " overlap");
                }
                before = table;
            }
        }
    }

    /** Counts what a get would find, and looks whether what is higher up is newer. */
    private long checkVersions(View view) throws IOException {
        List<Cursor> sources = new ArrayList<>();
        sources.add(view.active().cursor(null, Long.MAX_VALUE));
        for (int i = view.frozen().size() - 1; i >= 0; i--) {
            sources.add(view.frozen().get(i).cursor(null, Long.MAX_VALUE));
        }
        sources.addAll(view.levels().cursors(null, AHEAD_BYTES));
        MergeCursor merged = new MergeCursor(sources);
        long live = 0;
        byte[] lastKey = null;
        long lastSequence = 0;
        int lastSource = 0;
        try {
            while (merged.next()) {
                int source = sources.indexOf(merged.source());
                boolean same = lastKey != null && Keys.compare(lastKey, merged.key()) == 0;
                if (same && (source < lastSource || merged.sequence() == lastSequence)) {
                    findings.add("key " + Keys.show(lastKey) + ": version " + lastSequence
                            + " lies below the older version " + merged.sequence());
                }
                if (!same && !merged.isDelete()) {
                    live++;
                }
                lastKey = merged.key();
                lastSequence = merged.sequence();
                lastSource = source;
            }
        } catch (CorruptException e) {
            if (findings.isEmpty()) {
                findings.add(e.getMessage());
            }
        }
        return live;
    }
}
