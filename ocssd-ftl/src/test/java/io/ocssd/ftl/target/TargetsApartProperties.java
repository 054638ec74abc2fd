package io.ocssd.ftl.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.device.ByteClass;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.error.BusyException;
import io.ocssd.error.GoneException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.error.OcssdException;
import io.ocssd.ftl.MeddlingDevice;
import io.ocssd.ftl.TestDrive;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Two targets of one drive under random use, changes of their shares and power cuts: while a target is used alone, no command
 * touches a block that is not its own or the label's, and what the other one holds is unchanged.
 */
final class TargetsApartProperties {
    private static final int SEEDS = Boolean.getBoolean("ocssd.campaign") ? 2000 : 200;
    private static final List<String> NAMES = List.of("a", "b");
    private static final List<String> SHAPES = List.of(
            "profile=zns-small&blocks=24&sectors=16&sectorBytes=512&factoryBad=1&maxOpen=10&maxActive=12",
            "profile=tiny&channels=1&luns=1&blocks=24&sectors=16&sectorBytes=512&factoryBad=2",
            "profile=tiny&sectorBytes=512&maxOpen=13");

    @Property(tries = 1, shrinking = ShrinkingMode.OFF)
    void targetsNeverTouchEachOther(@ForAll long base) throws Exception {
        int cuts = 0;
        int changes = 0;
        for (int i = 0; i < SEEDS; i++) {
            Story story = new Story(base + i);
            story.run();
            cuts += story.cuts;
            changes += story.changes;
        }
        assertThat(cuts).as("power cuts, base=%d", base).isGreaterThan(SEEDS);
        assertThat(changes).as("changes of shares, base=%d", base).isGreaterThan(SEEDS);
    }

    private static final class Story {
        private final long seed;
        private final SplittableRandom random;
        /** Tags of the vblocks of each target that were sealed, by id. */
        private final Map<String, Map<Long, Long>> sealed = new TreeMap<>();
        /** Of those, the ones that an erase was begun of. */
        private final Set<Long> doomed = new HashSet<>();

        private long tags;
        private int cuts;
        private int changes;

        Story(long seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            NAMES.forEach(name -> sealed.put(name, new TreeMap<>()));
        }

        void run() throws Exception {
            String shape = SHAPES.get(random.nextInt(SHAPES.size()));
            try (TestDrive image = TestDrive.create(shape + "&seed=" + (seed >>> 1))) {
                life(image, "", drive -> {
                    boolean blocks = drive.device().geometry().luns() == 1;
                    TargetShare share = blocks
                            ? TargetShare.capacity(5 * drive.device().geometry().blockBytes())
                            : TargetShare.lunCount(1);
                    drive.createTarget(new TargetRequest("a", share).withOpenBlocks(4));
                    drive.createTarget(new TargetRequest("b", share).withOpenBlocks(5));
                });
                for (int life = 0; life < 4; life++) {
                    life(image, "cut=" + (1 + random.nextInt(200)) + "&cutSeed=" + random.nextInt(1 << 30), this::use);
                }
                life(image, "", this::compare);
            } catch (Throwable e) {
                throw new AssertionError("seed=" + seed + ": " + e.getMessage(), e);
            }
        }

        private interface Body {
            void with(Drive drive) throws Exception;
        }

        private Guard guard;

        private void life(TestDrive image, String parameters, Body body) throws Exception {
            try (Scheduler scheduler = Scheduler.real();
                    FlashDevice device = Ocssd.openDevice("emu:" + image.file() + "?" + parameters, scheduler)) {
                MeddlingDevice watched = new MeddlingDevice(device);
                guard = new Guard(device);
                watched.meddle(guard::check);
                try (Drive drive = new LabelDriveProvider().open(watched, scheduler, OpenOptions.defaults())) {
                    body.with(drive);
                } catch (GoneException e) {
                    cuts++;
                }
                assertThat(guard.trespass).isNull();
            }
        }

        private void use(Drive drive) throws Exception {
            compare(drive);
            for (int step = 0; step < 12; step++) {
                String name = NAMES.get(random.nextInt(2));
                if (random.nextInt(4) == 0) {
                    guard.allow(drive, null);
                    change(drive, name);
                } else {
                    Vblocks vblocks = drive.target(name).vblocks();
                    guard.allow(drive, name);
                    useOne(vblocks, sealed.get(name));
                }
                guard.allow(drive, null);
                assertThat(guard.trespass).isNull();
            }
        }

        private void useOne(Vblocks vblocks, Map<Long, Long> known) throws IOException {
            for (int i = 0; i < 6; i++) {
                try {
                    if (random.nextInt(3) > 0) {
                        long tag = ++tags;
                        int width = 1 + random.nextInt(vblocks.maxWidth());
                        VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, width, tag));
                        writer.append(ByteBuffer.allocate(Long.BYTES).putLong(0, tag));
                        if (random.nextInt(4) > 0) {
                            writer.seal();
                            known.put(writer.vblock().id(), tag);
                        } else {
                            writer.close();
                        }
                    } else if (!vblocks.list().isEmpty()) {
                        Vblock vblock =
                                vblocks.list().get(random.nextInt(vblocks.list().size()));
                        doomed.add(vblock.id());
                        vblock.erase();
                        known.remove(vblock.id());
                    }
                } catch (NoSpaceException | BusyException e) {
                    List<Vblock> all = vblocks.list();
                    if (!all.isEmpty()) {
                        doomed.add(all.get(0).id());
                        all.get(0).erase();
                        known.remove(all.get(0).id());
                    }
                }
            }
        }

        private void change(Drive drive, String name) throws IOException {
            boolean blocks = drive.device().geometry().luns() == 1;
            int much = 4 + random.nextInt(6);
            TargetShare share = blocks
                    ? TargetShare.capacity(much * drive.device().geometry().blockBytes())
                    : TargetShare.lunCount(1 + much % 3);
            try {
                if (random.nextInt(6) == 0) {
                    doomed.addAll(sealed.get(name).keySet());
                    drive.removeTarget(name);
                    sealed.get(name).clear();
                    drive.createTarget(new TargetRequest(name, share).withOpenBlocks(4));
                } else {
                    drive.resizeTarget(name, TargetChange.none().withShare(share));
                }
                changes++;
            } catch (GoneException e) {
                throw e;
            } catch (OcssdException e) {
                // In the way, or no room: as it was. A target that could not be made is made as small as can be.
                if (drive.targets().stream().noneMatch(each -> each.name().equals(name))) {
                    drive.createTarget(new TargetRequest(
                                    name,
                                    blocks
                                            ? TargetShare.capacity(4
                                                    * drive.device().geometry().blockBytes())
                                            : TargetShare.lunCount(1))
                            .withOpenBlocks(4));
                }
            }
        }

        private void compare(Drive drive) throws Exception {
            Set<Integer> owned = new HashSet<>();
            for (TargetInfo info : drive.targets()) {
                for (int block : Share.of(info, drive.device().geometry()).list()) {
                    assertThat(owned.add(block))
                            .as("block %d has one owner", block)
                            .isTrue();
                }
            }
            for (String name : NAMES) {
                boolean there =
                        drive.targets().stream().anyMatch(each -> each.name().equals(name) && !each.removing());
                if (!there) {
                    assertThat(doomed).containsAll(sealed.get(name).keySet());
                    sealed.get(name).clear();
                    drive.createTarget(new TargetRequest(
                                    name,
                                    drive.device().geometry().luns() == 1
                                            ? TargetShare.capacity(4
                                                    * drive.device().geometry().blockBytes())
                                            : TargetShare.lunCount(1))
                            .withOpenBlocks(4));
                }
                Vblocks vblocks = drive.target(name).vblocks();
                Map<Long, Vblock> found = new TreeMap<>();
                vblocks.list().forEach(each -> found.put(each.id(), each));
                for (Map.Entry<Long, Long> each : Map.copyOf(sealed.get(name)).entrySet()) {
                    Vblock vblock = found.get(each.getKey());
                    if (vblock == null) {
                        assertThat(doomed)
                                .as("vblock %x is lost", each.getKey())
                                .contains(each.getKey());
                        sealed.get(name).remove(each.getKey());
                    } else {
                        ByteBuffer read = ByteBuffer.allocate(Long.BYTES);
                        vblock.read(0, read);
                        assertThat(read.getLong(0)).isEqualTo(each.getValue());
                        assertThat(vblock.tag()).isEqualTo(each.getValue());
                    }
                }
            }
        }
    }

    /** Finds commands that leave the target in use. */
    private static final class Guard {
        private final FlashDevice device;
        private volatile Set<Integer> allowed;
        /** Blocks of the other targets, which may have been used before: their journals may be about to move, or be closed. */
        private volatile Set<Integer> others = Set.of();

        private volatile String trespass;

        Guard(FlashDevice device) {
            this.device = device;
        }

        /** From now on this target is used alone; null lets everything pass. */
        void allow(Drive drive, String name) {
            if (name == null) {
                allowed = null;
                return;
            }
            Set<Integer> ofOthers = new HashSet<>();
            Set<Integer> blocks = new HashSet<>(drive.reservedBlocks());
            for (TargetInfo info : drive.targets()) {
                if (info.name().equals(name)) {
                    blocks.addAll(Share.of(info, device.geometry()).list());
                } else {
                    ofOthers.addAll(Share.of(info, device.geometry()).list());
                }
            }
            others = ofOthers;
            allowed = blocks;
        }

        int check(IoCommand command) {
            Set<Integer> now = allowed;
            for (int i = 0; now != null && i < command.count(); i++) {
                int block = device.geometry().blockIndex(command.address(i));
                boolean journal = others.contains(block)
                        && command.operation() != IoCommand.Operation.READ
                        && command.classBytes(ByteClass.PAYLOAD) == 0;
                if (!now.contains(block) && !journal) {
                    trespass = command.operation() + " of block " + block;
                }
            }
            return 0;
        }
    }
}
