package io.ocssd.ftl.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.DurabilityClass;
import io.ocssd.device.FlashDevice;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.Target;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Random use of the vblocks of one drive by many tasks over several lives, each of which ends in a power cut, against a model.
 *
 * <p>A function of its setting and seed: what the tasks do, the moment of each cut, what the cut tears, which commands fail.
 * The moment is drawn uniformly over the commands of a life: the life is lived once without a cut, on a copy of the image, to
 * count them. Half of the cuts come while the drive is opened after the last one. After every life the image is opened by fresh
 * objects on a fresh scheduler, and everything the model knows is compared: what was synced is there and unchanged, what is
 * there beyond it is what was appended, what was erased is gone, ids are never used again; in the end every block can be used
 * as before or is known to be bad.
 */
final class Storm {
    /**
     * What a storm is made of.
     *
     * @param faults parameters of the faults decorator without their prefix, or empty
     */
    record Setting(StormShape shape, DurabilityClass durability, String faults, PlantedBug bug) {}

    /** What happened, for the count that is printed. */
    record Outcome(int cuts, int cutsWithWork, int cutsInOpening, int sideTargets, int worn) {
        Outcome plus(Outcome other) {
            return new Outcome(
                    cuts + other.cuts,
                    cutsWithWork + other.cutsWithWork,
                    cutsInOpening + other.cutsInOpening,
                    sideTargets + other.sideTargets,
                    worn + other.worn);
        }
    }

    /** Name of the target that it is about. */
    static final String TARGET = "storm";

    private static final int LIVES = 3;

    private final long seed;
    private final Setting setting;
    private final SplittableRandom random;
    private final Path image;
    private final Path rehearsal;
    private StormModel model = new StormModel();
    private SideTargets sides = new SideTargets();
    private Leaks.Beginning beginning;
    private int cuts;
    private int cutsWithWork;
    private int cutsInOpening;
    private boolean worn;

    private Storm(Setting setting, long seed, Path directory) {
        this.seed = seed;
        this.setting = setting;
        this.random = new SplittableRandom(seed);
        this.image = directory.resolve("storm-" + seed + ".img");
        this.rehearsal = directory.resolve("storm-" + seed + "-rehearsal.img");
    }

    /** Runs one storm. */
    static Outcome run(Setting setting, long seed, Path directory) throws Exception {
        Storm storm = new Storm(setting, seed, directory);
        try {
            storm.run();
            return new Outcome(
                    storm.cuts, storm.cutsWithWork, storm.cutsInOpening, storm.sides.seen(), storm.worn ? 1 : 0);
        } catch (Throwable e) {
            throw new AssertionError(setting + ", seed=" + seed + ": " + e.getMessage(), e);
        } finally {
            storm.deleteFiles();
        }
    }

    private void run() throws Exception {
        Ocssd.create("emu:" + image + "?" + setting.shape().parameters() + "&class="
                + setting.durability().label() + "&seed=" + seed);
        open(image, "", 1, (drive, scheduler) -> {
            Target target =
                    drive.createTarget(new TargetRequest(TARGET, setting.shape().share()));
            beginning = Leaks.Beginning.of(drive, target);
        });
        for (int life = 0; life < LIVES; life++) {
            live(random.nextLong(), random.nextLong());
            if (worn) {
                return;
            }
            boolean again = random.nextBoolean();
            if (again) {
                cutTheOpening(random.nextLong());
            }
        }
        if (worn) {
            return;
        }
        open(image, "", random.nextLong(), (drive, scheduler) -> {
            Vblocks vblocks = drive.target(TARGET).vblocks();
            compare(vblocks);
            sides.compare(drive);
            sides.end(drive);
            for (Vblock vblock : vblocks.list()) {
                vblock.erase();
            }
            assertThat(vblocks.list()).isEmpty();
            Leaks.check(drive, TARGET, beginning, setting.faults().isEmpty());
        });
    }

    /** A life that ends in a cut, or in a close when the cut would have come later. */
    private void live(long schedule, long choices) throws Exception {
        int cutSeed = random.nextInt(1 << 30);
        long commands = rehearse(schedule, choices);
        if (worn) {
            return;
        }
        long cut = 1 + random.nextLong(Math.max(1, commands));
        boolean gone = !open(
                image,
                "cut=" + cut + "&cutSeed=" + cutSeed,
                schedule,
                (drive, scheduler) -> use(drive, scheduler, choices));
        if (gone) {
            cuts++;
            cutsWithWork += model.hasUnacknowledgedWork() ? 1 : 0;
        }
        model.ended();
    }

    /** Commands that a life sends to the device when nothing cuts it short. */
    private long rehearse(long schedule, long choices) throws Exception {
        copyImage();
        StormModel real = model;
        SideTargets realSides = sides;
        model = real.copy();
        sides = realSides.copy();
        long[] commands = new long[1];
        open(rehearsal, "", schedule, (drive, scheduler) -> {
            use(drive, scheduler, choices);
            commands[0] = drive.device().counters().commands();
        });
        model = real;
        sides = realSides;
        return commands[0];
    }

    private void cutTheOpening(long schedule) throws Exception {
        copyImage();
        long[] commands = new long[1];
        open(rehearsal, "", schedule, (drive, scheduler) -> {
            drive.target(TARGET);
            commands[0] = drive.device().counters().commands();
        });
        long cut = 1 + random.nextLong(Math.max(1, commands[0]));
        String parameters = "cut=" + cut + "&cutSeed=" + random.nextInt(1 << 30);
        if (!open(image, parameters, schedule, (drive, scheduler) -> drive.target(TARGET))) {
            cutsInOpening++;
        }
    }

    private void copyImage() throws IOException {
        for (String suffix : new String[] {"", ".damage"}) {
            Path from = Path.of(image + suffix);
            if (Files.exists(from)) {
                Files.copy(from, Path.of(rehearsal + suffix), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private void deleteFiles() throws IOException {
        for (Path each : new Path[] {image, rehearsal}) {
            Files.deleteIfExists(each);
            Files.deleteIfExists(Path.of(each + ".damage"));
        }
    }

    private void use(Drive drive, Scheduler scheduler, long choices) throws Exception {
        Vblocks vblocks = drive.target(TARGET).vblocks();
        compare(vblocks);
        sides.compare(drive);
        new StormTasks(
                        drive,
                        vblocks,
                        model,
                        sides,
                        setting.bug(),
                        !setting.faults().isEmpty(),
                        choices)
                .run(scheduler);
    }

    /** What is done with an open drive. */
    private interface Body {
        void with(Drive drive, Scheduler scheduler) throws Exception;
    }

    /**
     * Opens an image with fresh objects.
     *
     * @return false when the power was cut
     */
    private boolean open(Path file, String parameters, long schedule, Body body) throws Exception {
        boolean faulty = !setting.faults().isEmpty();
        String faults = faulty
                ? (parameters.isEmpty() ? "" : "&") + setting.faults() + "&faults.seed=" + (int) schedule
                        + "&faults.damage=" + file + ".damage"
                : "";
        String uri = (faulty ? "faults+" : "") + "emu:" + file + "?" + parameters + faults;
        try (Scheduler scheduler = Scheduler.simulated(schedule)) {
            return scheduler.run("storm", () -> {
                try (FlashDevice device = setting.bug().device(Ocssd.openDevice(uri, scheduler));
                        Drive drive = Ocssd.open(device, scheduler, OpenOptions.defaults())) {
                    use(drive, scheduler, body);
                    return true;
                } catch (GoneException e) {
                    return false;
                }
            });
        }
    }

    private void use(Drive drive, Scheduler scheduler, Body body) throws Exception {
        try {
            body.with(drive, scheduler);
        } catch (DeviceException e) {
            worn = isLabelWorn(drive);
            if (!worn) {
                throw e;
            }
        }
    }

    /** Whether so many of the label's blocks failed that it can't be changed any more: that is the end of a drive. */
    private static boolean isLabelWorn(Drive drive) throws GoneException {
        BlockReport report = drive.device().report();
        return drive.reservedBlocks().stream()
                        .filter(block -> report.state(block) == BlockState.OFFLINE)
                        .count()
                >= 2;
    }

    /** Everything the model knows, after an opening. */
    private void compare(Vblocks vblocks) throws IOException {
        Map<Long, Vblock> found = new TreeMap<>();
        for (Vblock vblock : vblocks.list()) {
            found.put(vblock.id(), vblock);
        }
        for (VblockModel known : model.all()) {
            Vblock vblock = found.remove(known.id);
            if (known.erased) {
                assertThat(vblock).as("vblock %x was erased", known.id).isNull();
            }
            if (vblock == null && (known.eraseBegun || mayBeLost(known))) {
                model.forget(known);
                continue;
            }
            assertThat(vblock)
                    .as("vblock %x, synced %d", known.id, known.syncedBytes())
                    .isNotNull();
            assertThat(vblock.tag()).isEqualTo(known.tag);
            assertThat(vblock.width()).isEqualTo(known.width);
            assertThat(vblock.isSealed())
                    .as("vblock %x is sealed after recovery", known.id)
                    .isTrue();
            assertThat(vblock.length()).as("length of vblock %x", known.id).isBetween((long) known.syncedBytes(), (long)
                    known.appendedBytes());
            known.eraseBegun = false;
            known.settleAt((int) vblock.length());
            compare(vblock, known, 0, known.appendedBytes());
        }
        for (Vblock unknown : found.values()) {
            assertThat(model.mayBeUnknown(unknown))
                    .as("vblock %x, length %d, is known or was being allocated", unknown.id(), unknown.length())
                    .isTrue();
            model.add(new VblockModel(unknown.id(), unknown.tag(), unknown.width()));
        }
        model.began();
    }

    /** Whether nothing of a vblock was ever made safe, which includes that it exists. */
    private boolean mayBeLost(VblockModel known) {
        return setting.durability() == DurabilityClass.VOLATILE_PAIRS && known.syncedBytes() == 0 && !known.sealed;
    }

    static void compare(Vblock vblock, VblockModel model, int from, int bytes) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(bytes);
        vblock.read(from, target);
        assertThat(target.hasRemaining()).isFalse();
        byte[] expected = Arrays.copyOfRange(model.content(), from, from + bytes);
        assertThat(Arrays.mismatch(target.array(), expected))
                .as("first wrong byte of vblock %x, %d bytes from %d", model.id, bytes, from)
                .isEqualTo(-1);
    }
}
