package io.ocssd.lsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.error.NoSpaceException;
import io.ocssd.lsm.entry.Cursor;
import io.ocssd.lsm.entry.Entry;
import io.ocssd.lsm.entry.Memtable;
import io.ocssd.lsm.fake.FakeFlash;
import io.ocssd.lsm.fake.FakeTarget;
import io.ocssd.lsm.log.Edit;
import io.ocssd.lsm.log.RecordTamper;
import io.ocssd.lsm.log.Recovery;
import io.ocssd.lsm.table.PlacedTable;
import io.ocssd.lsm.table.TableMeta;
import io.ocssd.lsm.table.TableWriter;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.VblockWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of a change: durable first, then visible, and only then is anything erased. */
class StoreStateTest {
    private final FakeFlash flash = new FakeFlash(20, 64 << 10, 4096);

    @Test
    void tablesAreSeenAndErasedOnlyAfterTheEditIsDurable() throws Exception {
        use((state, log) -> {
            PlacedTable first = flush(state, "a");
            assertThat(log.seenAtSync).containsExactly("tables [], frozen 1, vblocks [" + id(first) + "]");

            log.seenAtSync.clear();
            PlacedTable second = write(state, "b");
            List<Long> both = List.of(id(first), id(second));
            state.install(new Edit(0, List.of(id(first)), List.of(second.meta())), List.of(second), null);
            assertThat(log.seenAtSync).containsExactly("tables [" + id(first) + "], frozen 0, vblocks " + both);
            assertThat(tables(state)).containsExactly(id(second));
            assertThat(flash.ids(Stream.DATA)).containsExactly(id(second));
        });
    }

    @Test
    void changeThatTheLogHasNoRoomForIsNotSeenAndErasesNothing() throws Exception {
        use((state, log) -> {
            PlacedTable first = flush(state, "a");
            assertThat(state.tryWrite(bytes("c"), bytes("value"))).isEqualTo(StoreState.Attempt.DONE);
            assertThat(state.tryFreeze()).isTrue();
            state.log.append();
            PlacedTable second = write(state, "b");
            List<Long> both = List.of(id(first), id(second));
            log.full = true;
            Memtable frozen = state.view().frozen().get(0);
            Edit edit = new Edit(frozen.lastSequence(), List.of(id(first)), List.of(second.meta()));
            assertThatThrownBy(() -> state.install(edit, List.of(second), frozen))
                    .isInstanceOf(NoSpaceException.class);
            assertThat(tables(state)).containsExactly(id(first));
            assertThat(state.view().frozen()).containsExactly(frozen);
            assertThat(flash.ids(Stream.DATA)).isEqualTo(both);

            log.full = false;
            state.install(edit, List.of(second), frozen);
            assertThat(tables(state)).containsExactly(id(second));
            assertThat(state.view().frozen()).isEmpty();
            assertThat(flash.ids(Stream.DATA)).containsExactly(id(second));
        });
    }

    /** Notes what the store shows and the flash holds whenever an edit is about to become durable; can be full. */
    private final class WatchedLog extends PlantedBug {
        private final List<String> seenAtSync = new ArrayList<>();
        private StoreState state;
        private boolean edit;
        private boolean full;

        @Override
        long logAppend(VblockWriter writer, ByteBuffer record) throws IOException {
            edit = RecordTamper.isEdit(record);
            return super.logAppend(writer, record);
        }

        @Override
        long logRemaining(VblockWriter writer) {
            return full ? 0 : super.logRemaining(writer);
        }

        @Override
        void logSeal(VblockWriter writer) throws IOException {
            if (full) {
                throw new NoSpaceException("no room for another log", "");
            }
            super.logSeal(writer);
        }

        @Override
        void logSync(VblockWriter writer) throws IOException {
            if (edit) {
                seenAtSync.add("tables " + tables(state) + ", frozen "
                        + state.view().frozen().size() + ", vblocks " + flash.ids(Stream.DATA));
            }
            super.logSync(writer);
        }
    }

    @FunctionalInterface
    private interface Body {
        void run(StoreState state, WatchedLog log) throws Exception;
    }

    private void use(Body body) throws Exception {
        try (Scheduler scheduler = Scheduler.simulated(1)) {
            scheduler.run("test", () -> {
                WatchedLog log = new WatchedLog();
                BuggyTarget target = new BuggyTarget(new FakeTarget(flash, scheduler, 0, 0), log);
                Sizes sizes = Sizes.of(target, KvOptions.defaults());
                log.state = new StoreState(scheduler, target, sizes, Recovery.run(target, sizes.id(), scheduler));
                body.run(log.state, log);
                return null;
            });
        }
    }

    /** Puts a key and brings it to a table, as the flush task does. */
    private static PlacedTable flush(StoreState state, String key) throws IOException {
        PlacedTable table = write(state, key);
        assertThat(state.tryWrite(bytes(key), bytes("value"))).isEqualTo(StoreState.Attempt.DONE);
        assertThat(state.tryFreeze()).isTrue();
        Memtable frozen = state.view().frozen().get(0);
        state.install(new Edit(frozen.lastSequence(), List.of(), List.of(table.meta())), List.of(table), frozen);
        assertThat(tables(state)).containsExactly(id(table));
        assertThat(state.view().frozen()).isEmpty();
        return table;
    }

    private static PlacedTable write(StoreState state, String key) throws IOException {
        Memtable entries = new Memtable(state.scheduler);
        entries.add(new Entry(bytes(key), bytes("value"), 1), 1);
        TableWriter writer = new TableWriter(state.vblocks, state.sizes.format(), state.scheduler);
        Cursor cursor = entries.cursor(null, Long.MAX_VALUE);
        while (cursor.next()) {
            writer.add(cursor);
        }
        return writer.finish(1);
    }

    private static List<Long> tables(StoreState state) {
        return state.view().levels().all().stream()
                .map(PlacedTable::meta)
                .map(TableMeta::id)
                .toList();
    }

    private static long id(PlacedTable table) {
        return table.meta().id();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
