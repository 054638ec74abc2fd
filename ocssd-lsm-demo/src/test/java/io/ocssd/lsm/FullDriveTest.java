package io.ocssd.lsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.error.NoSpaceException;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that is filled until it says no, read, freed by deletes, and filled again; over and over. */
class FullDriveTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                TestDrive.SMALL_VBLOCKS,
                "profile=tiny",
                "profile=tiny&blocks=24&sectors=16",
                TestDrive.SMALL_ZONES,
                "profile=zns-small&sectors=64"
            })
    void fullDriveStaysReadableAndIsFreedByDeletes(String shape) throws Exception {
        int seeds = Boolean.getBoolean("ocssd.campaign") ? 40 : 1;
        for (int seed = 5; seed < 5 + seeds; seed++) {
            run(new TestDrive(directory, shape), seed, false);
            run(new TestDrive(directory, shape), seed, true);
        }
    }

    private static void run(TestDrive drive, int seed, boolean synced) throws Exception {
        TreeMap<String, String> model = new TreeMap<>();
        try (Scheduler scheduler = Scheduler.simulated(seed)) {
            scheduler.run("full", () -> {
                try (Drive opened = drive.open(scheduler, "");
                        KvStore store = KvStore.open(TestDrive.kv(opened), scheduler, KvOptions.defaults())) {
                    SplittableRandom random = new SplittableRandom(seed);
                    for (int round = 0; round < 6; round++) {
                        String where = "seed=" + seed + ", synced=" + synced + ", round=" + round;
                        int entries = fill(store, model, random, round, synced);
                        assertThat(entries)
                                .as("taken, %s, %s", where, store.stats())
                                .isGreaterThan(3);
                        assertSame(store, model, "after filling, " + where);
                        empty(store, model, random, round);
                        assertSame(store, model, "after deleting, " + where);
                    }
                    for (String key : new ArrayList<>(model.keySet())) {
                        store.delete(key.getBytes(UTF_8));
                    }
                    model.clear();
                    store.settle();
                    assertSame(store, model, "empty, seed=" + seed);
                }
                return null;
            });
            scheduler.run("again", () -> {
                try (Drive opened = drive.open(scheduler, "");
                        KvStore store = KvStore.open(TestDrive.kv(opened), scheduler, KvOptions.defaults())) {
                    assertSame(store, model, "opened again, seed=" + seed);
                }
                return null;
            });
        }
    }

    private static int fill(
            KvStore store, TreeMap<String, String> model, SplittableRandom random, int round, boolean synced)
            throws IOException {
        int most = store.maxEntryBytes() / 3;
        int entries = 0;
        while (true) {
            String key = "key" + random.nextInt(1_000_000);
            String value = round + "." + "v".repeat(random.nextInt(most));
            try {
                store.put(key.getBytes(UTF_8), value.getBytes(UTF_8));
            } catch (NoSpaceException e) {
                assertThat(e).hasMessageContaining("is full");
                assertThat(store.get(key.getBytes(UTF_8)))
                        .isEqualTo(model.containsKey(key) ? model.get(key).getBytes(UTF_8) : null);
                store.sync();
                return entries;
            }
            model.put(key, value);
            entries++;
            if (synced) {
                store.sync();
            }
        }
    }

    private static void empty(KvStore store, TreeMap<String, String> model, SplittableRandom random, int round)
            throws IOException {
        List<String> keys = new ArrayList<>(model.keySet());
        // Even rounds free a stretch of keys, odd ones some everywhere.
        int from = random.nextInt(keys.size() / 2);
        for (int i = 0; i < keys.size(); i++) {
            boolean chosen = round % 2 == 0 ? i >= from && i < from + keys.size() / 2 : random.nextInt(3) > 0;
            if (chosen) {
                store.delete(keys.get(i).getBytes(UTF_8));
                model.remove(keys.get(i));
            }
        }
    }

    private static void assertSame(KvStore store, TreeMap<String, String> model, String when) throws IOException {
        TreeMap<String, String> found = new TreeMap<>();
        try (KvIterator iterator = store.iterator(null, null)) {
            while (iterator.next()) {
                found.put(new String(iterator.key(), UTF_8), new String(iterator.value(), UTF_8));
            }
        }
        assertThat(found.equals(model)).as(when).isTrue();
        KvCheck check = store.check();
        assertThat(check.findings()).as(when).isEmpty();
        assertThat(check.entries()).as(when).isEqualTo(model.size());
    }
}
