package io.ocssd.lsm.workload;

import com.google.common.collect.ImmutableList;
import io.ocssd.Ocssd;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.DeviceUri;
import io.ocssd.error.GoneException;
import io.ocssd.error.OcssdException;
import io.ocssd.lsm.KvIterator;
import io.ocssd.lsm.KvOptions;
import io.ocssd.lsm.KvStore;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.Target;
import io.ocssd.target.TargetRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The main job, end to end: a store that is loaded, rewritten until the drive was used several times over, loses power in
 * the middle of writing, and is verified from the image alone.
 *
 * <p>The drive is opened four times, each time with a scheduler of its own: to fill and use it, to see how many commands it
 * takes to open it, to cut its power while it is written to, to verify it. Nothing but the image goes from one to the next; what must be found is in a {@link History}.
 */
public final class Demo {
    /** What an image survives is said when it is made, and at every opening. */
    private static final String PERSIST = "persist";

    private static final String TARGET = "kv";
    /** When the drive was programmed so many times the goal and a block was still never erased, it never will be. */
    private static final int MOST_TIMES_GOAL = 4;

    /** The cut is drawn from the commands of a pass, or from so many when passes are short. */
    private static final long LEAST_CUT_RANGE = 2048;

    private static final int SYNCS_BETWEEN_LOOKS = 8;

    private final DemoOptions options;
    private final DemoListener listener;
    private final SplittableRandom random;
    private final DemoFigures figures = new DemoFigures();
    /** The entries that fit the store, and what became of them: known once it was opened. */
    private Source source;

    private History history;
    private Churn churn;
    private DemoStep step = DemoStep.CREATE;
    private int openings;

    private Demo(DemoOptions options, DemoListener listener) {
        this.options = options;
        this.listener = listener;
        this.random = new SplittableRandom(options.seed());
    }

    /**
     * Runs it.
     *
     * @throws DemoStoppedException when the listener asked to stop
     * @throws IOException when the drive can't be made, or fails where it must not
     */
    public static DemoResult run(DemoOptions options, DemoListener listener) throws IOException, DemoStoppedException {
        return new Demo(options, listener).run();
    }

    private DemoResult run() throws IOException, DemoStoppedException {
        begin(DemoStep.CREATE, 1);
        Ocssd.create(options.drive().toString());
        DeviceUri drive = opened();
        long commandsOfPass = open(drive, this::fillAndUse);
        long commandsOfOpening = open(drive, this::justOpen);
        figures.cutCommand = commandsOfOpening + 1 + random.nextLong(Math.max(LEAST_CUT_RANGE, commandsOfPass));
        figures.cutSeed = random.nextLong();
        open(
                drive.with("cut", Long.toString(figures.cutCommand)).with("cutSeed", Long.toString(figures.cutSeed)),
                this::writeUntilPowerIsCut);
        Survivors survivors = open(drive, this::verify);
        return new DemoResult(
                figures.report(options, source, churn, survivors), figures.blocks, figures.reservedBlocks);
    }

    /** The drive that was made, as it is opened. */
    private DeviceUri opened() {
        DeviceUri made = options.drive();
        DeviceUri drive = new DeviceUri(made.scheme(), made.path(), new TreeMap<>())
                .with("timing", options.virtualClock() ? "on" : "off");
        String persist = made.parameters().get(PERSIST);
        return persist == null ? drive : drive.with(PERSIST, persist);
    }

    private interface Life<R> {
        R run(Drive drive, Scheduler scheduler, long openedNanos) throws Exception;
    }

    /** One life of the drive. Its counters are added up when it ends, however it does. */
    private <R> R open(DeviceUri uri, Life<R> life) throws IOException, DemoStoppedException {
        try (Scheduler scheduler =
                options.virtualClock() ? Scheduler.simulated(options.seed() + openings++) : Scheduler.real()) {
            return scheduler.run("demo", () -> {
                long before = scheduler.nanoTime();
                Drive drive = Ocssd.open(uri.toString(), scheduler, OpenOptions.defaults());
                try {
                    figures.geometry = drive.device().geometry();
                    return life.run(drive, scheduler, before);
                } finally {
                    DeviceCounters counters = drive.device().counters();
                    figures.counters = figures.counters.plus(counters);
                    drive.close();
                }
            });
        } catch (IOException | DemoStoppedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a demo failed, seed=" + options.seed(), e);
        }
    }

    private void begin(DemoStep next, long total) {
        step = next;
        listener.begin(next, total);
    }

    private void stopIfAsked() throws DemoStoppedException {
        if (listener.stopRequested()) {
            throw new DemoStoppedException(step);
        }
    }

    /** Steps 1 to 4; returns the device commands of a pass. */
    private long fillAndUse(Drive drive, Scheduler scheduler, long openedNanos) throws Exception {
        Target target = drive.createTarget(TargetRequest.wholeDrive(TARGET));
        listener.progress(1);
        try (KvStore store = KvStore.open(target, scheduler, KvOptions.defaults())) {
            chooseEntries(store);
            load(store, scheduler);
            readBack(store, scheduler);
            return rewrite(drive, store, scheduler);
        }
    }

    /** Leaves out what is too large for the store once its operation's number is put before it. */
    private void chooseEntries(KvStore store) {
        Source all = options.source();
        int[] fitting = IntStream.range(0, all.size())
                .filter(i -> all.key(i).length <= store.maxKeyBytes()
                        && Values.HEADER_BYTES + all.key(i).length + all.valueBytes(i) <= store.maxEntryBytes())
                .toArray();
        if (fitting.length == 0) {
            throw new IllegalArgumentException("every entry is too large for the store, maxEntryBytes="
                    + store.maxEntryBytes() + ", maxKeyBytes=" + store.maxKeyBytes());
        }
        source = fitting.length == all.size() ? all : SampledSource.of(all, fitting);
        figures.skippedEntries = all.size() - source.size();
        history = new History(source.size());
        churn = new Churn(source, history, random.split(), options.syncEvery());
    }

    private void load(KvStore store, Scheduler scheduler) throws Exception {
        begin(DemoStep.LOAD, source.totalBytes());
        long before = scheduler.nanoTime();
        long bytes = 0;
        for (int i = 0; i < source.size(); i++) {
            stopIfAsked();
            byte[] value = source.value(i);
            store.put(source.key(i), value);
            bytes += value.length;
            figures.loadBytes += source.key(i).length + value.length;
            if ((i + 1) % options.syncEvery() == 0 || i + 1 == source.size()) {
                store.sync();
                figures.loadSyncs++;
            }
            listener.progress(bytes);
        }
        figures.loadPuts = source.size();
        figures.loadNanos = scheduler.nanoTime() - before;
    }

    private void readBack(KvStore store, Scheduler scheduler) throws Exception {
        begin(DemoStep.READ_BACK, source.totalBytes());
        long before = scheduler.nanoTime();
        long bytes = 0;
        for (int i = 0; i < source.size(); i++) {
            stopIfAsked();
            byte[] expected = source.value(i);
            figures.unreadBack += Arrays.equals(store.get(source.key(i)), expected) ? 0 : 1;
            bytes += expected.length;
            listener.progress(bytes);
        }
        figures.readBackNanos = scheduler.nanoTime() - before;
    }

    private long rewrite(Drive drive, KvStore store, Scheduler scheduler) throws Exception {
        long goalBytes = options.programmedCapacities() * figures.geometry.capacityBytes();
        begin(DemoStep.REWRITE, goalBytes);
        long before = scheduler.nanoTime();
        long commandsBefore = drive.device().counters().commands();
        Churn.Watch watch = new Churn.Watch() {
            private long syncs;

            @Override
            public boolean synced() throws IOException {
                if (++syncs % SYNCS_BETWEEN_LOOKS != 0) {
                    return false;
                }
                long programmed = drive.device().counters().programmedBytes();
                listener.progress(Math.min(programmed, goalBytes));
                if (programmed < goalBytes) {
                    return false;
                }
                int neverErased = BlockCoverage.of(drive).neverErased();
                if (neverErased > 0 && programmed > MOST_TIMES_GOAL * goalBytes) {
                    throw new OcssdException(
                            neverErased + " data blocks were never erased, after " + programmed
                                    + " bytes were programmed, seed=" + options.seed(),
                            "report it together with the seed");
                }
                return neverErased == 0;
            }

            @Override
            public void before() throws DemoStoppedException {
                stopIfAsked();
            }
        };
        boolean enough = false;
        while (!enough) {
            enough = churn.pass(store, watch);
            figures.rewritePasses++;
        }
        figures.rewriteNanos = scheduler.nanoTime() - before;
        return (drive.device().counters().commands() - commandsBefore) / figures.rewritePasses;
    }

    /** Power is to be cut in the middle of writing, not while the drive is opened: returns the commands that takes. */
    private long justOpen(Drive drive, Scheduler scheduler, long openedNanos) throws Exception {
        KvStore.open(drive.target(TARGET), scheduler, KvOptions.defaults()).close();
        return drive.device().counters().commands();
    }

    /** Step 5. */
    private Void writeUntilPowerIsCut(Drive drive, Scheduler scheduler, long openedNanos) throws Exception {
        begin(DemoStep.CUT, figures.cutCommand);
        Churn.Watch watch = new Churn.Watch() {
            @Override
            public boolean synced() {
                listener.progress(
                        Math.min(figures.cutCommand, drive.device().counters().commands()));
                return false;
            }

            @Override
            public void before() throws DemoStoppedException {
                stopIfAsked();
            }
        };
        try (KvStore store = KvStore.open(drive.target(TARGET), scheduler, KvOptions.defaults())) {
            while (drive.device().counters().commands() <= figures.cutCommand) {
                churn.pass(store, watch);
            }
        } catch (GoneException e) {
            figures.commandsInFlight =
                    e.commandsInFlight().isPresent() ? e.commandsInFlight().getAsInt() : null;
            figures.unacknowledgedOperations = history.pending();
            return null;
        }
        throw new IllegalStateException(
                "power was never cut, cutCommand=" + figures.cutCommand + ", seed=" + options.seed());
    }

    /** Step 6. */
    private Survivors verify(Drive drive, Scheduler scheduler, long openedNanos) throws Exception {
        begin(DemoStep.VERIFY, 2L * source.size());
        Survivors survivors = new Survivors(history);
        Target target = drive.target(TARGET);
        try (KvStore store = KvStore.open(target, scheduler, KvOptions.defaults())) {
            long recovered = scheduler.nanoTime();
            figures.recoveryNanos = recovered - openedNanos;
            figures.recoveryPaddedSectors = target.recovery().paddedSectors();
            figures.recoveryReplayedEntries = store.stats().recovery().entries();
            getAll(store, survivors);
            scanAll(store);
            figures.check = store.check();
            figures.verifyNanos = scheduler.nanoTime() - recovered;
        }
        figures.coverage = BlockCoverage.of(drive);
        figures.blocks = drive.device().report();
        figures.reservedBlocks = ImmutableList.copyOf(drive.reservedBlocks());
        return survivors;
    }

    private void getAll(KvStore store, Survivors survivors) throws Exception {
        for (int i = 0; i < source.size(); i++) {
            stopIfAsked();
            byte[] value = store.get(source.key(i));
            survivors.judge(i, observed(i, value));
            if (value == null) {
                figures.verifiedDeletes++;
            } else {
                figures.verifiedEntries++;
            }
            listener.progress(i);
        }
    }

    private long observed(int index, byte[] value) throws IOException {
        if (value == null) {
            return Survivors.ABSENT;
        }
        long operation = Values.operationOf(value, source.value(index));
        return operation < 0 ? Survivors.FOREIGN : operation;
    }

    /** The scan must find the keys that the gets found, in order, and no other. */
    private void scanAll(KvStore store) throws Exception {
        int next = 0;
        try (KvIterator entries = store.iterator(null, null)) {
            while (entries.next()) {
                stopIfAsked();
                byte[] key = entries.key();
                while (next < source.size() && Arrays.compareUnsigned(source.key(next), key) < 0) {
                    next++;
                }
                boolean known = next < source.size() && Arrays.equals(source.key(next), key);
                figures.strangers += known ? 0 : 1;
                next += known ? 1 : 0;
                figures.scannedEntries++;
                listener.progress(source.size() + (long) next);
            }
        }
        // As many as the gets found, all of them known and none twice: the same keys.
        figures.strangers += Math.max(0, figures.verifiedEntries - figures.scannedEntries);
    }
}
