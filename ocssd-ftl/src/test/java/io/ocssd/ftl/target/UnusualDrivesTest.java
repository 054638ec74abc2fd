package io.ocssd.ftl.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Limits;
import io.ocssd.error.NoSpaceException;
import io.ocssd.ftl.journal.Journal;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Drives with blocks and limits of another kind than usual. */
final class UnusualDrivesTest {
    private static final String TINY = "mem:?profile=tiny&factoryBad=0&sectorBytes=512";

    private interface Answer {
        Object of(Object usual);
    }

    private final Scheduler scheduler = Scheduler.real();
    private final Map<String, Answer> answers = new HashMap<>();

    @AfterEach
    void closeScheduler() {
        scheduler.close();
    }

    @Test
    void blocksThatAreWrittenAnywhereOrOfAnotherSizeAreLeftAlone() throws Exception {
        TreeSet<Integer> unusual = new TreeSet<>(List.of(0, 3, 17, 40, 41));
        answers.put("report", usual -> {
            BlockReport report = (BlockReport) usual;
            report.describe(0, BlockType.RANDOM, 32, 0);
            report.describe(3, BlockType.RANDOM, 32, 0);
            report.describe(17, BlockType.SEQUENTIAL, 28, 0);
            report.describe(40, BlockType.SEQUENTIAL, 36, 0);
            report.describe(41, BlockType.RANDOM, 16, 0);
            return report;
        });
        try (Drive drive = open()) {
            Vblocks vblocks = drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
            assertThat(drive.reservedBlocks()).doesNotContainAnyElementsOf(unusual);
            assertThat(vblocks.available(1)).isEqualTo(4 * 16 - 4 - unusual.size() - Journal.FEWEST_BLOCKS);
            while (vblocks.available(1) > 0) {
                try (VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 1, 0))) {
                    writer.seal();
                }
            }
            BlockReport report = drive.device().report();
            for (int block : unusual) {
                assertThat(report.state(block)).as("block " + block).isEqualTo(BlockState.FREE);
            }
        }
    }

    @Test
    void zonesBeyondTheOpenLimitAreTheDevicesOwnBusiness() throws Exception {
        answers.put("limits", usual -> limits((Limits) usual, 4, 0, 6));
        try (Drive drive = open()) {
            Vblocks vblocks = drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
            assertThat(vblocks.maxWriters(1)).isEqualTo(4);
        }
    }

    @Test
    void aLimitOfEachLunIsKeptWhereverTheBlocksAre() throws Exception {
        answers.put("limits", usual -> limits((Limits) usual, 0, 5, 0));
        try (Drive drive = open()) {
            Vblocks vblocks = drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
            assertThat(vblocks.maxWriters(1)).isEqualTo(3);
        }
        answers.put("limits", usual -> limits((Limits) usual, 0, 4, 0));
        try (Drive drive = open()) {
            assertThatThrownBy(() -> drive.createTarget(TargetRequest.wholeDrive("t")))
                    .isInstanceOf(NoSpaceException.class)
                    .hasMessageContaining("3 open blocks");
        }
    }

    private static Limits limits(Limits usual, int maxOpen, int maxOpenPerLun, int maxActive) {
        return new Limits(usual.wsMin(), usual.wsOpt(), usual.mwCunits(), maxOpen, maxOpenPerLun, maxActive);
    }

    private Drive open() throws IOException {
        FlashDevice device = Ocssd.openDevice(TINY, scheduler);
        FlashDevice unusual = (FlashDevice) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {FlashDevice.class}, (proxy, method, arguments) -> {
                    try {
                        Object usual = method.invoke(device, arguments);
                        Answer answer = answers.get(method.getName());
                        return answer == null ? usual : answer.of(usual);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new LabelDriveProvider().open(unusual, scheduler, OpenOptions.defaults());
    }
}
