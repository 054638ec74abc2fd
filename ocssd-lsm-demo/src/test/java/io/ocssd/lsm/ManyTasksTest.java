package io.ocssd.lsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Task;
import io.ocssd.target.Drive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** Many tasks side by side, in real time: writers with keys of their own, readers and scanners of them all. */
class ManyTasksTest {
    private static final int WRITERS = 4;
    private static final int OPERATIONS = 3000;

    @TempDir
    Path directory;

    @RepeatedTest(3)
    void everyWriterFindsWhatItWrote() throws Exception {
        TestDrive drive = new TestDrive(directory, TestDrive.SMALL_VBLOCKS);
        Scheduler scheduler = Scheduler.real();
        List<TreeMap<String, String>> models = new ArrayList<>();
        try (Drive opened = drive.open(scheduler, "");
                KvStore store = KvStore.open(TestDrive.kv(opened), scheduler, KvOptions.defaults())) {
            List<Task> tasks = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                models.add(new TreeMap<>());
                tasks.add(scheduler.spawn("writer", () -> write(store, writer, models.get(writer))));
                tasks.add(scheduler.spawn("scanner", () -> scan(store, writer)));
            }
            for (Task task : tasks) {
                task.join();
            }
            assertAll(store, models);
            store.settle();
            assertAll(store, models);
            assertThat(store.stats().compactions()).isPositive();
        }
        try (Drive opened = drive.open(scheduler, "");
                KvStore store = KvStore.open(TestDrive.kv(opened), scheduler, KvOptions.defaults())) {
            assertAll(store, models);
        }
    }

    private static void write(KvStore store, int writer, TreeMap<String, String> model) throws Exception {
        SplittableRandom random = new SplittableRandom(writer);
        for (int i = 0; i < OPERATIONS; i++) {
            String key = writer + "/" + random.nextInt(150);
            int choice = random.nextInt(10);
            if (choice < 6) {
                String value = key + "=" + i + "x".repeat(random.nextInt(800));
                store.put(key.getBytes(UTF_8), value.getBytes(UTF_8));
                model.put(key, value);
            } else if (choice < 8) {
                store.delete(key.getBytes(UTF_8));
                model.remove(key);
            } else {
                byte[] value = store.get(key.getBytes(UTF_8));
                assertThat(value == null ? null : new String(value, UTF_8)).isEqualTo(model.get(key));
            }
            if (i % 50 == 0) {
                store.sync();
            }
        }
    }

    private static void scan(KvStore store, int writer) throws Exception {
        for (int i = 0; i < 30; i++) {
            String last = "";
            try (KvIterator iterator = store.iterator((writer + "/").getBytes(UTF_8), null)) {
                while (iterator.next()) {
                    String key = new String(iterator.key(), UTF_8);
                    assertThat(key).isGreaterThan(last);
                    assertThat(new String(iterator.value(), UTF_8)).startsWith(key + "=");
                    last = key;
                }
            }
        }
    }

    private static void assertAll(KvStore store, List<TreeMap<String, String>> models) throws Exception {
        TreeMap<String, String> wanted = new TreeMap<>();
        models.forEach(wanted::putAll);
        TreeMap<String, String> found = new TreeMap<>();
        try (KvIterator iterator = store.iterator(null, null)) {
            while (iterator.next()) {
                found.put(new String(iterator.key(), UTF_8), new String(iterator.value(), UTF_8));
            }
        }
        assertThat(found.equals(wanted)).isTrue();
        KvCheck check = store.check();
        assertThat(check.findings()).isEmpty();
        assertThat(check.entries()).isEqualTo(wanted.size());
    }
}
