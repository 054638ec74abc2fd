package io.ocssd.ftl.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.Geometry;
import io.ocssd.error.BusyException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.ftl.journal.Journal;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.BlockRange;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.TargetInfo;
import io.ocssd.target.TargetRequest;
import io.ocssd.target.TargetShare;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which part of a drive a new target is given, and which budgets. */
final class TargetSharesTest {
    /** Four channels of two LUNs, eight blocks each, of 32 sectors of 512 bytes. */
    private static final String EIGHT =
            "mem:?channels=4&luns=2&blocks=8&sectors=32&sectorBytes=512&wsMin=2&wsOpt=4&mwCunits=8&factoryBad=0";

    private static final long BLOCK = 32 * 512;
    private static final String ZONES =
            "mem:?profile=zns-small&blocks=22&sectors=24&factoryBad=0&maxOpen=0&maxActive=0";

    private final Scheduler scheduler = Scheduler.real();

    @AfterEach
    void closeScheduler() {
        scheduler.close();
    }

    private Drive open(String uri) throws Exception {
        return Ocssd.open(uri, scheduler, OpenOptions.defaults());
    }

    private static TargetInfo create(Drive drive, String name, TargetShare share) throws Exception {
        return drive.createTarget(new TargetRequest(name, share)).info();
    }

    @Test
    void lunsAreTakenFromDifferentChannelsAndFromThoseWithFewestTaken() throws Exception {
        try (Drive drive = open(EIGHT)) {
            assertThat(create(drive, "a", TargetShare.lunCount(3)).luns()).containsExactly(0, 2, 4);
            assertThat(create(drive, "b", TargetShare.lunCount(2)).luns()).containsExactly(1, 6);
            assertThatThrownBy(() -> create(drive, "c", TargetShare.lunCount(4)))
                    .isInstanceOf(NoSpaceException.class)
                    .hasMessage("4 LUNs were asked for, and 3 are left");
            assertThat(create(drive, "c", TargetShare.lunCount(2)).luns()).containsExactly(3, 5);
            assertThat(create(drive, "d", TargetShare.rest()).luns()).containsExactly(7);
            assertThatThrownBy(() -> create(drive, "e", TargetShare.rest()))
                    .isInstanceOf(BusyException.class)
                    .hasMessage("every LUN belongs to a target: a, b, c, d");
            assertThat(drive.targets()).hasSize(4);
        }
    }

    @Test
    void everyChannelGivesOneBeforeAnyGivesTwo() throws Exception {
        try (Drive drive = open(EIGHT)) {
            assertThat(create(drive, "a", TargetShare.lunCount(6)).luns()).containsExactly(0, 1, 2, 3, 4, 6);
        }
    }

    @Test
    void aCapacityIsGivenInLunsAndCountsWhatEveryStreamMayTake() throws Exception {
        try (Drive drive = open(EIGHT)) {
            // LUN 0 and LUN 2 have two blocks of the label each.
            TargetInfo a = create(drive, "a", TargetShare.capacity(14 * BLOCK));
            assertThat(a.luns()).containsExactly(0, 2, 4);
            TargetInfo b = drive.createTarget(
                            new TargetRequest("b", TargetShare.capacity(14 * BLOCK + 1)).withOverprovision(0.25))
                    .info();
            assertThat(b.luns()).hasSize(3);
            assertThat(b.overprovision()).isEqualTo(0.25);
            Vblocks vblocks = drive.target("b").vblocks();
            assertThat(vblocks.available(1)).isEqualTo(18 - Journal.FEWEST_BLOCKS);
            assertThatThrownBy(() -> create(drive, "c", TargetShare.capacity(17 * BLOCK)))
                    .isInstanceOf(NoSpaceException.class)
                    .hasMessage(17 * BLOCK + " bytes were asked for, and " + 14 * BLOCK + " are left");
        }
    }

    @Test
    void aDriveOfOneLunIsSharedOutInBlocks() throws Exception {
        try (Drive drive = open(ZONES)) {
            long zone = 24 * 4096;
            TargetInfo a = create(drive, "a", TargetShare.capacity(5 * zone));
            TargetInfo b = create(drive, "b", TargetShare.capacity(4 * zone - 1));
            assertThat(a.luns()).containsExactly(0);
            assertThat(a.blocks()).containsExactly(new BlockRange(2, 7));
            assertThat(b.blocks()).containsExactly(new BlockRange(9, 6));
            assertThatThrownBy(() -> create(drive, "c", TargetShare.luns(List.of(0))))
                    .isInstanceOf(BusyException.class)
                    .hasMessage("blocks of LUN 0 belong to other targets: a, b");
            assertThatThrownBy(() -> create(drive, "c", TargetShare.lunCount(2)))
                    .isInstanceOf(NoSpaceException.class);
            TargetInfo c = create(drive, "c", TargetShare.rest());
            assertThat(c.blocks()).containsExactly(new BlockRange(15, 7));
            Geometry geometry = drive.device().geometry();
            assertThat(List.of(a.blockCount(geometry), b.blockCount(geometry), c.blockCount(geometry)))
                    .containsExactly(7, 6, 7);
            for (String name : List.of("a", "b", "c")) {
                assertThat(drive.target(name).vblocks().available(1))
                        .isEqualTo(drive.target(name).info().blockCount(geometry) - Journal.FEWEST_BLOCKS);
            }
            assertThatThrownBy(() -> create(drive, "d", TargetShare.capacity(1)))
                    .isInstanceOf(NoSpaceException.class)
                    .hasMessageContaining("0 are left");
        }
    }

    @Test
    void onlyGarbageCollectionTakesTheBlocksThatAreKeptForIt() throws Exception {
        try (Drive drive = open(EIGHT)) {
            Vblocks vblocks = drive.createTarget(
                            new TargetRequest("t", TargetShare.luns(List.of(1))).withOverprovision(0.2))
                    .vblocks();
            // 8 blocks, 1.6 of them: 2. And two for the journal.
            assertThat(vblocks.available(1)).isEqualTo(4);
            for (int i = 0; i < 4; i++) {
                try (VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 1, 0))) {
                    writer.seal();
                }
            }
            assertThat(vblocks.available(1)).isZero();
            assertThatThrownBy(() -> vblocks.allocate(new VblockRequest(Stream.LOG, 1, 0)))
                    .isInstanceOf(NoSpaceException.class)
                    .hasMessageContaining("free blocks=4, kept for garbage collection=2, kept for the journal=2");
            for (int i = 0; i < 2; i++) {
                vblocks.allocate(new VblockRequest(Stream.GC, 1, 0)).seal();
            }
            assertThatThrownBy(() -> vblocks.allocate(new VblockRequest(Stream.GC, 1, 0)))
                    .isInstanceOf(NoSpaceException.class);
            vblocks.list().get(0).erase();
            assertThatThrownBy(() -> vblocks.allocate(new VblockRequest(Stream.DATA, 1, 0)))
                    .isInstanceOf(NoSpaceException.class);
            for (int i = 0; i < 2; i++) {
                vblocks.list().get(0).erase();
            }
            vblocks.allocate(new VblockRequest(Stream.DATA, 1, 0)).seal();
            assertThat(vblocks.available(1)).isZero();
        }
    }

    @Test
    void tooMuchForGarbageCollectionLeavesNoTarget() throws Exception {
        try (Drive drive = open(EIGHT)) {
            assertThatThrownBy(() -> drive.createTarget(
                            new TargetRequest("t", TargetShare.luns(List.of(1))).withOverprovision(0.6)))
                    .isInstanceOf(NoSpaceException.class)
                    .hasMessageContaining("8 usable blocks for the target, 5 of them for garbage collection");
            assertThat(drive.targets()).isEmpty();
        }
    }

    @Test
    void theLimitOfOpenBlocksIsSharedOutInProportion() throws Exception {
        try (Drive drive = open(EIGHT + "&maxOpen=17")) {
            assertThat(create(drive, "a", TargetShare.lunCount(4)).openBlocks()).isEqualTo(8);
            // At least four, whatever the share.
            assertThat(create(drive, "b", TargetShare.lunCount(1)).openBlocks()).isEqualTo(4);
            assertThat(create(drive, "c", TargetShare.lunCount(1)).openBlocks()).isEqualTo(4);
            assertThatThrownBy(() -> create(drive, "d", TargetShare.lunCount(1)))
                    .isInstanceOf(NoSpaceException.class)
                    .hasMessage("the drive allows 16 open blocks, \"a\" has 8, \"b\" has 4, \"c\" has 4, and a target"
                            + " needs 4");
            assertThat(drive.targets()).hasSize(3);
        }
        try (Drive drive = open(EIGHT + "&maxOpen=17")) {
            assertThat(drive.createTarget(new TargetRequest("a", TargetShare.lunCount(1)).withOpenBlocks(11))
                            .info()
                            .openBlocks())
                    .isEqualTo(11);
            assertThatThrownBy(
                            () -> drive.createTarget(new TargetRequest("b", TargetShare.lunCount(1)).withOpenBlocks(6)))
                    .isInstanceOf(NoSpaceException.class)
                    .hasMessageContaining("\"a\" has 11, and the target is to have 6");
            assertThat(create(drive, "b", TargetShare.rest()).openBlocks()).isEqualTo(5);
            assertThat(drive.target("b").vblocks().maxWriters(1)).isEqualTo(4);
        }
    }

    @Test
    void aTargetKeepsToItsBudgets() throws Exception {
        try (Drive drive = open(EIGHT)) {
            Vblocks vblocks = drive.createTarget(
                            TargetRequest.wholeDrive("t").withOpenBlocks(7).withWindowBytes(1 << 20))
                    .vblocks();
            assertThat(drive.target("t").info().windowBytes()).isEqualTo(1 << 20);
            assertThat(vblocks.maxWriters(4)).isEqualTo(1);
            vblocks.allocate(new VblockRequest(Stream.DATA, 4, 0));
            assertThatThrownBy(() -> vblocks.allocate(new VblockRequest(Stream.DATA, 4, 0)))
                    .hasMessageContaining("7 open blocks, 5 are open");
            vblocks.allocate(new VblockRequest(Stream.DATA, 2, 0));
        }
        try (Drive drive = open(EIGHT)) {
            assertThatThrownBy(() ->
                            drive.createTarget(TargetRequest.wholeDrive("t").withWindowBytes(5)))
                    .isInstanceOf(NoSpaceException.class)
                    .hasMessageContaining("more than the 5 the target is to have");
        }
    }

    @Test
    void whatNoDriveCouldGiveIsMisuse() {
        TargetRequest request = TargetRequest.wholeDrive("t");
        for (double fraction : new double[] {-0.1, 1, Double.NaN}) {
            assertThatThrownBy(() -> request.withOverprovision(fraction))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("overprovision=");
        }
        assertThatThrownBy(() -> request.withOpenBlocks(3)).hasMessage("openBlocks=3: a target needs at least 4");
        assertThatThrownBy(() -> request.withWindowBytes(-1)).hasMessageContaining("windowBytes=-1");
        assertThatThrownBy(() -> TargetShare.lunCount(0)).hasMessageContaining("lunCount=0");
        assertThatThrownBy(() -> TargetShare.capacity(0)).hasMessageContaining("capacity=0");
        assertThatThrownBy(() -> TargetShare.luns(List.of())).hasMessageContaining("no LUN");
        assertThatThrownBy(() -> TargetShare.luns(List.of(1, 1))).hasMessageContaining("twice");
        for (String name : List.of("", "a b", "ä", "x".repeat(33))) {
            assertThatThrownBy(() -> TargetRequest.wholeDrive(name)).hasMessageContaining("target name");
        }
    }
}
