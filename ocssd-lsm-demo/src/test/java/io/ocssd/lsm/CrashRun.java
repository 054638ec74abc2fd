package io.ocssd.lsm;

import io.ocssd.error.GoneException;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Task;
import io.ocssd.target.Drive;
import io.ocssd.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * One seeded run of clients on a store, up to a power cut at a command that the seed draws from all commands of the run;
 * then the image is opened again in fresh instances, and the history is compared.
 */
final class CrashRun {
    /** Small levels, so that there are many of them. */
    private static final KvOptions OPTIONS = KvOptions.defaults().withLevels(2, 1, 2);

    private static final int CLIENTS = 2;
    private static final int KEYS = 150;
    private static final int LARGEST_VALUE = 1200;

    private final TestDrive drive;
    private final long seed;
    private final int operations;
    private final Supplier<PlantedBug> bugs;
    private int inFlight;
    private int deepest;

    /**
     * @param operations of each client
     * @param bugs gives the bug of the run before the cut
     */
    CrashRun(TestDrive drive, long seed, int operations, Supplier<PlantedBug> bugs) {
        this.drive = drive;
        this.seed = seed;
        this.operations = operations;
        this.bugs = bugs;
    }

    /** Commands in flight at the cut. */
    int inFlight() {
        return inFlight;
    }

    /** Lowest level of the uncut run. */
    int deepest() {
        return deepest;
    }

    /** Runs, cuts, reopens; null when all is well, else what is wrong. */
    String run() throws Exception {
        drive.restore();
        long commands = workload(new History(CLIENTS), "");
        drive.restore();
        History history = new History(CLIENTS);
        long cut = 1 + new SplittableRandom(seed).nextLong(commands);
        workload(history, "?cut=" + cut + "&cutSeed=" + seed);
        String wrong = verify(history);
        return wrong == null ? null : "seed=" + seed + ", cut=" + cut + " of " + commands + ": " + wrong;
    }

    /** Returns the number of commands; a power cut ends it. */
    private long workload(History history, String parameters) throws Exception {
        try (Scheduler scheduler = Scheduler.simulated(seed)) {
            return scheduler.run("workload", () -> {
                try (Drive opened = drive.open(scheduler, parameters)) {
                    PlantedBug bug = bugs.get();
                    Target target = new BuggyTarget(TestDrive.kv(opened), bug);
                    KvStore store = KvStore.open(target, scheduler, OPTIONS, bug.bottom());
                    try {
                        List<Task> tasks = new ArrayList<>();
                        for (int i = 0; i < CLIENTS; i++) {
                            int client = i;
                            tasks.add(scheduler.spawn("client" + i, () -> client(store, history, client)));
                        }
                        for (Task task : tasks) {
                            task.join();
                        }
                        history.sync(store);
                        deepest = store.stats().levels().size() - 1;
                        store.close();
                    } catch (Exception e) {
                        letGo(store, e);
                        throw e;
                    }
                    return opened.device().counters().commands();
                } catch (GoneException e) {
                    inFlight = e.commandsInFlight().orElse(0);
                    return 0L;
                }
            });
        }
    }

    private static void letGo(KvStore store, Exception cause) {
        try {
            store.close();
        } catch (Exception e) {
            if (e != cause) {
                cause.addSuppressed(e);
            }
        }
    }

    private void client(KvStore store, History history, int client) throws Exception {
        SplittableRandom random = new SplittableRandom(seed * 31 + client);
        for (int i = 0; i < operations; i++) {
            String name = "k" + random.nextInt(KEYS);
            int choice = random.nextInt(100);
            if (choice < 62) {
                history.put(store, client, name, i + "." + "v".repeat(random.nextInt(LARGEST_VALUE)));
            } else if (choice < 85) {
                history.delete(store, client, name);
            } else if (choice < 97) {
                history.sync(store);
            } else if (choice < 98) {
                store.settle();
            } else {
                store.get(History.key(client, name).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
    }

    private String verify(History history) throws Exception {
        try (Scheduler scheduler = Scheduler.simulated(~seed)) {
            return scheduler.run("verify", () -> {
                try (Drive opened = drive.open(scheduler, "")) {
                    try (KvStore store = KvStore.open(TestDrive.kv(opened), scheduler, OPTIONS)) {
                        String wrong = verify(history, store);
                        if (wrong != null) {
                            return wrong;
                        }
                        // It must also be as good a store as any to go on with.
                        history.put(store, 0, "after", "1");
                        history.delete(store, 1, "k1");
                        store.settle();
                        wrong = verify(history, store);
                        return wrong == null ? null : "after going on: " + wrong;
                    }
                } catch (java.io.IOException | RuntimeException e) {
                    return e.toString();
                }
            });
        }
    }

    private static String verify(History history, KvStore store) throws Exception {
        String wrong = history.verify(store);
        if (wrong != null) {
            return wrong;
        }
        KvCheck check = store.check();
        return check.isClean() ? null : check.findings().toString();
    }
}
