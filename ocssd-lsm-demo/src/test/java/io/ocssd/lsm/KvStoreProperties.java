package io.ocssd.lsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.error.GoneException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.lsm.fake.FakeFlash;
import io.ocssd.lsm.fake.FakeTarget;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/**
 * The store against a map: several tasks put, delete, get, scan, sync and settle under the simulated scheduler, in several
 * lives of the store, which end by close or by a power cut.
 */
class KvStoreProperties {
    private static final int LIVES = 4;

    @Property(tries = 150, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void behavesLikeMap(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3) int clients,
            @ForAll @IntRange(min = 3, max = 120) int keys,
            @ForAll @IntRange(min = 0, max = 2500) int largestValue,
            @ForAll @IntRange(min = 1, max = 3) int level0)
            throws Exception {
        int lives = Boolean.getBoolean("ocssd.campaign") ? 10 * LIVES : LIVES;
        FakeFlash flash = new FakeFlash(34, 32 << 10, 2048);
        KvOptions options = KvOptions.defaults().withLevels(level0, 1, 2).withBlockBytes(1024);
        History history = new History(clients);
        SplittableRandom random = new SplittableRandom(seed);
        for (int life = 0; life < lives; life++) {
            long cutAt = life % 2 == 0 ? 1 + random.nextInt(900) : 0;
            long lifeSeed = random.nextLong();
            String where = "seed=" + seed + ", life=" + life;
            try (Scheduler scheduler = Scheduler.simulated(lifeSeed)) {
                scheduler.run("life", () -> {
                    FakeTarget target = new FakeTarget(flash, scheduler, cutAt, lifeSeed);
                    KvStore store = KvStore.open(target, scheduler, options);
                    try {
                        assertThat(history.verify(store)).as(where).isNull();
                        KvCheck check = store.check();
                        assertThat(check.findings()).as(where).isEmpty();
                        List<Task> tasks = new ArrayList<>();
                        for (int i = 0; i < clients; i++) {
                            int client = i;
                            SplittableRandom own = random.split();
                            tasks.add(scheduler.spawn(
                                    "client" + i, () -> use(store, history, client, own, keys, largestValue, where)));
                        }
                        for (Task task : tasks) {
                            task.join();
                        }
                        store.close();
                    } catch (GoneException e) {
                        closeAfter(store, e);
                    }
                    return null;
                });
            }
        }
    }

    private static void closeAfter(KvStore store, GoneException cut) {
        try {
            store.close();
        } catch (java.io.IOException e) {
            cut.addSuppressed(e);
        }
    }

    private static void use(
            KvStore store,
            History history,
            int client,
            SplittableRandom random,
            int keys,
            int largestValue,
            String where)
            throws Exception {
        int operations = 40 + random.nextInt(200);
        for (int i = 0; i < operations; i++) {
            String name = "k" + random.nextInt(keys);
            int choice = random.nextInt(100);
            if (choice < 55) {
                try {
                    history.put(
                            store, client, name, random.nextInt(1000) + "v".repeat(random.nextInt(largestValue + 1)));
                } catch (NoSpaceException e) {
                    history.takeBack(client);
                }
            } else if (choice < 75) {
                history.delete(store, client, name);
            } else if (choice < 87) {
                byte[] value = store.get(History.key(client, name).getBytes(UTF_8));
                assertThat(value == null ? null : new String(value, UTF_8))
                        .as(where)
                        .isEqualTo(history.present(client).get(History.key(client, name)));
            } else if (choice < 90) {
                assertScan(store, history, client, where);
            } else if (choice < 98) {
                history.sync(store);
            } else {
                store.settle();
            }
        }
    }

    /** The scan goes on while the store is written to, and must show the moment at which it began. */
    private static void assertScan(KvStore store, History history, int client, String where) throws Exception {
        Map<String, String> wanted = history.present(client);
        List<String> found = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        wanted.forEach((key, value) -> expected.add(key + "=" + value));
        try (KvIterator iterator = store.iterator((client + "/").getBytes(UTF_8), (client + "0").getBytes(UTF_8))) {
            history.put(store, client, "k0", "while scanning");
            history.delete(store, client, "k1");
            while (iterator.next()) {
                found.add(new String(iterator.key(), UTF_8) + "=" + new String(iterator.value(), UTF_8));
            }
        } catch (NoSpaceException e) {
            history.takeBack(client);
            return;
        }
        assertThat(found).as(where).isEqualTo(expected);
    }
}
