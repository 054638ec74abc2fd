package io.ocssd.ftl.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.error.BusyException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.error.NotFoundException;
import io.ocssd.ftl.TestDrive;
import io.ocssd.ftl.journal.Journal;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Task;
import io.ocssd.target.Drive;
import io.ocssd.target.TargetChange;
import io.ocssd.target.TargetInfo;
import io.ocssd.target.TargetRequest;
import io.ocssd.target.TargetShare;
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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Tasks that make, fill, read and erase vblocks while another changes share and budgets of their target, and in the end removes
 * it: nobody waits for ever, no vblock is hurt, and no block is lost or had twice.
 */
final class ResizeUnderUseProperties {
    private static final int SEEDS = Boolean.getBoolean("ocssd.campaign") ? 2000 : 200;
    private static final List<String> SHAPES = List.of(
            "profile=zns-small&blocks=22&sectors=16&sectorBytes=512&factoryBad=1&maxOpen=14&maxActive=15",
            "profile=tiny&sectorBytes=512&blocks=10&factoryBad=1",
            "profile=tiny&sectorBytes=512&blocks=10&maxOpen=17");
    private static final int USERS = 4;

    @Property(tries = 1, shrinking = ShrinkingMode.OFF)
    void nobodyIsHurt(@ForAll long base) throws Exception {
        int changed = 0;
        int refused = 0;
        for (int i = 0; i < SEEDS; i++) {
            Story story = new Story(base + i);
            story.run();
            changed += story.changed;
            refused += story.refused;
        }
        assertThat(changed).as("changes, base=%d", base).isGreaterThan(SEEDS);
        assertThat(refused).as("refusals, base=%d", base).isPositive();
    }

    private static final class Story {
        private final long seed;
        private final SplittableRandom random;
        private final boolean removes;
        private boolean ended;
        private int changed;
        private int refused;

        Story(long seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            this.removes = random.nextBoolean();
        }

        void run() throws Exception {
            String shape = SHAPES.get(random.nextInt(SHAPES.size()));
            try (TestDrive image = TestDrive.create(shape + "&seed=" + (seed >>> 1))) {
                TestDrive.simulated(seed, scheduler -> {
                    try (Drive drive = image.open(scheduler, "")) {
                        drive.createTarget(new TargetRequest("other", share(drive, 1)).withOpenBlocks(4));
                        Vblocks vblocks = drive.createTarget(new TargetRequest("t", share(drive, 2)).withOpenBlocks(6))
                                .vblocks();
                        use(drive, vblocks, scheduler);
                    }
                    return null;
                });
                TestDrive.simulated(seed + 1, scheduler -> {
                    try (Drive drive = image.open(scheduler, "")) {
                        if (removes) {
                            assertThat(drive.targets()).hasSize(1);
                            drive.createTarget(TargetRequest.wholeDrive("t"));
                        }
                        checkNothingIsLost(drive, drive.target("t").vblocks());
                    }
                    return null;
                });
            } catch (Throwable e) {
                throw new AssertionError("seed=" + seed + ": " + e.getMessage(), e);
            }
        }

        private void use(Drive drive, Vblocks vblocks, Scheduler scheduler) throws Exception {
            List<Task> users = new ArrayList<>();
            for (int i = 0; i < USERS; i++) {
                SplittableRandom own = random.split();
                long tag = i;
                users.add(scheduler.spawn("user " + i, () -> use(vblocks, scheduler, own, tag)));
            }
            for (int i = 0; i < 8; i++) {
                scheduler.sleepUntil(scheduler.nanoTime() + random.nextInt(20_000_000));
                try {
                    TargetChange change = TargetChange.none().withShare(share(drive, 1 + random.nextInt(3)));
                    drive.resizeTarget(
                            "t", random.nextBoolean() ? change : change.withOpenBlocks(4 + random.nextInt(4)));
                    changed++;
                } catch (BusyException | NoSpaceException e) {
                    refused++;
                }
            }
            ended = true;
            for (Task user : users) {
                user.join();
            }
            if (removes) {
                drive.removeTarget("t");
                assertThat(vblocks.list()).isEmpty();
            } else {
                checkNothingIsLost(drive, vblocks);
            }
        }

        private void use(Vblocks vblocks, Scheduler scheduler, SplittableRandom own, long tag) throws IOException {
            List<Vblock> mine = new ArrayList<>();
            while (!ended) {
                // What is refused at once takes no time.
                scheduler.sleepUntil(scheduler.nanoTime() + 100_000);
                try {
                    int width = 1 + own.nextInt(2);
                    if (own.nextInt(3) > 0 && width <= vblocks.maxWidth()) {
                        VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, width, tag));
                        writer.append(ByteBuffer.allocate(Long.BYTES)
                                .putLong(0, writer.vblock().id()));
                        writer.seal();
                        mine.add(writer.vblock());
                    } else if (!mine.isEmpty()) {
                        mine.remove(own.nextInt(mine.size())).erase();
                    }
                } catch (IllegalArgumentException e) {
                    // It has become narrower since it was asked.
                    assertThat(e).hasMessageContaining("maxWidth");
                } catch (BusyException | NoSpaceException e) {
                    if (!mine.isEmpty()) {
                        mine.remove(0).erase();
                    }
                }
                for (Vblock each : mine) {
                    ByteBuffer read = ByteBuffer.allocate(Long.BYTES);
                    each.read(0, read);
                    assertThat(read.getLong(0)).isEqualTo(each.id());
                }
            }
        }

        /** All blocks of the share are free once all vblocks are erased, and can all be had. */
        private static void checkNothingIsLost(Drive drive, Vblocks vblocks) throws IOException {
            for (Vblock each : vblocks.list()) {
                try {
                    each.erase();
                } catch (NotFoundException e) {
                    throw new AssertionError(e);
                }
            }
            int usable = 0;
            TargetInfo info = drive.target("t").info();
            BlockReport report = drive.device().report();
            for (int block : Share.of(info, report.geometry()).list()) {
                boolean label = drive.reservedBlocks().contains(block);
                usable += label || report.state(block) == BlockState.OFFLINE ? 0 : 1;
            }
            assertThat(vblocks.available(1)).isEqualTo(usable - Journal.FEWEST_BLOCKS);
        }

        /** A share of some size between one and three. */
        private static TargetShare share(Drive drive, int size) {
            return drive.device().geometry().luns() == 1
                    ? TargetShare.capacity(4L * size * drive.device().geometry().blockBytes() - 1)
                    : TargetShare.lunCount(size);
        }
    }
}
