package io.ocssd.lsm.compaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.lsm.entry.Cursor;
import io.ocssd.lsm.entry.Entry;
import io.ocssd.lsm.entry.Keys;
import io.ocssd.lsm.entry.Memtable;
import io.ocssd.lsm.fake.FakeFlash;
import io.ocssd.lsm.fake.FakeTarget;
import io.ocssd.lsm.log.Edit;
import io.ocssd.lsm.table.Levels;
import io.ocssd.lsm.table.PlacedTable;
import io.ocssd.lsm.table.Table;
import io.ocssd.lsm.table.TableFormat;
import io.ocssd.lsm.table.TableWriter;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A job may end at any key: what its commits leave is the whole store each time, with nothing given up too early. */
class CompactorTest {
    private static final int KEYS = 24;
    private static final int VBLOCK_BYTES = 8 << 10;
    private static final TableFormat FORMAT = new TableFormat(7, 8, 1, 512, 10);
    /** Both tables of level 0 are due at once; no other level ever is. */
    private static final LevelSizes SIZES = new LevelSizes(2, 1000, 10);

    @Test
    void everyCommitLeavesTheNewestValueOfEveryKey() throws Exception {
        int stopped = 0;
        for (int stopAt = 1; stopAt <= 2 * KEYS; stopAt++) {
            stopped += run(stopAt) ? 1 : 0;
        }
        // The inputs have all keys but one, and each but the first can be where the job ends, also the last of an
        // input.
        assertThat(stopped).isEqualTo(KEYS - 2);
    }

    /** A job that is told to end at the {@code stopAt}-th question, and another one that goes on; whether it was told. */
    private static boolean run(int stopAt) throws Exception {
        try (Scheduler scheduler = Scheduler.simulated(1)) {
            return scheduler.run("compaction", () -> {
                Host host = new Host(scheduler, "stopAt=" + stopAt);
                host.write(2, 1, KEYS / 2, 1, false);
                host.write(2, KEYS / 2 + 1, KEYS, 1, false);
                host.write(1, 1, KEYS / 2, 1, false);
                host.write(1, KEYS / 2 + 1, KEYS - 1, 2, false);
                host.write(0, 3, KEYS - 6, 3, true);
                host.write(0, 2, KEYS - 2, 2, false);
                host.checkKeys();

                Picker picker = new Picker(SIZES, VBLOCK_BYTES, FORMAT);
                Compactor compactor = new Compactor(host, picker, VBLOCK_BYTES, Levels::coversBelow);
                host.stopAt = stopAt;
                boolean ended = compactor.run(host.levels, 2, false) == Compactor.Outcome.BLOCKED;
                assertThat(ended).as(host.name).isEqualTo(host.asked >= stopAt);
                host.stopAt = Integer.MAX_VALUE;
                while (compactor.run(host.levels, 2, false) != Compactor.Outcome.NOTHING) {
                    assertThat(host.commits).as(host.name).isLessThan(100);
                }
                assertThat(host.levels.level(0)).as(host.name).isEmpty();
                assertThat(host.commits).as(host.name).isGreaterThan(1);
                return ended;
            });
        }
    }

    /** A store of which every table is real and everything else is in memory. */
    private static final class Host implements CompactionHost {
        private final Scheduler scheduler;
        private final FakeTarget target;
        private final String name;
        /** The newest value of each key; empty for a delete. */
        private final TreeMap<String, String> newest = new TreeMap<>();

        private Levels levels = Levels.of(List.of());
        private long sequence;
        private int stopAt = Integer.MAX_VALUE;
        private int asked;
        private int commits;

        Host(Scheduler scheduler, String name) {
            this.scheduler = scheduler;
            this.target = new FakeTarget(new FakeFlash(100, VBLOCK_BYTES, 512), scheduler, 0, 0);
            this.name = name;
        }

        /** Puts a table with every {@code step}-th key, or with deletes of them, newer than all that is there. */
        void write(int level, int from, int to, int step, boolean deletes) throws IOException {
            Memtable entries = new Memtable(scheduler);
            for (int i = from; i <= to; i += step) {
                String key = String.format("key%02d", i);
                boolean delete = deletes && i % 2 == 1;
                String value = level + "." + i + "v".repeat(400);
                sequence++;
                entries.add(new Entry(bytes(key), delete ? null : bytes(value), sequence), 1);
                newest.put(key, delete ? "" : value);
            }
            TableWriter writer = tryNewTable();
            Cursor cursor = entries.cursor(null, Long.MAX_VALUE);
            while (cursor.next()) {
                assertThat(writer.fits(cursor.key().length, cursor.valueLength()))
                        .isTrue();
                writer.add(cursor);
            }
            levels = levels.with(List.of(), List.of(writer.finish(level)));
        }

        @Override
        public TableWriter tryNewTable() throws IOException {
            return new TableWriter(target.vblocks(), FORMAT, scheduler);
        }

        @Override
        public void commit(Edit edit, List<PlacedTable> upserted) throws IOException {
            commits++;
            levels = levels.with(edit.removed(), upserted);
            checkKeys();
            for (int level = 1; level < Levels.COUNT; level++) {
                byte[] last = null;
                for (PlacedTable table : levels.level(level)) {
                    assertThat(last == null || Keys.compare(last, table.meta().smallest()) < 0)
                            .as("%s, commit %s: %s begins after the table before it", name, commits, table.meta())
                            .isTrue();
                    last = table.meta().largest();
                }
            }
        }

        void checkKeys() throws IOException {
            List<String> wrong = new ArrayList<>();
            for (String key : newest.keySet()) {
                Entry found = levels.newest(bytes(key));
                String value = found == null || found.isDelete() ? "" : new String(found.value(), UTF_8);
                if (!value.equals(newest.get(key))) {
                    wrong.add(key);
                }
            }
            assertThat(wrong)
                    .as("keys with another value, %s, after commit %s", name, commits)
                    .isEmpty();
        }

        @Override
        public void wrote(PlacedTable table) {}

        @Override
        public void release(Table table) {
            table.release();
        }

        @Override
        public void discard(PlacedTable table) {
            throw new AssertionError("no commit failed, " + name);
        }

        @Override
        public boolean isStopping() {
            asked++;
            return asked >= stopAt;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
