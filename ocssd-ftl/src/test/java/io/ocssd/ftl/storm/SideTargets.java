package io.ocssd.ftl.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.error.BusyException;
import io.ocssd.error.DeviceException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.Target;
import io.ocssd.target.TargetChange;
import io.ocssd.target.TargetInfo;
import io.ocssd.target.TargetRequest;
import io.ocssd.target.TargetShare;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Targets beside the one that a storm is about: they come, hold a little, change and go; and what is known of them. */
final class SideTargets {
    private static final String PREFIX = "side-";
    private static final int MOST = 2;
    private static final long BETWEEN_NANOS = 20_000_000;

    /** What is known of one. */
    private static final class Side {
        final String name;
        boolean created;
        boolean removeBegun;
        boolean removed;
        final List<VblockModel> vblocks = new ArrayList<>();

        Side(String name) {
            this.name = name;
        }
    }

    private final Map<String, Side> sides = new TreeMap<>();
    private final Set<Integer> idsSeen = new HashSet<>();
    private int names;

    SideTargets copy() {
        SideTargets copy = new SideTargets();
        copy.names = names;
        copy.idsSeen.addAll(idsSeen);
        for (Side side : sides.values()) {
            Side other = new Side(side.name);
            other.created = side.created;
            other.removeBegun = side.removeBegun;
            other.removed = side.removed;
            side.vblocks.forEach(each -> other.vblocks.add(each.copy()));
            copy.sides.put(side.name, other);
        }
        return copy;
    }

    /** How many came so far. */
    int seen() {
        return idsSeen.size();
    }

    /** The work of a task. */
    void work(Drive drive, Scheduler scheduler, SplittableRandom dice) throws Exception {
        int steps = dice.nextInt(12);
        for (int i = 0; i < steps; i++) {
            scheduler.sleepUntil(scheduler.nanoTime() + dice.nextLong(BETWEEN_NANOS));
            List<Side> alive = alive();
            int choice = dice.nextInt(10);
            if (alive.isEmpty() || (choice < 3 && alive.size() < MOST)) {
                create(drive, dice);
            } else if (choice < 7) {
                write(drive, alive.get(dice.nextInt(alive.size())), dice);
            } else if (choice < 8) {
                change(drive, alive.get(dice.nextInt(alive.size())), dice);
            } else {
                remove(drive, alive.get(dice.nextInt(alive.size())));
            }
        }
    }

    private List<Side> alive() {
        return sides.values().stream()
                .filter(side -> side.created && !side.removeBegun)
                .toList();
    }

    private void create(Drive drive, SplittableRandom dice) throws IOException {
        Side side = new Side(PREFIX + names++);
        sides.put(side.name, side);
        try {
            Target target = drive.createTarget(new TargetRequest(side.name, share(drive, dice)));
            side.created = true;
            assertThat(idsSeen.add(target.info().id()))
                    .as("id %d of target %s is new", target.info().id(), side.name)
                    .isTrue();
        } catch (NoSpaceException | BusyException e) {
            sides.remove(side.name);
        }
    }

    private static TargetShare share(Drive drive, SplittableRandom dice) {
        Geometry geometry = drive.device().geometry();
        return geometry.luns() > 1
                ? TargetShare.lunCount(1)
                : TargetShare.capacity(geometry.blockBytes() * (1 + dice.nextInt(2)));
    }

    private static void write(Drive drive, Side side, SplittableRandom dice) throws IOException {
        Target target = drive.target(side.name);
        VblockModel model = null;
        Vblock vblock = null;
        try (VblockWriter writer = target.vblocks().allocate(new VblockRequest(Stream.DATA, 1, 0))) {
            vblock = writer.vblock();
            byte[] bytes = new byte[1 + dice.nextInt(9000)];
            dice.nextBytes(bytes);
            model = new VblockModel(vblock.id(), 0, 1);
            writer.append(ByteBuffer.wrap(bytes));
            writer.sync();
            model.append(bytes);
            model.synced();
            side.vblocks.add(model);
            writer.seal();
        } catch (DeviceException e) {
            // A program failed and there was no block left to go on in.
            if (vblock == null || target.vblocks().available(1) > 0) {
                throw e;
            }
            side.vblocks.remove(model);
            vblock.erase();
        } catch (NoSpaceException | BusyException e) {
            for (VblockModel each : List.copyOf(side.vblocks)) {
                side.vblocks.remove(each);
                target.vblocks().open(each.id).erase();
            }
        }
    }

    private static void change(Drive drive, Side side, SplittableRandom dice) throws IOException {
        TargetChange change = dice.nextBoolean()
                ? TargetChange.none().withWindowBytes(32L << 20)
                : TargetChange.none().withShare(TargetShare.rest());
        try {
            drive.resizeTarget(side.name, change);
        } catch (NoSpaceException | BusyException e) {
            assertThat(drive.targets()).extracting(TargetInfo::name).contains(side.name);
        }
    }

    private static void remove(Drive drive, Side side) throws IOException {
        side.removeBegun = true;
        drive.removeTarget(side.name);
        side.removed = true;
    }

    /** Everything that is known, after an opening. */
    void compare(Drive drive) throws IOException {
        Map<String, TargetInfo> found = new TreeMap<>();
        for (TargetInfo info : drive.targets()) {
            if (info.name().startsWith(PREFIX)) {
                found.put(info.name(), info);
            }
        }
        for (Side side : List.copyOf(sides.values())) {
            TargetInfo info = found.remove(side.name);
            if (side.removed) {
                assertThat(info).as("target %s was removed", side.name).isNull();
            }
            if (side.created && !side.removeBegun) {
                assertThat(info).as("target %s", side.name).isNotNull();
            }
            if (info == null || info.removing()) {
                assertThat(info == null || side.removeBegun)
                        .as("removing %s", side.name)
                        .isTrue();
                sides.remove(side.name);
                continue;
            }
            side.created = true;
            idsSeen.add(info.id());
            compare(drive.target(side.name), side);
            side.removeBegun = false;
        }
        assertThat(found.values()).as("targets that nobody made").allMatch(TargetInfo::removing);
    }

    private static void compare(Target target, Side side) throws IOException {
        Map<Long, Vblock> found = new TreeMap<>();
        for (Vblock vblock : target.vblocks().list()) {
            found.put(vblock.id(), vblock);
        }
        for (VblockModel model : side.vblocks) {
            Vblock vblock = found.get(model.id);
            if (side.removeBegun && vblock == null) {
                continue;
            }
            assertThat(vblock).as("vblock %x of %s", model.id, side.name).isNotNull();
            assertThat(vblock.length()).isEqualTo(model.appendedBytes());
            Storm.compare(vblock, model, 0, model.appendedBytes());
        }
        side.vblocks.removeIf(model -> !found.containsKey(model.id));
    }

    /** Removes them all; then what no target has is free again. */
    void end(Drive drive) throws IOException {
        for (Side side : alive()) {
            remove(drive, side);
        }
        // A change of the label finishes what is left of removals.
        drive.resizeTarget(Storm.TARGET, TargetChange.none().withWindowBytes(48L << 20));
        Collection<TargetInfo> left = drive.targets();
        assertThat(left).extracting(TargetInfo::name).containsExactly(Storm.TARGET);
        TargetInfo info = left.iterator().next();
        BlockReport report = drive.device().report();
        Geometry geometry = report.geometry();
        for (int block = 0; block < geometry.blocks(); block++) {
            int number = block;
            boolean owned = drive.reservedBlocks().contains(block)
                    || (info.blocks().isEmpty()
                            ? info.luns().contains(block / geometry.blocksPerLun())
                            : info.blocks().stream()
                                    .anyMatch(range -> number >= range.first() && number < range.end()));
            if (!owned) {
                assertThat(report.state(block))
                        .as("block %d, which no target has", block)
                        .isIn(BlockState.FREE, BlockState.OFFLINE);
            }
        }
    }
}
