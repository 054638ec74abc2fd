package io.ocssd.ftl.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSortedMap;
import io.ocssd.Ocssd;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.FlashDevice;
import io.ocssd.error.GoneException;
import io.ocssd.ftl.TestDrive;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random life of a journal, told by a seed and checked against a model: several openings of one image, in each some tasks
 * that record side by side, most of them ended by a power cut at a random device command, the opening included. Between
 * them, what earlier lives of journal blocks held is programmed behind what the present ones hold, as it was or with a bit
 * flipped. Some openings see programs and erases fail.
 */
final class JournalStory {
    private final SplittableRandom random;
    private final JournalRules rules;
    private final JournalModel model = new JournalModel();
    private final List<byte[]> oldUnits = new ArrayList<>();
    private int cuts;

    private JournalStory(long seed, JournalRules rules) {
        this.random = new SplittableRandom(seed);
        this.rules = rules;
    }

    /**
     * Lives through it.
     *
     * @param shape parameters of the drive
     * @return how many power cuts there were
     */
    static int run(String shape, long seed, JournalRules rules) throws Exception {
        JournalStory story = new JournalStory(seed, rules);
        try (TestDrive image = TestDrive.create(shape + "&seed=" + seed);
                Scheduler scheduler = Scheduler.simulated(seed)) {
            scheduler.run("story", () -> {
                story.live(image, scheduler);
                return null;
            });
            Files.deleteIfExists(damage(image));
        } catch (AssertionError | Exception e) {
            throw new AssertionError("story failed: shape=" + shape + ", seed=" + seed + ": " + e, e);
        }
        return story.cuts;
    }

    private static Path damage(TestDrive image) {
        return image.file().resolveSibling("damage");
    }

    private static String uri(TestDrive image) {
        return "faults+emu:" + image.file() + "?faults.damage=" + damage(image);
    }

    private void live(TestDrive image, Scheduler scheduler) throws Exception {
        int sessions = 3 + random.nextInt(4);
        for (int i = 0; i < sessions; i++) {
            String cut = random.nextInt(6) == 0
                    ? ""
                    : "&cut=" + (1 + random.nextInt(random.nextBoolean() ? 20 : 120)) + "&cutSeed="
                            + random.nextInt(1 << 30);
            session(uri(image) + cut + faults(), scheduler);
            if (random.nextBoolean()) {
                programOldUnits(image, scheduler);
            }
        }
        try (JournalRig rig =
                JournalRig.open("faults+emu:" + image.file() + "?faults.damage=" + damage(image), scheduler, rules)) {
            model.check(rig.journal);
        }
    }

    private String faults() {
        if (random.nextInt(3) > 0) {
            return "";
        }
        return "&faults.seed=" + random.nextInt(1 << 30) + "&faults.early-close=2&faults.next-unit=2"
                + (random.nextBoolean() ? "&faults.reset-fail=2" : "");
    }

    private void session(String uri, Scheduler scheduler) throws Exception {
        try (JournalRig rig = JournalRig.open(uri, scheduler, rules)) {
            model.check(rig.journal);
            keepOldUnits(rig);
            List<Task> tasks = new ArrayList<>();
            int writers = 1 + random.nextInt(4);
            for (int i = 0; i < writers; i++) {
                SplittableRandom own = random.split();
                tasks.add(scheduler.spawn("writer " + i, () -> write(rig.journal, own)));
            }
            GoneException gone = null;
            for (Task task : tasks) {
                try {
                    task.join();
                } catch (GoneException e) {
                    gone = e;
                }
            }
            if (gone != null) {
                throw gone;
            }
        } catch (GoneException e) {
            assertThat(e).hasMessageContaining("power was cut");
            cuts++;
        }
    }

    private void write(Journal journal, SplittableRandom own) throws IOException {
        int steps = own.nextInt(40);
        for (int i = 0; i < steps; i++) {
            step(journal, own);
        }
    }

    private void step(Journal journal, SplittableRandom own) throws IOException {
        int dice = own.nextInt(100);
        if (dice < 15) {
            int block = JournalModel.FIRST_BLOCK + model.fresh();
            RetireReason reason = RetireReason.values()[own.nextInt(3)];
            model.askRetire(block, reason);
            journal.retire(List.of(block), reason);
            model.retired(block);
        } else if (dice < 40) {
            long id = model.fresh();
            SealedEnd end = new SealedEnd(own.nextLong(1L << 40), own.nextLong(1L << 40), own.nextInt(1 << 20));
            model.askSeal(id, end);
            journal.seal(ImmutableSortedMap.of(id, end));
            model.sealed(id);
        } else if (dice < 70) {
            List<Long> erasable = model.erasable();
            long id = erasable.isEmpty() ? model.fresh() : erasable.get(own.nextInt(erasable.size()));
            model.askErase(id);
            journal.beginErase(id);
            model.erasing(id);
        } else {
            List<Long> endable = model.endable();
            if (!endable.isEmpty()) {
                long id = endable.get(own.nextInt(endable.size()));
                model.erased(id);
                journal.endErase(id);
            }
        }
    }

    /** Copies what the blocks in use hold, for {@link #programOldUnits}. */
    private void keepOldUnits(JournalRig rig) throws IOException {
        MediaPath path = rig.media.borrow();
        for (int block : rig.journal.blocks()) {
            for (int unit = 1;
                    unit < rig.before.writePointer(block) / rig.media.limits().wsMin();
                    unit++) {
                long ppa = rig.media.geometry().blockPpa(block)
                        + (long) unit * rig.media.limits().wsMin();
                if (UnitReader.read(rig.media, path, ppa, 1) != 0) {
                    byte[] bytes = new byte[rig.media.unitBytes()];
                    path.buffer().bytes().clear().get(bytes);
                    oldUnits.add(bytes);
                }
            }
        }
        rig.media.giveBack(path);
    }

    private void programOldUnits(TestDrive image, Scheduler scheduler) throws Exception {
        if (oldUnits.isEmpty()) {
            return;
        }
        try (FlashDevice device =
                Ocssd.openDevice("faults+emu:" + image.file() + "?faults.damage=" + damage(image), scheduler)) {
            Media media = new Media(device, scheduler);
            BlockReport report = media.report();
            MediaPath path = media.borrow();
            int wsMin = media.limits().wsMin();
            for (int block = 0; block < media.geometry().blocks(); block++) {
                if (report.state(block) == BlockState.OPEN) {
                    int unit = report.writePointer(block) / wsMin;
                    int more = Math.min(1 + random.nextInt(3), media.geometry().sectorsPerBlock() / wsMin - unit);
                    for (int i = 0; i < more; i++) {
                        ByteBuffer bytes = path.buffer().bytes().clear();
                        bytes.put(oldUnits.get(random.nextInt(oldUnits.size())));
                        if (random.nextInt(3) == 0) {
                            int at = random.nextInt(media.unitBytes());
                            bytes.put(at, (byte) (bytes.get(at) ^ 1 << random.nextInt(8)));
                        }
                        path.command()
                                .write(path.buffer(), 0)
                                .addRun(media.geometry().blockPpa(block) + (long) (unit + i) * wsMin, wsMin);
                        path.submit((tag, status, failed) -> {});
                        path.drain((tag, status, failed) -> {});
                    }
                }
            }
            media.close();
        }
    }
}
