package io.ocssd.lsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.error.BusyException;
import io.ocssd.error.CorruptException;
import io.ocssd.error.GoneException;
import io.ocssd.lsm.fake.FakeFlash;
import io.ocssd.lsm.fake.FakeTarget;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.vblock.Stream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a caller may rely on, one promise a test, on a target in memory. */
class KvStoreTest {
    private static final int VBLOCK_BYTES = 64 << 10;

    private final FakeFlash flash = new FakeFlash(40, VBLOCK_BYTES, 4096);

    @Test
    void keysAndValuesOfAllSizes() throws Exception {
        use((target, store) -> {
            byte[] longest = new byte[store.maxKeyBytes()];
            Arrays.fill(longest, (byte) 0xFF);
            byte[] largest = new byte[store.maxEntryBytes() - 1];
            Arrays.fill(largest, (byte) 7);
            store.put(longest, new byte[0]);
            store.put(new byte[] {0}, largest);
            store.put(new byte[] {(byte) 0x80}, bytes("unsigned"));
            for (int i = 0; i < 2; i++) {
                assertThat(store.get(longest)).isEmpty();
                assertThat(store.get(new byte[] {0})).isEqualTo(largest);
                assertThat(store.get(bytes("absent"))).isNull();
                try (KvIterator iterator = store.iterator(null, null)) {
                    assertThat(iterator.next()).isTrue();
                    assertThat(iterator.key()).containsExactly(0);
                    assertThat(iterator.next()).isTrue();
                    assertThat(iterator.value()).isEqualTo(bytes("unsigned"));
                    assertThat(iterator.next()).isTrue();
                    assertThat(iterator.key()).isEqualTo(longest);
                    assertThat(iterator.next()).isFalse();
                    assertThatThrownBy(iterator::key).isInstanceOf(IllegalStateException.class);
                }
                store.settle();
            }
        });
    }

    @Test
    void whatIsTooLargeIsRefusedAndChangesNothing() throws Exception {
        use((target, store) -> {
            long before = store.stats().lastSequence();
            assertThatThrownBy(() -> store.put(new byte[0], new byte[1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("keyBytes=0");
            assertThatThrownBy(() -> store.put(new byte[store.maxKeyBytes() + 1], new byte[1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("maxKeyBytes=" + store.maxKeyBytes());
            assertThatThrownBy(() -> store.put(new byte[1], new byte[store.maxEntryBytes()]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("maxEntryBytes=" + store.maxEntryBytes());
            assertThat(store.stats().lastSequence()).isEqualTo(before);
        });
    }

    @Test
    void callersMayChangeTheirArraysAfterwards() throws Exception {
        use((target, store) -> {
            byte[] key = bytes("key");
            byte[] value = bytes("value");
            store.put(key, value);
            key[0] = 'x';
            value[0] = 'x';
            byte[] got = store.get(bytes("key"));
            assertThat(got).isEqualTo(bytes("value"));
            got[0] = 'y';
            assertThat(store.get(bytes("key"))).isEqualTo(bytes("value"));
        });
    }

    @Test
    void openingAndReadingWritesNothing() throws Exception {
        use((target, store) -> {
            fill(store, 300, 500);
            store.delete(bytes("key5"));
        });
        use((target, store) -> {
            assertThat(store.get(bytes("key7"))).isNotNull();
            assertThat(store.get(bytes("key5"))).isNull();
            assertThat(store.check().findings()).isEmpty();
            try (KvIterator iterator = store.iterator(null, null)) {
                assertThat(iterator.next()).isTrue();
            }
            store.sync();
            assertThat(target.operations()).isZero();
        });
    }

    @Test
    void storesOfOneTargetDoNotSeeEachOther() throws Exception {
        use((target, store) -> {
            store.put(bytes("a"), bytes("1"));
            store.settle();
        });
        run(scheduler -> {
            FakeTarget target = new FakeTarget(flash, scheduler, 0, 0);
            try (KvStore one = KvStore.open(target, scheduler, KvOptions.defaults());
                    KvStore two =
                            KvStore.open(target, scheduler, KvOptions.defaults().withName("two"))) {
                assertThat(two.get(bytes("a"))).isNull();
                two.put(bytes("a"), bytes("2"));
                two.settle();
                assertThat(one.get(bytes("a"))).isEqualTo(bytes("1"));
                assertThat(one.check().findings()).isEmpty();
                assertThatThrownBy(() -> KvStore.open(target, scheduler, KvOptions.defaults()))
                        .isInstanceOf(BusyException.class)
                        .hasMessageContaining("\"default\"");
            }
            KvStore.open(target, scheduler, KvOptions.defaults()).close();
        });
    }

    @Test
    void iteratorsKeepTheirMomentThroughFlushesAndCompactions() throws Exception {
        use((target, store) -> {
            fill(store, 200, 300);
            store.settle();
            fill(store, 100, 300);
            try (KvIterator iterator = store.iterator(bytes("key"), null)) {
                int vblocks = flash.ids(Stream.DATA).size();
                for (int round = 0; round < 6; round++) {
                    for (int i = 0; i < 200; i++) {
                        if (i % 3 == 0) {
                            store.delete(bytes("key" + i));
                        } else {
                            store.put(bytes("key" + i), bytes("new" + "x".repeat(300)));
                        }
                    }
                    store.settle();
                }
                assertThat(store.stats().compactions()).isPositive();
                int found = 0;
                while (iterator.next()) {
                    assertThat(new String(iterator.value(), UTF_8))
                            .startsWith("value of " + new String(iterator.key(), UTF_8));
                    found++;
                }
                assertThat(found).isEqualTo(200);
                assertThat(vblocks).isPositive();
            }
            store.put(bytes("last"), bytes("1"));
            store.settle();
            assertThat(flash.ids(Stream.DATA))
                    .as("what the iterator held is erased")
                    .hasSize(store.stats().tables());
            assertThat(store.check().findings()).isEmpty();
        });
    }

    @Test
    void tasksThatSyncTogetherShareTheWork() throws Exception {
        use((target, store) -> {
            Scheduler scheduler = running;
            var tasks = new java.util.ArrayList<io.ocssd.scheduler.Task>();
            for (int i = 0; i < 20; i++) {
                byte[] key = bytes("key" + i);
                tasks.add(scheduler.spawn("putter", () -> {
                    store.put(key, key);
                    store.sync();
                }));
            }
            for (var task : tasks) {
                task.join();
            }
            assertThat(store.stats().syncs()).isLessThan(10);
        });
    }

    @Test
    void closedStoreRefuses() throws Exception {
        use((target, store) -> {
            store.close();
            store.close();
            assertThatThrownBy(() -> store.put(bytes("k"), bytes("v"))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> store.get(bytes("k"))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(store::sync).isInstanceOf(IllegalStateException.class);
        });
    }

    @Test
    void damagedBlockIsNamedAndTheRestStaysReadable() throws Exception {
        use((target, store) -> {
            fill(store, 100, 300);
            store.settle();
        });
        long table = flash.ids(Stream.DATA).get(0);
        flash.flip(table, 5000);
        use((target, store) -> {
            KvCheck check = store.check();
            assertThat(check.isClean()).isFalse();
            assertThat(check.findings().get(0)).contains("table " + table).contains("block 1");
            assertThat(store.get(bytes("key0"))).isNotNull();
            int damaged = 0;
            for (int i = 0; i < 100; i++) {
                try {
                    assertThat(store.get(bytes("key" + i))).isNotNull();
                } catch (CorruptException e) {
                    damaged++;
                    assertThat(e).hasMessageContaining("table " + table + " is damaged: block 1");
                }
            }
            assertThat(damaged).isBetween(5, 20);
        });
    }

    @Test
    void everyFlippedByteOfALogIsFound() throws Exception {
        use((target, store) -> fill(store, 20, 40));
        long log = flash.ids(Stream.LOG).get(0);
        for (int offset = 0; offset < flash.length(log); offset += 3) {
            flash.flip(log, offset);
            assertThatThrownBy(() -> use((target, store) -> {}))
                    .as("offset=" + offset)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("log " + log);
            flash.flip(log, offset);
        }
        use((target, store) -> assertThat(store.get(bytes("key3"))).isNotNull());
    }

    @Test
    void missingPiecesAreNamed() throws Exception {
        use((target, store) -> {
            fill(store, 100, 300);
            store.settle();
        });
        long table = flash.ids(Stream.DATA).get(0);
        flash.lose(table);
        assertThatThrownBy(() -> use((target, store) -> {}))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("table " + table)
                .hasMessageContaining("is missing");
    }

    @Test
    void tablesWithoutALogAreNotStartedOver() throws Exception {
        use((target, store) -> {
            fill(store, 100, 300);
            store.settle();
        });
        flash.ids(Stream.LOG).forEach(flash::lose);
        int tables = flash.ids(Stream.DATA).size();
        assertThatThrownBy(() -> use((target, store) -> {}))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("no log");
        assertThat(flash.ids(Stream.DATA)).hasSize(tables);
    }

    @Test
    void failureBehindTheScenesSurfacesAndReadsSayGone() throws Exception {
        run(scheduler -> {
            FakeTarget target = new FakeTarget(flash, scheduler, 60, 1);
            KvStore store = KvStore.open(target, scheduler, KvOptions.defaults());
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            store.put(bytes("key" + i), new byte[500]);
                        }
                    })
                    .isInstanceOf(GoneException.class);
            assertThatThrownBy(store::sync).isInstanceOf(GoneException.class).hasMessageContaining("the store stopped");
            assertThatThrownBy(store::settle).isInstanceOf(GoneException.class);
            assertThatThrownBy(() -> store.get(bytes("key0"))).isInstanceOf(GoneException.class);
            assertThatThrownBy(store::close).isInstanceOf(GoneException.class);
            store.close();
        });
    }

    @Test
    void tooSmallTargetIsRefused() throws Exception {
        FakeFlash tiny = new FakeFlash(11, VBLOCK_BYTES, 4096);
        run(scheduler -> assertThatThrownBy(
                        () -> KvStore.open(new FakeTarget(tiny, scheduler, 0, 0), scheduler, KvOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vblocks=11"));
    }

    @Test
    void sameSeedGivesTheSameRun() throws Exception {
        List<KvStats> runs = new java.util.ArrayList<>();
        for (int i = 0; i < 2; i++) {
            FakeFlash fresh = new FakeFlash(40, VBLOCK_BYTES, 4096);
            try (Scheduler scheduler = Scheduler.simulated(99)) {
                scheduler.run("test", () -> {
                    try (KvStore store =
                            KvStore.open(new FakeTarget(fresh, scheduler, 0, 0), scheduler, KvOptions.defaults())) {
                        for (int round = 0; round < 5; round++) {
                            fill(store, 300, 400);
                            store.sync();
                        }
                        runs.add(store.stats());
                    }
                    return null;
                });
            }
        }
        assertThat(runs.get(1)).isEqualTo(runs.get(0));
        assertThat(runs.get(0).compactions()).isPositive();
    }

    private Scheduler running;

    @FunctionalInterface
    private interface Body<T> {
        void run(T argument) throws Exception;
    }

    @FunctionalInterface
    private interface StoreBody {
        void run(FakeTarget target, KvStore store) throws Exception;
    }

    private void run(Body<Scheduler> body) throws Exception {
        try (Scheduler scheduler = Scheduler.simulated(3)) {
            running = scheduler;
            scheduler.run("test", () -> {
                body.run(scheduler);
                return null;
            });
        }
    }

    private void use(StoreBody body) throws Exception {
        run(scheduler -> {
            FakeTarget target = new FakeTarget(flash, scheduler, 0, 0);
            try (KvStore store = KvStore.open(target, scheduler, KvOptions.defaults())) {
                body.run(target, store);
            }
        });
    }

    private static void fill(KvStore store, int keys, int valueBytes) throws IOException {
        for (int i = 0; i < keys; i++) {
            store.put(bytes("key" + i), bytes("value of key" + i + "x".repeat(valueBytes)));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
