package io.ocssd.lsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.lsm.fake.FakeFlash;
import io.ocssd.lsm.fake.FakeTarget;
import io.ocssd.scheduler.Scheduler;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SmokeTest {
    @Test
    void storeAgainstTreeMap() throws Exception {
        for (long seed = 0; seed < 20; seed++) {
            FakeFlash flash = new FakeFlash(30, 64 << 10, 4096);
            TreeMap<String, String> model = new TreeMap<>();
            SplittableRandom random = new SplittableRandom(seed);
            for (int life = 0; life < 4; life++) {
                try (Scheduler scheduler = Scheduler.simulated(seed)) {
                    scheduler.run("main", () -> {
                        FakeTarget target = new FakeTarget(flash, scheduler, 0, 0);
                        try (KvStore store = KvStore.open(target, scheduler, KvOptions.defaults())) {
                            for (int i = 0; i < 1500; i++) {
                                String key = "key" + random.nextInt(300);
                                if (random.nextInt(4) == 0) {
                                    store.delete(key.getBytes(UTF_8));
                                    model.remove(key);
                                } else {
                                    String value = "v" + i + "x".repeat(random.nextInt(1000));
                                    store.put(key.getBytes(UTF_8), value.getBytes(UTF_8));
                                    model.put(key, value);
                                }
                            }
                            TreeMap<String, String> found = new TreeMap<>();
                            try (KvIterator it = store.iterator(null, null)) {
                                while (it.next()) {
                                    found.put(new String(it.key(), UTF_8), new String(it.value(), UTF_8));
                                }
                            }
                            assertThat(found).isEqualTo(model);
                            KvCheck check = store.check();
                            assertThat(check.findings()).isEmpty();
                            assertThat(check.entries()).isEqualTo(model.size());
                            store.settle();
                            for (int i = 0; i < 300; i++) {
                                byte[] value = store.get(("key" + i).getBytes(UTF_8));
                                assertThat(value == null ? null : new String(value, UTF_8))
                                        .isEqualTo(model.get("key" + i));
                            }
                            System.out.println(store.stats());
                        }
                        return null;
                    });
                }
            }
        }
    }
}
