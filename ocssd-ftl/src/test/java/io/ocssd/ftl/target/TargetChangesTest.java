package io.ocssd.ftl.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.BusyException;
import io.ocssd.error.GoneException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.error.NotFoundException;
import io.ocssd.ftl.MeddlingDevice;
import io.ocssd.ftl.TestDrive;
import io.ocssd.ftl.journal.Journal;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.BlockRange;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.Target;
import io.ocssd.target.TargetChange;
import io.ocssd.target.TargetInfo;
import io.ocssd.target.TargetRequest;
import io.ocssd.target.TargetShare;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets that grow, shrink and go, what a power cut leaves of that, and what is refused. */
final class TargetChangesTest {
    private static final String TINY = "profile=tiny&sectorBytes=512&factoryBad=0";
    private static final String ZONES =
            "profile=zns-small&sectors=24&sectorBytes=512&factoryBad=0&blocks=20&maxOpen=12&maxActive=14";
    private static final long ZONE = 24 * 512;
    /** Blocks that vblocks can't have. */
    private static final int JOURNAL = Journal.FEWEST_BLOCKS;

    private static TargetChange share(TargetShare share) {
        return TargetChange.none().withShare(share);
    }

    private static TargetChange luns(Integer... luns) {
        return share(TargetShare.luns(List.of(luns)));
    }

    @Test
    void anOpenTargetGrowsWhileItIsWritten() throws Exception {
        onDrive(
                TINY,
                drive -> {
                    Target target = drive.createTarget(new TargetRequest("t", List.of(1)));
                    Vblocks vblocks = target.vblocks();
                    VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.LOG, 1, 0));
                    writer.append(ByteBuffer.wrap("before".getBytes()));
                    assertThat(drive.resizeTarget("t", luns(1, 3))).isSameAs(target);
                    assertThat(target.info().luns()).containsExactly(1, 3);
                    assertThat(vblocks.maxWidth()).isEqualTo(2);
                    assertThat(vblocks.available(1)).isEqualTo(31 - JOURNAL);
                    writer.append(ByteBuffer.wrap("after".getBytes()));
                    writer.seal();
                    vblocks.allocate(new VblockRequest(Stream.DATA, 2, 0)).seal();
                    assertThat(vblocks.list()).hasSize(2);
                    assertThatThrownBy(() -> drive.createTarget(new TargetRequest("u", List.of(3))))
                            .isInstanceOf(BusyException.class)
                            .hasMessage("LUN 3 belongs to target \"t\"");
                },
                drive -> {
                    Vblocks vblocks = drive.target("t").vblocks();
                    assertThat(vblocks.list()).extracting(Vblock::width).containsExactly(1, 2);
                    ByteBuffer read = ByteBuffer.allocate(11);
                    vblocks.list().get(0).read(0, read);
                    assertThat(new String(read.array())).isEqualTo("beforeafter");
                });
    }

    @Test
    void whatHoldsVblocksIsNotGivenBack() throws Exception {
        onDrive(
                TINY,
                drive -> {
                    Target target = drive.createTarget(new TargetRequest("t", List.of(1, 3)));
                    Vblocks vblocks = target.vblocks();
                    VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 1, 0));
                    int lun = writer.vblock().luns().get(0);
                    int other = lun == 1 ? 3 : 1;
                    String id = "0x" + Long.toHexString(writer.vblock().id());
                    assertThatThrownBy(() -> drive.resizeTarget("t", luns(other)))
                            .isInstanceOf(BusyException.class)
                            .hasMessage("target \"t\" has vblocks on what it is to give back: " + id);
                    assertThatThrownBy(() -> drive.resizeTarget("t", luns(lun)))
                            .isInstanceOf(BusyException.class)
                            .hasMessageContaining(
                                    "open for writing, which may need blocks of what it is to give back: " + id);
                    writer.seal();
                    assertThatThrownBy(() -> drive.resizeTarget("t", luns(other)))
                            .isInstanceOf(BusyException.class);
                    // One of two: the one that holds nothing.
                    drive.resizeTarget("t", share(TargetShare.lunCount(1)));
                    assertThat(target.info().luns()).containsExactly(lun);
                    assertThat(vblocks.maxWidth()).isEqualTo(1);
                    assertThat(vblocks.available(1)).isEqualTo(15 - JOURNAL);
                    drive.createTarget(new TargetRequest("u", List.of(other)));
                    assertThatThrownBy(() -> drive.resizeTarget("t", luns(lun, other)))
                            .isInstanceOf(BusyException.class);
                    assertThatThrownBy(() -> drive.resizeTarget("t", luns(other)))
                            .isInstanceOf(BusyException.class)
                            .hasMessageContaining("belongs to target \"u\"");
                    assertThatThrownBy(() -> drive.resizeTarget("t", luns(9)))
                            .isInstanceOf(IllegalArgumentException.class);
                    assertThatThrownBy(() -> drive.resizeTarget("v", luns(9))).isInstanceOf(NotFoundException.class);
                    vblocks.list().get(0).erase();
                    while (vblocks.available(1) > 0) {
                        vblocks.allocate(new VblockRequest(Stream.DATA, 1, 0)).seal();
                    }
                    assertThat(vblocks.list()).hasSize(16 - JOURNAL);
                },
                drive -> assertThat(drive.target("t").vblocks().list()).hasSize(16 - JOURNAL));
    }

    @Test
    void aShareOfBlocksGrowsAndShrinks() throws Exception {
        onDrive(
                ZONES,
                drive -> {
                    Target a = drive.createTarget(
                            new TargetRequest("a", TargetShare.capacity(5 * ZONE)).withOpenBlocks(4));
                    drive.createTarget(new TargetRequest("b", TargetShare.capacity(4 * ZONE)).withOpenBlocks(4));
                    Vblocks vblocks = a.vblocks();
                    VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 1, 0));
                    drive.resizeTarget("a", share(TargetShare.capacity(7 * ZONE)));
                    writer.seal();
                    assertThat(a.info().blocks()).containsExactly(new BlockRange(2, 7), new BlockRange(15, 2));
                    assertThat(vblocks.available(1)).isEqualTo(6);
                    drive.resizeTarget("a", share(TargetShare.capacity(4 * ZONE)));
                    assertThat(vblocks.available(1)).isEqualTo(3);
                    assertThat(a.info().blocks()).containsExactly(new BlockRange(2, 6));
                    while (vblocks.available(1) > 0) {
                        vblocks.allocate(new VblockRequest(Stream.DATA, 1, 0)).seal();
                    }
                    drive.resizeTarget("a", share(TargetShare.rest()));
                    assertThat(vblocks.available(1)).isEqualTo(6);
                    assertThatThrownBy(() -> drive.resizeTarget("a", share(TargetShare.capacity(3))))
                            .isInstanceOf(BusyException.class)
                            .hasMessageContaining("has vblocks on what it is to give back");
                    assertThatThrownBy(() -> drive.resizeTarget("b", share(TargetShare.capacity(3))))
                            .isInstanceOf(NoSpaceException.class)
                            .hasMessageContaining("a target needs 6");
                    drive.resizeTarget("a", share(TargetShare.capacity(5 * ZONE)));
                    assertThat(vblocks.available(1)).isEqualTo(1);
                    assertThat(vblocks.list()).hasSize(4);
                },
                drive -> assertThat(drive.target("a").vblocks().available(1)).isEqualTo(1));
    }

    @Test
    void budgetsAreChanged() throws Exception {
        onDrive(
                TINY + "&maxOpen=13",
                drive -> {
                    Target a = drive.createTarget(new TargetRequest("a", List.of(0, 1)));
                    drive.createTarget(new TargetRequest("b", List.of(2, 3)).withOpenBlocks(4));
                    assertThat(a.info().openBlocks()).isEqualTo(6);
                    assertThatThrownBy(() ->
                                    drive.resizeTarget("a", TargetChange.none().withOpenBlocks(9)))
                            .isInstanceOf(NoSpaceException.class)
                            .hasMessageContaining("\"b\" has 4, and the target is to have 9");
                    drive.resizeTarget("a", TargetChange.none().withOpenBlocks(8));
                    assertThat(a.vblocks().maxWriters(1)).isEqualTo(7);
                    VblockWriter writer = null;
                    VblockWriter before = null;
                    for (int i = 0; i < 5; i++) {
                        before = writer;
                        writer = a.vblocks().allocate(new VblockRequest(Stream.DATA, 1, 0));
                    }
                    assertThatThrownBy(() ->
                                    drive.resizeTarget("a", TargetChange.none().withOpenBlocks(4)))
                            .isInstanceOf(BusyException.class)
                            .hasMessageContaining("has 6 open blocks, more than 4");
                    writer.seal();
                    before.seal();
                    drive.resizeTarget(
                            "a",
                            TargetChange.none()
                                    .withOpenBlocks(4)
                                    .withOverprovision(0.5)
                                    .withWindowBytes(1 << 20));
                    assertThatThrownBy(() -> a.vblocks().allocate(new VblockRequest(Stream.DATA, 1, 0)))
                            .hasMessageContaining("4 open blocks, 4 are open");
                    // LUN 0 has two blocks of the label: 30, half of them for garbage collection, two for the journal,
                    // five taken.
                    assertThat(a.vblocks().available(1)).isEqualTo(8);
                    drive.resizeTarget("b", TargetChange.none().withOpenBlocks(0));
                    assertThat(drive.target("b").info().openBlocks()).isEqualTo(8);
                },
                drive -> {
                    TargetInfo a = drive.target("a").info();
                    assertThat(a).isEqualTo(new TargetInfo("a", 1, List.of(0, 1), List.of(), 0.5, 4, 1 << 20, false));
                    assertThat(drive.target("a").vblocks().available(1)).isEqualTo(8);
                });
    }

    @Test
    void aTargetIsRemovedWithAllItHas() throws Exception {
        onDrive(
                TINY,
                drive -> {
                    Target a = drive.createTarget(new TargetRequest("a", List.of(0, 1)));
                    Vblocks vblocks = a.vblocks();
                    drive.createTarget(new TargetRequest("b", List.of(2)));
                    VblockWriter open = vblocks.allocate(new VblockRequest(Stream.DATA, 2, 0));
                    open.append(ByteBuffer.wrap(new byte[3000]));
                    open.sync();
                    vblocks.allocate(new VblockRequest(Stream.DATA, 2, 0)).seal();
                    assertThatThrownBy(() -> drive.removeTarget("a"))
                            .isInstanceOf(BusyException.class)
                            .hasMessageContaining("open for writing: " + "0x"
                                    + Long.toHexString(open.vblock().id()));
                    assertThat(drive.targets()).hasSize(2);
                    open.close();
                    Vblock sealed = vblocks.list().get(1);
                    drive.removeTarget("a");
                    assertThat(drive.targets()).extracting(TargetInfo::name).containsExactly("b");
                    assertThat(vblocks.list()).isEmpty();
                    assertThatThrownBy(() -> sealed.read(0, ByteBuffer.allocate(0)))
                            .isInstanceOf(NotFoundException.class);
                    assertThatThrownBy(() -> open.vblock().erase()).isInstanceOf(NotFoundException.class);
                    assertThatThrownBy(() -> vblocks.allocate(new VblockRequest(Stream.DATA, 1, 0)))
                            .isInstanceOf(NotFoundException.class)
                            .hasMessage("the target was removed");
                    assertThatThrownBy(() -> drive.target("a")).isInstanceOf(NotFoundException.class);
                    assertThatThrownBy(() -> drive.removeTarget("a")).isInstanceOf(NotFoundException.class);
                    assertThat(drive.device().report().count(BlockState.OPEN)).isZero();
                    Target again = drive.createTarget(new TargetRequest("a", List.of(1, 3)));
                    assertThat(again.info().id()).isEqualTo(3);
                    assertThat(again.vblocks().list()).isEmpty();
                    assertThat(again.vblocks().available(1)).isEqualTo(32 - JOURNAL);
                    drive.createTarget(new TargetRequest("c", List.of(0)));
                },
                drive -> assertThat(drive.targets()).extracting(TargetInfo::id).containsExactly(3, 2, 4));
    }

    @Test
    void whatCouldNotBeErasedHindersNobodyLater() throws Exception {
        try (TestDrive image = TestDrive.create(TINY);
                Scheduler scheduler = Scheduler.real()) {
            FlashDevice device = Ocssd.openDevice("emu:" + image.file(), scheduler);
            MeddlingDevice meddling = new MeddlingDevice(device);
            try (Drive drive = new LabelDriveProvider().open(meddling, scheduler, OpenOptions.defaults())) {
                Vblocks vblocks = drive.createTarget(new TargetRequest("a", List.of(0, 1)))
                        .vblocks();
                for (int i = 0; i < 3; i++) {
                    vblocks.allocate(new VblockRequest(Stream.DATA, 1, 0)).seal();
                }
                meddling.meddle(command -> command.operation() == IoCommand.Operation.ERASE
                                && device.geometry().lunIndex(command.address(0)) == 1
                        ? NvmeStatus.WRITE_FAULT
                        : 0);
                drive.removeTarget("a");
                assertThat(drive.targets()).isEmpty();
                assertThat(device.report().count(BlockState.CLOSED)).isPositive();
                meddling.meddle(command -> 0);
                Target b = drive.createTarget(new TargetRequest("b", List.of(1)));
                assertThat(b.vblocks().available(1)).isEqualTo(16 - JOURNAL);
                assertThat(b.vblocks().list()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TINY, ZONES})
    void cutAtAnyCommandOfARemovalLeavesTheTargetWholeOrFinishesIt(String shape) throws Exception {
        boolean done = false;
        TreeSet<String> seen = new TreeSet<>();
        for (int cut = 1; !done; cut++) {
            try (TestDrive image = TestDrive.create(shape + "&seed=" + cut)) {
                onImage(image, "", drive -> {
                    drive.createTarget(new TargetRequest("a", half(drive)));
                    drive.createTarget(TargetRequest.wholeDrive("b"));
                    fill(drive.target("a").vblocks(), 6);
                    fill(drive.target("b").vblocks(), 2);
                });
                done = onImage(image, "cut=" + cut + "&cutSeed=" + cut * 31, drive -> drive.removeTarget("a"));
                onImage(image, "", drive -> {
                    List<String> names = drive.targets().stream()
                            .map(each -> each.name() + (each.removing() ? "-" : ""))
                            .toList();
                    seen.add(names.toString());
                    assertThat(drive.device().counters().programmedBytes())
                            .as("opening a drive writes nothing")
                            .isZero();
                    assertThat(drive.device().counters().erases()).isZero();
                    assertThat(drive.target("b").vblocks().list()).hasSize(2);
                    if (names.contains("a")) {
                        assertThat(drive.target("a").vblocks().list()).hasSize(6);
                        drive.removeTarget("a");
                    } else {
                        assertThatThrownBy(() -> drive.target("a")).isInstanceOf(NotFoundException.class);
                    }
                });
                int again = cut;
                boolean begun = done;
                // The next change of the label finishes it, cut or not.
                onImage(
                        image,
                        "cut=" + (again % 23 + 1),
                        drive -> drive.createTarget(new TargetRequest("c", half(drive))));
                onImage(image, "", drive -> {
                    if (drive.targets().stream().noneMatch(each -> each.name().equals("c"))) {
                        drive.createTarget(new TargetRequest("c", half(drive)));
                    }
                    assertThat(drive.targets()).extracting(TargetInfo::name).containsExactly("b", "c");
                    assertThat(drive.target("c").info().id())
                            .as("cut %d, done %s", again, begun)
                            .isEqualTo(3);
                    assertThat(drive.target("c").vblocks().list()).isEmpty();
                    assertThat(drive.target("c").vblocks().available(1)).isEqualTo(usable(drive, "c") - JOURNAL);
                    assertThat(drive.target("b").vblocks().list()).hasSize(2);
                });
            }
        }
        assertThat(seen).containsExactlyInAnyOrder("[a, b]", "[a-, b]", "[b]");
    }

    @ParameterizedTest
    @ValueSource(strings = {TINY, ZONES})
    void cutAtAnyCommandOfAResizeLeavesTheOldShareOrTheNewOne(String shape) throws Exception {
        for (boolean grow : new boolean[] {true, false}) {
            boolean done = false;
            TreeSet<Integer> seen = new TreeSet<>();
            for (int cut = 1; !done; cut++) {
                try (TestDrive image = TestDrive.create(shape + "&seed=" + cut)) {
                    onImage(image, "", drive -> {
                        drive.createTarget(new TargetRequest("a", half(drive)));
                        fill(drive.target("a").vblocks(), 2);
                        drive.resizeTarget("a", share(grow ? half(drive) : most(drive)));
                    });
                    done = onImage(
                            image,
                            "cut=" + cut + "&cutSeed=" + cut * 31,
                            drive -> drive.resizeTarget("a", share(grow ? most(drive) : half(drive))));
                    boolean whole = done;
                    onImage(image, "", drive -> {
                        Vblocks vblocks = drive.target("a").vblocks();
                        int blocks = usable(drive, "a");
                        seen.add(blocks);
                        assertThat(whole && grow ? blocks > 9 : blocks > 5).isTrue();
                        assertThat(vblocks.available(1)).isEqualTo(blocks - JOURNAL - 2);
                        fill(vblocks, vblocks.available(1));
                        assertThat(vblocks.list()).hasSize(blocks - JOURNAL);
                        drive.createTarget(TargetRequest.wholeDrive("b"));
                    });
                }
            }
            assertThat(seen).hasSize(2);
        }
    }

    /** Half of a drive with the vblocks of a share of it: LUNs that are not the label's, or zones. */
    private static TargetShare half(Drive drive) {
        return drive.device().geometry().luns() == 1 ? TargetShare.capacity(6 * ZONE) : TargetShare.luns(List.of(1));
    }

    private static TargetShare most(Drive drive) {
        return drive.device().geometry().luns() == 1 ? TargetShare.capacity(10 * ZONE) : TargetShare.lunCount(2);
    }

    private static int usable(Drive drive, String name) throws Exception {
        TargetInfo info = drive.target(name).info();
        BlockReport report = drive.device().report();
        int usable = 0;
        for (int block : Share.of(info, report.geometry()).list()) {
            boolean label = drive.reservedBlocks().contains(block);
            usable += label || report.state(block) == BlockState.OFFLINE ? 0 : 1;
        }
        return usable;
    }

    private static void fill(Vblocks vblocks, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            vblocks.allocate(new VblockRequest(Stream.DATA, 1, i)).seal();
        }
    }

    private interface Body {
        void with(Drive drive) throws Exception;
    }

    private static void onDrive(String shape, Body... lives) throws Exception {
        try (TestDrive image = TestDrive.create(shape)) {
            for (Body each : lives) {
                assertThat(onImage(image, "", each)).isTrue();
            }
        }
    }

    /** False when power was cut. */
    private static boolean onImage(TestDrive image, String parameters, Body body) throws Exception {
        try (Scheduler scheduler = Scheduler.real();
                Drive drive = image.open(scheduler, parameters)) {
            body.with(drive);
            return true;
        } catch (GoneException e) {
            return false;
        }
    }
}
