package io.ocssd.ftl.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.block.BlockDevice;
import io.ocssd.block.BlockFormat;
import io.ocssd.block.BlockOptions;
import io.ocssd.block.BlockStatistics;
import io.ocssd.device.DurabilityClass;
import io.ocssd.device.FlashDevice;
import io.ocssd.error.GoneException;
import io.ocssd.ftl.TestDrive;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.Target;
import io.ocssd.target.TargetRequest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random life of a block device, told by a seed: several openings of one image, in each random writes, atomic writes, trims,
 * flushes, reads and collections, most of them ended by a power cut at a random device command, recovery included.
 */
final class BlockStory {
    private static final String[] VICTIMS = {"greedy", "fifo", "random", "d-choices", "cost-benefit"};
    private static final String[] LOSSES = {"random", "all", "blocks", "both"};

    /** What became of a life. */
    record Outcome(int cuts, long moved, long replayed, long checkpoints) {
        Outcome plus(Outcome other) {
            return new Outcome(
                    cuts + other.cuts, moved + other.moved, replayed + other.replayed, checkpoints + other.checkpoints);
        }
    }

    private final SplittableRandom random;
    private final PageRules rules;
    private BlockModel model;
    private int cuts;
    private long moved;
    private long replayed;
    private long checkpoints;

    private BlockStory(SplittableRandom random, PageRules rules) {
        this.random = random;
        this.rules = rules;
    }

    /** Lives through it. */
    static Outcome run(String shape, long seed, PageRules rules) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        String durability = random.nextBoolean() ? "volatile-pairs" : "protected";
        BlockStory story = new BlockStory(random, rules);
        String drive = shape + "&seed=" + seed + "&class=" + durability;
        try (TestDrive image = TestDrive.create(drive);
                Scheduler scheduler = Scheduler.simulated(seed)) {
            scheduler.run("story", () -> {
                story.live(image, scheduler);
                return null;
            });
        } catch (AssertionError | Exception e) {
            throw new AssertionError("story failed: shape=" + drive + ", seed=" + seed + ": " + e, e);
        }
        return new Outcome(story.cuts, story.moved, story.replayed, story.checkpoints);
    }

    private void live(TestDrive image, Scheduler scheduler) throws Exception {
        try (Drive drive = image.open(scheduler, "")) {
            Target target = drive.createTarget(TargetRequest.wholeDrive("t"));
            target.formatBlockDevice(BlockFormat.standard().withOverprovision(0.3 + random.nextDouble()));
            try (BlockDevice device = target.openBlockDevice(BlockOptions.defaults())) {
                model = new BlockModel(device.sectors());
            }
        }
        int sessions = 1 + random.nextInt(2);
        for (int i = 0; i < sessions; i++) {
            long most = random.nextInt(3) == 0 ? 40 : 300;
            String cut = random.nextInt(8) == 0
                    ? ""
                    : "cut=" + (1 + random.nextLong(most)) + "&cutSeed=" + random.nextLong(1L << 40) + "&cutLoss="
                            + LOSSES[random.nextInt(LOSSES.length)];
            session(image, scheduler, cut);
        }
        try (Drive drive = image.open(scheduler, "");
                BlockDevice device = open(drive, scheduler)) {
            model.settle(device);
        }
    }

    private BlockDevice open(Drive drive, Scheduler scheduler) throws Exception {
        FlashDevice below = drive.device();
        int wsMin = below.limits().wsMin();
        boolean pairs = below.durability() == DurabilityClass.VOLATILE_PAIRS;
        UnitShape.Flash flash = new UnitShape.Flash(
                wsMin * below.geometry().sectorBytes(),
                below.geometry().sectorBytes(),
                pairs ? (below.limits().mwCunits() + wsMin - 1) / wsMin * wsMin : 0);
        return new BlockDevices(drive.target("t").vblocks(), scheduler, flash, false, rules)
                .open(new BlockOptions(
                        PolicyChoice.of(VICTIMS[random.nextInt(VICTIMS.length)]),
                        PolicyChoice.of(random.nextBoolean() ? "on-demand" : "ladder"),
                        random.nextLong()));
    }

    private void session(TestDrive image, Scheduler scheduler, String cut) throws Exception {
        Drive drive = null;
        BlockDevice device = null;
        try {
            drive = image.open(scheduler, cut);
            device = open(drive, scheduler);
            model.settle(device);
            replayed += device.statistics().replayedRecords();
            int steps = 15 + random.nextInt(70);
            int flushShare = random.nextBoolean() ? 2 : 15;
            for (int i = 0; i < steps; i++) {
                step(device, flushShare);
            }
            if (random.nextBoolean()) {
                device.close();
                model.flushed();
            }
        } catch (GoneException e) {
            assertThat(e).hasMessageContaining("power was cut");
            cuts++;
        } finally {
            if (device != null) {
                BlockStatistics done = device.statistics();
                moved += done.relocatedSectors();
                checkpoints += done.checkpoints();
            }
            if (drive != null) {
                drive.close();
            }
        }
    }

    private void step(BlockDevice device, int flushShare) throws Exception {
        int dice = random.nextInt(100);
        if (dice < flushShare) {
            device.flush();
            model.flushed();
        } else if (dice < 55) {
            write(device);
        } else if (dice < 70) {
            writeAtomically(device);
        } else if (dice < 80) {
            trim(device);
        } else if (dice < 98) {
            read(device);
        } else {
            device.collect(1 + random.nextInt(2));
        }
    }

    private void write(BlockDevice device) throws Exception {
        int count = 1 + random.nextInt(6);
        int sector = random.nextInt(model.sectors() - count + 1);
        ByteBuffer bytes = ByteBuffer.allocate(count * BlockDevice.SECTOR_BYTES);
        for (int i = 0; i < count; i++) {
            long version = model.nextVersion();
            model.begin(sector + i, version);
            BlockModel.put(bytes, sector + i, version);
        }
        device.write(sector, bytes.flip());
        assertThat(bytes.hasRemaining()).isFalse();
    }

    private void writeAtomically(BlockDevice device) throws Exception {
        int count = 1 + random.nextInt(Math.min(8, device.mostAtomicSectors()));
        long[] sectors =
                random.longs(0, model.sectors()).distinct().limit(count).toArray();
        long version = model.nextVersion();
        model.beginAtomic(sectors, version);
        ByteBuffer bytes = ByteBuffer.allocate(count * BlockDevice.SECTOR_BYTES);
        for (long each : sectors) {
            BlockModel.put(bytes, each, version);
        }
        device.writeAtomically(sectors, bytes.flip());
        assertThat(bytes.hasRemaining()).isFalse();
    }

    private void trim(BlockDevice device) throws Exception {
        int count = random.nextInt(12) == 0 ? model.sectors() : 1 + random.nextInt(5);
        int sector = random.nextInt(model.sectors() - count + 1);
        for (int i = 0; i < count; i++) {
            model.begin(sector + i, 0);
        }
        device.trim(sector, count);
    }

    private void read(BlockDevice device) throws Exception {
        int count = 1 + random.nextInt(4);
        int sector = random.nextInt(model.sectors() - count + 1);
        ByteBuffer bytes = ByteBuffer.allocate(count * BlockDevice.SECTOR_BYTES);
        device.read(sector, bytes);
        assertThat(bytes.hasRemaining()).isFalse();
        for (int i = 0; i < count; i++) {
            ByteBuffer one = bytes.slice(i * BlockDevice.SECTOR_BYTES, BlockDevice.SECTOR_BYTES);
            assertThat(BlockModel.versionOf(sector + i, one))
                    .as("sector %d of %s", sector + i, List.of(sector, count))
                    .isEqualTo(model.current(sector + i));
        }
    }
}
