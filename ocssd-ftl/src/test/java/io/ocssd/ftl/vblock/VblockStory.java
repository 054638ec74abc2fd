package io.ocssd.ftl.vblock;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.ByteClass;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.Geometry;
import io.ocssd.error.BusyException;
import io.ocssd.error.GoneException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.error.NotFoundException;
import io.ocssd.ftl.TestDrive;
import io.ocssd.ftl.journal.Journal;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.Target;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.ReadHandle;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A random life of a target, told by a seed and checked against plain byte arrays: several openings of one image, in each
 * random allocations, appends of both kinds, syncs, reads, seals and erases, most of them ended by a power cut at a random
 * device command, recovery included. In the end everything is erased and every block has to be free.
 */
final class VblockStory {
    /** What is known of a vblock. */
    private static final class Model {
        final long id;
        final long tag;
        final Stream stream;
        final int width;
        byte[] bytes = new byte[0];
        /** Lengths that the vblock may have after a cut: those of all syncs that began. */
        final TreeSet<Integer> syncPoints = new TreeSet<>(List.of(0));

        int synced;
        boolean sealed;
        boolean wasCut;
        boolean eraseBegan;
        VblockWriter writer;

        Model(long id, VblockRequest request) {
            this.id = id;
            this.tag = request.tag();
            this.stream = request.stream();
            this.width = request.width();
        }

        void append(byte[] more) {
            byte[] all = java.util.Arrays.copyOf(bytes, bytes.length + more.length);
            System.arraycopy(more, 0, all, bytes.length, more.length);
            bytes = all;
        }
    }

    private final int unitsPerBuffer;
    private final SplittableRandom random;
    private final boolean volatilePairs;
    private final TreeMap<Long, Model> models = new TreeMap<>();
    private final TreeSet<Long> everSeen = new TreeSet<>();
    private VblockRequest attempted;
    private int cuts;
    /** In per cent of the steps: syncs, and reads. Some openings write and sync alone, for more cuts in between. */
    private int syncShare;

    private int readShare;
    /** Blocks of this opening that a cut may have torn the header of: those of vblocks that were open at one. */
    private int headersAtRisk;

    private VblockStory(int unitsPerBuffer, long seed) {
        this.unitsPerBuffer = unitsPerBuffer;
        this.random = new SplittableRandom(seed);
        this.volatilePairs = random.nextBoolean();
    }

    /**
     * Lives through it.
     *
     * @param shape parameters of the drive, and behind a bar ws_opt / ws_min
     * @return how many power cuts there were
     */
    static int run(String shape, long seed, boolean simulated) throws Exception {
        String[] parts = shape.split("\\|");
        VblockStory story = new VblockStory(Integer.parseInt(parts[1]), seed);
        String durability = story.volatilePairs ? "volatile-pairs" : "protected";
        try (TestDrive image = TestDrive.create(parts[0] + "&seed=" + seed + "&class=" + durability);
                Scheduler scheduler = simulated ? Scheduler.simulated(seed) : Scheduler.real()) {
            scheduler.run("story", () -> {
                story.live(image, scheduler);
                return null;
            });
        } catch (AssertionError | Exception e) {
            throw new AssertionError(
                    "story failed: shape=" + shape + ", seed=" + seed + ", simulated=" + simulated + ": " + e, e);
        }
        return story.cuts;
    }

    private void live(TestDrive image, Scheduler scheduler) throws Exception {
        int sessions = 2 + random.nextInt(4);
        for (int i = 0; i < sessions; i++) {
            long most = random.nextInt(3) == 0 ? 60 : 400;
            String cut = random.nextInt(8) == 0
                    ? ""
                    : "cut=" + (1 + random.nextLong(most)) + "&cutSeed=" + random.nextLong(1L << 40);
            session(image, scheduler, cut);
        }
        try (Drive drive = image.open(scheduler, "")) {
            if (!drive.targets().isEmpty()) {
                Target target = drive.target("t");
                check(target.vblocks());
                eraseAll(drive, target.vblocks());
            }
        }
    }

    private void session(TestDrive image, Scheduler scheduler, String cut) throws Exception {
        Drive drive;
        try {
            drive = image.open(scheduler, cut);
        } catch (GoneException e) {
            cuts++;
            return;
        }
        try {
            Target target =
                    drive.targets().isEmpty() ? drive.createTarget(TargetRequest.wholeDrive("t")) : drive.target("t");
            check(target.vblocks());
            int steps = 10 + random.nextInt(80);
            readShare = random.nextBoolean() ? 0 : 20;
            syncShare = random.nextBoolean() ? 10 : 35;
            for (int i = 0; i < steps; i++) {
                step(target.vblocks());
            }
            checkCounters(drive);
        } catch (GoneException e) {
            assertThat(e).hasMessageContaining("power was cut");
            cuts++;
        } finally {
            for (Model model : models.values()) {
                if (model.writer != null && random.nextBoolean()) {
                    model.writer.close();
                }
                model.writer = null;
            }
            drive.close();
        }
    }

    private void checkCounters(Drive drive) {
        DeviceCounters counters = drive.device().counters();
        assertThat(counters.programmedBytes())
                .isEqualTo(
                        counters.programmedSectors() * drive.device().geometry().sectorBytes());
        // A program cut short can take its block's header with it, if they share a word line. The OOB bytes have it
        // still, and the block is copied to one with a header.
        assertThat(counters.programmedBytes(ByteClass.RELOCATED))
                .isLessThanOrEqualTo(copiesAtMost() * drive.device().geometry().blockBytes());
    }

    private int copiesAtMost() {
        return volatilePairs ? headersAtRisk : 0;
    }

    private void step(Vblocks vblocks) throws Exception {
        List<Model> writing =
                models.values().stream().filter(m -> m.writer != null).toList();
        int dice = random.nextInt(100);
        if (writing.isEmpty() || dice < 3) {
            if (writing.size() < 3) {
                allocate(vblocks);
                return;
            }
        }
        if (writing.isEmpty()) {
            return;
        }
        Model model = writing.get(random.nextInt(writing.size()));
        int writes = 92 - syncShare - readShare;
        if (dice < writes) {
            if (random.nextBoolean()) {
                appendStaged(model);
            } else {
                appendRaw(model);
            }
        } else if (dice < writes + syncShare) {
            model.syncPoints.add(model.bytes.length);
            model.writer.sync();
            model.synced = model.bytes.length;
            assertThat(model.writer.vblock().length()).isEqualTo(model.synced);
        } else if (dice < 92) {
            List<Model> all = new ArrayList<>(models.values());
            read(vblocks, all.get(random.nextInt(all.size())));
        } else if (dice < 95) {
            model.syncPoints.add(model.bytes.length);
            model.writer.seal();
            model.writer = null;
            model.synced = model.bytes.length;
            model.sealed = true;
            assertThat(vblocks.open(model.id).isSealed()).isTrue();
        } else if (dice < 97) {
            model.writer.close();
            model.writer = null;
        } else {
            List<Model> still =
                    models.values().stream().filter(m -> m.writer == null).toList();
            if (!still.isEmpty()) {
                erase(vblocks, still.get(random.nextInt(still.size())));
            }
        }
    }

    private void allocate(Vblocks vblocks) throws Exception {
        Stream[] streams = Stream.values();
        VblockRequest request = new VblockRequest(
                streams[random.nextInt(streams.length)], 1 + random.nextInt(vblocks.maxWidth()), random.nextLong());
        int available = vblocks.available(request.width());
        attempted = request;
        VblockWriter writer;
        try {
            writer = vblocks.allocate(request);
        } catch (NoSpaceException | BusyException e) {
            attempted = null;
            boolean full = available <= copiesAtMost();
            // Vblocks that their writer gave up stay open until they are erased.
            assertThat(full || openBlocks() + request.width() > vblocks.maxWriters(1))
                    .as("%s, open blocks %d", e.getMessage(), openBlocks())
                    .isTrue();
            List<Model> still = models.values().stream()
                    .filter(m -> m.writer == null && (full || !m.sealed))
                    .toList();
            if (!still.isEmpty()) {
                erase(vblocks, still.get(random.nextInt(still.size())));
            }
            return;
        }
        attempted = null;
        // Meanwhile the journal may give a block back, to a LUN that had fewer or to a full target, and copies may take
        // some.
        assertThat(vblocks.available(request.width())).isBetween(available - 1 - copiesAtMost(), available);
        long id = writer.vblock().id();
        assertNew(id);
        assertThat(writer.remaining(false)).isGreaterThanOrEqualTo(vblocks.capacityBytes(request.width()));
        assertThat(writer.remaining(true)).isGreaterThanOrEqualTo(vblocks.capacityBytes(request.width()));
        Model model = new Model(id, request);
        model.writer = writer;
        models.put(id, model);
    }

    private int openBlocks() {
        return models.values().stream()
                .filter(model -> !model.sealed)
                .mapToInt(model -> model.width)
                .sum();
    }

    private void assertNew(long id) {
        assertThat(everSeen.isEmpty() || id > everSeen.last())
                .as("id %x is new after %s", id, everSeen)
                .isTrue();
        everSeen.add(id);
    }

    private void appendStaged(Model model) throws IOException {
        long most = model.writer.remaining(true);
        int length = (int) Math.min(most, random.nextInt(6) == 0 ? random.nextInt(20_000) : random.nextInt(900));
        if (random.nextInt(40) == 0) {
            length = (int) Math.min(most, 200_000);
        }
        byte[] more = new byte[length];
        random.nextBytes(more);
        assertThat(model.writer.append(ByteBuffer.wrap(more))).isEqualTo(model.bytes.length);
        model.append(more);
        assertThat(model.writer.remaining(true)).isGreaterThanOrEqualTo(most - length - FrameLayout.PAYLOAD_OFFSET);
    }

    private void appendRaw(Model model) throws IOException {
        IoBuffer buffer = model.writer.takeBuffer();
        int unit = unitBytes(buffer);
        long most = model.writer.remaining(false);
        int length = (int) Math.min(most, (long) unit * (1 + random.nextInt(buffer.capacity() / unit)));
        if (random.nextInt(10) == 0) {
            buffer.release();
            return;
        }
        byte[] more = new byte[length];
        random.nextBytes(more);
        buffer.bytes().clear().put(more).flip();
        assertThat(model.writer.append(buffer)).isEqualTo(model.bytes.length);
        model.append(more);
    }

    private int unitBytes(IoBuffer buffer) {
        return buffer.capacity() / unitsPerBuffer;
    }

    private void read(Vblocks vblocks, Model model) throws IOException {
        Vblock vblock = vblocks.open(model.id);
        long length = vblock.length();
        assertThat(length).isBetween((long) model.synced, (long) model.bytes.length);
        int from = random.nextInt((int) length + 1);
        int to = from + random.nextInt((int) length - from + 1);
        if (random.nextBoolean()) {
            expect(vblock, model, from, to);
        } else {
            try (ReadHandle handle = vblocks.openHandle()) {
                ByteBuffer back = ByteBuffer.allocateDirect(to - from);
                vblock.read(handle, from, back);
                assertThat(back.flip()).isEqualTo(ByteBuffer.wrap(model.bytes, from, to - from));
            }
        }
    }

    private static void expect(Vblock vblock, Model model, int from, int to) throws IOException {
        ByteBuffer back = ByteBuffer.allocate(to - from + 2).position(1).limit(to - from + 1);
        vblock.read(from, back);
        assertThat(back.position()).isEqualTo(to - from + 1);
        assertThat(back.position(1)).isEqualTo(ByteBuffer.wrap(model.bytes, from, to - from));
    }

    private void erase(Vblocks vblocks, Model model) throws IOException {
        Vblock vblock = vblocks.open(model.id);
        model.eraseBegan = true;
        vblock.erase();
        models.remove(model.id);
        assertThat(vblocks.list()).extracting(Vblock::id).doesNotContain(model.id);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> vblock.read(0, ByteBuffer.allocate(0)))
                .isInstanceOf(NotFoundException.class);
    }

    /** After an opening: what was synced is there, nothing is garbled, nothing that was erased is back. */
    private void check(Vblocks vblocks) throws IOException {
        headersAtRisk = 0;
        TreeMap<Long, Vblock> found = new TreeMap<>();
        for (Vblock vblock : vblocks.list()) {
            found.put(vblock.id(), vblock);
        }
        for (Model model : List.copyOf(models.values())) {
            Vblock vblock = found.remove(model.id);
            if (vblock == null) {
                boolean neverSynced = volatilePairs && model.synced == 0 && !model.sealed;
                assertThat(model.eraseBegan || neverSynced)
                        .as("vblock %x is missing", model.id)
                        .isTrue();
                models.remove(model.id);
                continue;
            }
            checkOne(vblock, model);
        }
        for (Vblock vblock : found.values()) {
            // The one whose allocation was cut after its last header.
            assertThat(attempted).as("unknown vblock %x", vblock.id()).isNotNull();
            assertNew(vblock.id());
            assertThat(vblock.length()).isZero();
            Model model = new Model(vblock.id(), attempted);
            attempted = null;
            checkOne(vblock, model);
            models.put(model.id, model);
        }
        attempted = null;
    }

    private void checkOne(Vblock vblock, Model model) throws IOException {
        model.wasCut |= !model.sealed;
        headersAtRisk += model.wasCut ? model.width : 0;
        assertThat(vblock.tag()).isEqualTo(model.tag);
        assertThat(vblock.stream()).isEqualTo(model.stream);
        assertThat(vblock.width()).isEqualTo(model.width);
        assertThat(vblock.isSealed()).isTrue();
        int length = (int) vblock.length();
        assertThat(length).as("length of %x", model.id).isGreaterThanOrEqualTo(model.synced);
        assertThat(model.syncPoints).contains(length);
        if (model.sealed) {
            assertThat(length).isEqualTo(model.bytes.length);
        }
        expect(vblock, model, 0, length);
        model.bytes = java.util.Arrays.copyOf(model.bytes, length);
        model.synced = length;
        model.sealed = true;
        model.eraseBegan = false;
    }

    private void eraseAll(Drive drive, Vblocks vblocks) throws IOException {
        for (Vblock vblock : vblocks.list()) {
            vblock.erase();
        }
        Geometry geometry = drive.device().geometry();
        BlockReport report = drive.device().report();
        int notFree = 0;
        for (int block = 0; block < geometry.blocks(); block++) {
            if (report.state(block) != BlockState.FREE && report.state(block) != BlockState.OFFLINE) {
                notFree++;
            }
        }
        // The label: two slots on each of two LUNs. And the journal, which may be about to move, or to have moved.
        int label = geometry.luns() == 1 ? 2 : 4;
        assertThat(notFree).isLessThanOrEqualTo(label + Journal.FEWEST_BLOCKS);
        assertThat(vblocks.available(1))
                .isEqualTo(geometry.blocks() - report.count(BlockState.OFFLINE) - label - Journal.FEWEST_BLOCKS);
    }
}
