package io.ocssd.ftl.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.error.NoSpaceException;
import io.ocssd.ftl.journal.Journal;
import io.ocssd.target.TargetInfo;
import io.ocssd.target.TargetShare;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever is asked for: what is chosen is nobody else's, as much as was asked for, and no more than that takes. */
final class ShareChooserProperties {
    private final List<Integer> labelBlocks = new ArrayList<>();
    private final Set<Integer> otherUnits = new TreeSet<>();
    private final Set<Integer> hadUnits = new TreeSet<>();
    private final Set<Integer> empty = new HashSet<>();
    private Geometry geometry;
    private BlockReport report;
    private ShareChooser chooser;
    private Share had;
    private SplittableRandom random;

    private void prepare(long seed) {
        random = new SplittableRandom(seed);
        labelBlocks.clear();
        otherUnits.clear();
        hadUnits.clear();
        empty.clear();
        geometry = random.nextInt(3) == 0
                ? new Geometry(1, 1, 8 + random.nextInt(60), 16, 512, 0)
                : new Geometry(1 + random.nextInt(6), 1 + random.nextInt(5), 4 + random.nextInt(8), 16, 512, 0);
        report = new BlockReport(geometry);
        for (int block = 0; block < geometry.blocks(); block++) {
            if (random.nextInt(6) == 0) {
                report.set(block, BlockState.OFFLINE, 0, 0);
            }
        }
        labelBlocks.add(0);
        labelBlocks.add(1);
        int units = geometry.luns() == 1 ? geometry.blocks() : geometry.luns();
        for (int unit = 0; unit < units; unit++) {
            int whose = random.nextInt(3);
            if (whose == 0) {
                otherUnits.add(unit);
            } else if (whose == 1) {
                hadUnits.add(unit);
            }
            if (random.nextBoolean()) {
                empty.add(unit);
            }
        }
        Share others = Share.ofUnits(otherUnits, geometry);
        List<TargetInfo> targets = otherUnits.isEmpty()
                ? List.of()
                : List.of(new TargetInfo("o", 1, others.luns(geometry), others.runs(geometry), 0, 0, 0, false));
        chooser = new ShareChooser(geometry, targets, labelBlocks, report);
        had = random.nextBoolean() ? Share.NONE : Share.ofUnits(hadUnits, geometry);
    }

    private int usable(Share share) {
        return (int) share.list().stream()
                .filter(block -> report.state(block) != BlockState.OFFLINE && !labelBlocks.contains(block))
                .count();
    }

    /** What is chosen is nobody else's, and of what there was as much as possible is kept, the full parts first. */
    private void checkKept(Share chosen) {
        List<Integer> units = chosen.units(geometry);
        assertThat(units).noneMatch(otherUnits::contains);
        List<Integer> before = had.units(geometry);
        List<Integer> left = new ArrayList<>(before);
        left.removeAll(units);
        List<Integer> come = new ArrayList<>(units);
        come.removeAll(before);
        assertThat(left.isEmpty() || come.isEmpty())
                .as("left %s, came %s", left, come)
                .isTrue();
    }

    @Property
    void aNumberOfLunsIsSpreadOverChannels(@ForAll long seed) throws Exception {
        prepare(seed);
        if (geometry.luns() == 1) {
            return;
        }
        int count = 1 + random.nextInt(geometry.luns());
        Share chosen;
        try {
            chosen = chooser.choose(TargetShare.lunCount(count), had, 0, empty::contains);
        } catch (NoSpaceException e) {
            List<Integer> left = chooser.left();
            left.removeAll(had.units(geometry));
            assertThat(left.size() + had.units(geometry).size()).isLessThan(count);
            return;
        }
        assertThat(chosen.units(geometry)).hasSize(count);
        checkKept(chosen);
        boolean fullWent = had.minus(chosen).units(geometry).stream().anyMatch(unit -> !empty.contains(unit));
        boolean emptyStayed = chosen.units(geometry).stream().anyMatch(empty::contains);
        assertThat(fullWent && emptyStayed).as("what is empty goes first").isFalse();
        if (had.isEmpty()) {
            // No channel gives two more than one that has another to give.
            int[] taken = new int[geometry.channels()];
            chosen.units(geometry).forEach(lun -> taken[lun / geometry.lunsPerChannel()]++);
            for (int lun : chooser.left()) {
                if (!chosen.units(geometry).contains(lun)) {
                    for (int each : taken) {
                        assertThat(each).isLessThanOrEqualTo(taken[lun / geometry.lunsPerChannel()] + 1);
                    }
                }
            }
        }
    }

    @Property
    void aCapacityIsMetAndNotByMoreThanItTakes(@ForAll long seed) throws Exception {
        prepare(seed);
        double overprovision = random.nextInt(3) * 0.13;
        long bytes = 1 + random.nextLong(geometry.capacityBytes());
        Share chosen;
        try {
            chosen = chooser.choose(TargetShare.capacity(bytes), had, overprovision, empty::contains);
        } catch (NoSpaceException e) {
            TreeSet<Integer> all = new TreeSet<>(chooser.left());
            all.addAll(had.units(geometry));
            assertThat(capacity(Share.ofUnits(all, geometry), overprovision)).isLessThan(bytes);
            return;
        }
        assertThat(capacity(chosen, overprovision)).isGreaterThanOrEqualTo(bytes);
        checkKept(chosen);
        boolean grew = !chosen.minus(had).isEmpty();
        List<Integer> units = chosen.units(geometry);
        for (int unit : units) {
            // What was there stays where more is taken, and what is of no use is no burden.
            if (usable(Share.ofUnits(List.of(unit), geometry)) == 0) {
                continue;
            }
            if (!grew || had.isEmpty() && Share.isOfBlocks(geometry)) {
                Share without = chosen.minus(Share.ofUnits(List.of(unit), geometry));
                assertThat(capacity(without, overprovision))
                        .as("without %d", unit)
                        .isLessThan(bytes);
            }
        }
    }

    private long capacity(Share share, double overprovision) {
        int usable = usable(share);
        int blocks = usable - ShareChooser.gcBlocks(usable, overprovision) - Journal.FEWEST_BLOCKS;
        return Math.max(0, blocks) * geometry.blockBytes();
    }
}
