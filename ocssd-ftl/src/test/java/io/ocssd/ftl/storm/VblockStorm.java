package io.ocssd.ftl.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.buffer.IoBuffer;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.error.BusyException;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockStatistics;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Random use of the vblocks of one drive over several lives that end in a power cut, against a model.
 *
 * <p>A function of its seed: drive shape, operations, moment of each cut, what the cut tears. Some cuts fall into recovery
 * itself. After every life the image is opened by fresh objects on a fresh scheduler, and everything the model knows is
 * compared: what was synced is there and unchanged, what is there beyond it is what was appended, what was erased is gone,
 * ids are never used again.
 */
final class VblockStorm {
    private static final List<String> SHAPES = List.of(
            "profile=tiny",
            "profile=tiny&channels=1&luns=1&blocks=24&sectors=16&oobBytes=0&wsMin=1&wsOpt=1&mwCunits=0&factoryBad=0",
            "profile=tiny&channels=3&luns=1&blocks=14&sectors=26&wsMin=2&wsOpt=8&mwCunits=6&factoryBad=3",
            "profile=tiny&channels=2&luns=1&blocks=12&sectors=64&wsMin=4&wsOpt=8&mwCunits=24&factoryBad=0",
            "profile=zns-small&sectors=32&factoryBad=1");
    private static final int LIVES = 4;
    /** Of the label, the journal and vblocks alike. */
    private static final String FAULTS = "early-close,prob=%d;next-unit,prob=%d;reset-fail,prob=1;high-ecc,prob=10";

    private final long seed;

    private final SplittableRandom random;
    private final Path image;
    private final Path damage;
    private final boolean volatilePairs;
    private final Map<Long, VblockModel> models = new TreeMap<>();
    private final Set<Long> everSeen = new HashSet<>();
    private final List<Open> writers = new ArrayList<>();
    private final boolean faults;
    private boolean allocating;
    private int unitBytes;
    private Tally tally = Tally.NONE;

    /** A writer and the model of its vblock. */
    private record Open(VblockWriter writer, VblockModel model) {}

    private VblockStorm(long seed, Path directory) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.image = directory.resolve("storm-" + seed + ".img");
        this.damage = directory.resolve("storm-" + seed + ".damage");
        this.volatilePairs = random.nextBoolean();
        this.faults = random.nextBoolean();
    }

    /**
     * What storms went through.
     *
     * @param cuts power cuts that really struck
     */
    record Tally(long cuts, long replacedBlocks, long scrubbedBlocks) {
        static final Tally NONE = new Tally(0, 0, 0);

        Tally plus(Tally other) {
            return new Tally(
                    cuts + other.cuts, replacedBlocks + other.replacedBlocks, scrubbedBlocks + other.scrubbedBlocks);
        }
    }

    /** Runs one storm. */
    static Tally run(long seed, Path directory) throws Exception {
        VblockStorm storm = new VblockStorm(seed, directory);
        try {
            storm.run();
            return storm.tally;
        } catch (Throwable e) {
            throw new AssertionError(
                    "seed=" + seed + ", volatilePairs=" + storm.volatilePairs + ", faults=" + storm.faults + ": "
                            + e.getMessage(),
                    e);
        } finally {
            Files.deleteIfExists(storm.image);
            Files.deleteIfExists(storm.damage);
        }
    }

    private void run() throws Exception {
        String shape = SHAPES.get(random.nextInt(SHAPES.size()));
        String durability = volatilePairs ? "volatile-pairs" : "protected";
        Ocssd.create("emu:" + image + "?" + shape + "&seed=" + seed + "&class=" + durability);
        inNewInstance("", drive -> drive.createTarget(TargetRequest.wholeDrive("storm")));
        for (int life = 0; life < LIVES; life++) {
            long cut = 1 + random.nextInt(random.nextBoolean() ? 60 : 600);
            String loss = List.of("random", "all", "blocks", "both").get(random.nextInt(4));
            inNewInstance("cut=" + cut + "&cutLoss=" + loss + "&cutSeed=" + random.nextInt(1 << 30), this::live);
        }
        inNewInstance("", drive -> {
            Vblocks vblocks = drive.target("storm").vblocks();
            compare(vblocks);
            for (Vblock vblock : vblocks.list()) {
                vblock.erase();
            }
            assertThat(vblocks.list()).isEmpty();
        });
        inNewInstance("", drive -> {
            Vblocks vblocks = drive.target("storm").vblocks();
            assertThat(vblocks.list()).isEmpty();
            BlockReport report = drive.device().report();
            Set<Integer> out = new HashSet<>(drive.reservedBlocks());
            drive.target("storm").badBlocks().forEach(bad -> out.add(bad.block()));
            List<Integer> used = new ArrayList<>();
            for (int block = 0; block < report.geometry().blocks(); block++) {
                if (report.state(block) == BlockState.OFFLINE) {
                    // Not the target's when it was like that from the beginning, on a drive of one LUN.
                    out.add(block);
                } else if (!out.contains(block) && report.state(block) != BlockState.FREE) {
                    used.add(block);
                }
            }
            // The journal's.
            assertThat(used).as("used at the end").hasSizeLessThanOrEqualTo(2);
            assertThat(vblocks.available(1)).isEqualTo(report.geometry().blocks() - out.size() - 2);
        });
    }

    /** What is done with an open drive. */
    private interface Body {
        void with(Drive drive) throws Exception;
    }

    private void inNewInstance(String parameters, Body body) throws Exception {
        writers.clear();
        try (Scheduler scheduler = Scheduler.simulated(random.nextLong())) {
            scheduler.run("storm", () -> {
                try (Drive drive = Ocssd.open(uri(parameters), scheduler, OpenOptions.defaults())) {
                    body.with(drive);
                } catch (GoneException e) {
                    tally = tally.plus(new Tally(1, 0, 0));
                }
                return null;
            });
        }
    }

    private String uri(String parameters) {
        if (!faults) {
            return "emu:" + image + (parameters.isEmpty() ? "" : "?" + parameters);
        }
        int percent = 1 + random.nextInt(4);
        return "faults+emu:" + image + "?faults.damage=" + damage + "&faults.seed=" + random.nextInt(1 << 30)
                + "&faults.rules=" + String.format(FAULTS, percent, percent)
                + (parameters.isEmpty() ? "" : "&" + parameters);
    }

    private void live(Drive drive) throws Exception {
        unitBytes = drive.device().limits().wsMin() * drive.device().geometry().sectorBytes();
        Vblocks vblocks = drive.target("storm").vblocks();
        compare(vblocks);
        int steps = 20 + random.nextInt(120);
        try {
            for (int step = 0; step < steps; step++) {
                step(vblocks);
            }
        } finally {
            VblockStatistics statistics = vblocks.statistics();
            tally = tally.plus(new Tally(0, statistics.replacedBlocks(), statistics.scrubbedBlocks()));
        }
    }

    /** A writer may fail, but only when no block is left to go on in. */
    private void step(Vblocks vblocks) throws IOException {
        try {
            doStep(vblocks);
        } catch (DeviceException e) {
            // What an allocation took is free again when it failed.
            int least = allocating ? 2 * vblocks.maxWidth() : 0;
            if (!faults || vblocks.available(1) > least) {
                throw e;
            }
            // Power may have been cut while it gave its blocks back.
            allocating = allocating && e.getSuppressed().length > 0;
            for (Open open : List.copyOf(writers)) {
                open.writer.close();
                writers.remove(open);
            }
            eraseOne(vblocks);
        }
    }

    private void doStep(Vblocks vblocks) throws IOException {
        int choice = random.nextInt(100);
        if (writers.isEmpty() || choice < 10) {
            allocate(vblocks);
        } else if (choice < 45) {
            appendStaged(any(writers));
        } else if (choice < 65) {
            appendRaw(any(writers));
        } else if (choice < 80) {
            Open open = any(writers);
            open.writer.sync();
            open.model.synced();
        } else if (choice < 90) {
            readSomewhere(vblocks);
        } else if (choice < 95) {
            Open open = any(writers);
            open.writer.seal();
            open.model.synced();
            open.model.sealed = true;
            writers.remove(open);
        } else if (choice < 97) {
            Open open = any(writers);
            open.writer.close();
            writers.remove(open);
        } else {
            eraseOne(vblocks);
        }
    }

    private void allocate(Vblocks vblocks) throws IOException {
        int width = 1 + random.nextInt(vblocks.maxWidth());
        long tag = random.nextLong();
        allocating = true;
        try {
            VblockWriter writer =
                    vblocks.allocate(new VblockRequest(random.nextBoolean() ? Stream.LOG : Stream.DATA, width, tag));
            VblockModel model = new VblockModel(writer.vblock().id(), tag, width);
            assertThat(everSeen.add(model.id)).as("id %d is new", model.id).isTrue();
            models.put(model.id, model);
            writers.add(new Open(writer, model));
        } catch (NoSpaceException | BusyException e) {
            if (!writers.isEmpty()) {
                Open open = any(writers);
                open.writer.seal();
                open.model.synced();
                open.model.sealed = true;
                writers.remove(open);
            }
            eraseOne(vblocks);
        }
        allocating = false;
    }

    private void appendStaged(Open open) throws IOException {
        long most = Math.min(open.writer.remaining(true), 20_000);
        byte[] bytes = new byte[random.nextInt((int) most + 1)];
        random.nextBytes(bytes);
        int expected = open.model.appendedBytes();
        open.model.append(bytes);
        long offset = open.writer.append(ByteBuffer.wrap(bytes));
        assertThat(offset).as("offset of an append").isEqualTo(expected);
    }

    private void appendRaw(Open open) throws IOException {
        if (open.writer.remaining(false) < 1) {
            return;
        }
        IoBuffer buffer = open.writer.takeBuffer();
        int unit = unitBytes;
        int units = 1 + random.nextInt(buffer.capacity() / unit);
        units = (int) Math.min(units, open.writer.remaining(false) / unit);
        if (units == 0) {
            buffer.release();
            return;
        }
        byte[] bytes = new byte[units * unit];
        random.nextBytes(bytes);
        buffer.bytes().clear().put(bytes).flip();
        int expected = open.model.appendedBytes();
        open.model.append(bytes);
        long offset = open.writer.append(buffer);
        assertThat(offset).as("offset of a raw append").isEqualTo(expected);
    }

    private void readSomewhere(Vblocks vblocks) throws IOException {
        List<VblockModel> alive = alive();
        if (alive.isEmpty()) {
            return;
        }
        VblockModel model = any(alive);
        Vblock vblock = vblocks.open(model.id);
        long length = vblock.length();
        assertThat(length).isBetween((long) model.syncedBytes(), (long) model.appendedBytes());
        int from = random.nextInt((int) length + 1);
        int bytes = random.nextInt((int) length - from + 1);
        compareRange(vblock, model, from, bytes);
    }

    private void eraseOne(Vblocks vblocks) throws IOException {
        List<VblockModel> closed = new ArrayList<>(alive());
        for (Open open : writers) {
            closed.remove(open.model);
        }
        if (closed.isEmpty()) {
            return;
        }
        VblockModel model = any(closed);
        Vblock vblock = vblocks.open(model.id);
        model.eraseBegun = true;
        vblock.erase();
        model.erased = true;
    }

    private List<VblockModel> alive() {
        return models.values().stream().filter(model -> !model.eraseBegun).toList();
    }

    /** Everything the model knows, after an opening. */
    private void compare(Vblocks vblocks) throws IOException {
        Map<Long, Vblock> found = new TreeMap<>();
        for (Vblock vblock : vblocks.list()) {
            found.put(vblock.id(), vblock);
        }
        for (VblockModel model : List.copyOf(models.values())) {
            Vblock vblock = found.remove(model.id);
            if (model.erased) {
                assertThat(vblock).as("vblock %d was erased", model.id).isNull();
            }
            boolean mayBeGone = volatilePairs && !model.sealed && model.syncedBytes() == 0;
            if ((model.eraseBegun || mayBeGone) && vblock == null) {
                models.remove(model.id);
                continue;
            }
            assertThat(vblock)
                    .as("vblock %d, synced %d", model.id, model.syncedBytes())
                    .isNotNull();
            assertThat(vblock.tag()).isEqualTo(model.tag);
            assertThat(vblock.width()).isEqualTo(model.width);
            assertThat(vblock.isSealed())
                    .as("vblock %d is sealed after recovery", model.id)
                    .isTrue();
            assertThat(vblock.length()).as("length of vblock %d", model.id).isBetween((long) model.syncedBytes(), (long)
                    model.appendedBytes());
            model.eraseBegun = false;
            model.settleAt((int) vblock.length());
            compareRange(vblock, model, 0, model.appendedBytes());
        }
        for (Vblock unknown : found.values()) {
            assertThat(allocating && everSeen.add(unknown.id()) && unknown.length() == 0)
                    .as("vblock %d, length %d, is known or was being allocated", unknown.id(), unknown.length())
                    .isTrue();
            models.put(unknown.id(), new VblockModel(unknown.id(), unknown.tag(), unknown.width()));
        }
        allocating = false;
    }

    private void compareRange(Vblock vblock, VblockModel model, int from, int bytes) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(bytes);
        vblock.read(from, target);
        assertThat(target.hasRemaining()).isFalse();
        byte[] expected = Arrays.copyOfRange(model.content(), from, from + bytes);
        assertThat(Arrays.mismatch(target.array(), expected))
                .as("first wrong byte of vblock %d, %d bytes from %d", model.id, bytes, from)
                .isEqualTo(-1);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
