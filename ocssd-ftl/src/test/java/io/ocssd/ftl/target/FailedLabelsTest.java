package io.ocssd.ftl.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoCommand.Operation;
import io.ocssd.device.IoQueue;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.error.CorruptException;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import io.ocssd.ftl.MeddlingDevice;
import io.ocssd.ftl.TestDrive;
import io.ocssd.ftl.media.Media;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.Target;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels that could not be written, and what comes after them. */
final class FailedLabelsTest {
    private static final String TINY = "mem:?profile=tiny&factoryBad=0&sectorBytes=512";

    /** Each is told apart by its epoch. */
    @Test
    void aLabelThatWasSaidToHaveFailedNeverCountsBeforeALaterOne() throws Exception {
        try (Scheduler scheduler = Scheduler.real();
                FlashDevice device = Ocssd.openDevice(TINY, scheduler)) {
            MeddlingDevice meddling = new MeddlingDevice(device);
            Media media = new Media(meddling, scheduler);
            LabelKeeper keeper = new LabelKeeper(media, (lun, others) -> -1);
            Label first = keeper.orFirst(device.report());
            keeper.replace(first.withMountEpoch(1));
            int recordSector =
                    device.geometry().sectorsPerBlock() - device.limits().wsMin();
            boolean[] there = new boolean[1];
            // It is there, and the device says that it is not; nor can it be erased again.
            meddling.meddle(command -> {
                boolean erase = command.operation() == Operation.ERASE;
                boolean record =
                        command.operation() == Operation.WRITE && Ppa.sector(command.address(0)) == recordSector;
                boolean firstCopy =
                        device.geometry().lunIndex(command.address(0)) == LabelPlaces.lun(media.geometry(), 0);
                if (record && firstCopy) {
                    there[0] = execute(device, command) == NvmeStatus.SUCCESS;
                }
                return record || (erase && there[0]) ? NvmeStatus.WRITE_FAULT : 0;
            });
            assertThatThrownBy(() -> keeper.replace(keeper.label().withMountEpoch(7)))
                    .isInstanceOf(DeviceException.class);
            assertThat(there[0]).isTrue();
            assertThat(keeper.label().mountEpoch()).isEqualTo(1);
            meddling.meddle(command -> command.operation() == Operation.ERASE
                            && device.geometry().lunIndex(command.address(0)) == LabelPlaces.lun(media.geometry(), 0)
                    ? NvmeStatus.WRITE_FAULT
                    : 0);
            keeper.replace(keeper.label().withMountEpoch(9));
            assertThat(new LabelStore(media).load(device.report()).mountEpoch()).isEqualTo(9);
            media.closePaths();
        }
    }

    @Test
    void aRemovalWhoseLabelFailsLeavesNoBlockCountedAsOpen() throws Exception {
        try (Scheduler scheduler = Scheduler.real();
                FlashDevice device = Ocssd.openDevice(TINY + "&maxOpen=11", scheduler)) {
            MeddlingDevice meddling = new MeddlingDevice(device);
            meddling.stayOpen(true);
            try (Drive drive = open(meddling, scheduler)) {
                Vblocks vblocks = drive.createTarget(new TargetRequest("a", List.of(0, 1)))
                        .vblocks();
                for (int i = 0; i < 4; i++) {
                    vblocks.allocate(new VblockRequest(Stream.DATA, 1, 0));
                }
            }
            try (Drive drive = open(meddling, scheduler)) {
                int[] erases = new int[1];
                // The label of the first step is written, and the one of the last is not.
                meddling.meddle(command -> {
                    erases[0] += command.operation() == Operation.ERASE ? 1 : 0;
                    return erases[0] > 2 && command.operation() == Operation.WRITE ? NvmeStatus.WRITE_FAULT : 0;
                });
                assertThatThrownBy(() -> drive.removeTarget("a")).isInstanceOf(DeviceException.class);
                meddling.meddle(command -> 0);
                drive.removeTarget("a");
                Vblocks vblocks =
                        drive.createTarget(TargetRequest.wholeDrive("b")).vblocks();
                // One of the drive's is the label's, one the journal's.
                for (int i = 0; i < 9; i++) {
                    VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 1, 0));
                    assertThat(writer.vblock().isSealed()).isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"profile=tiny&sectorBytes=512", "profile=zns-small&sectors=24&sectorBytes=512"})
    void anOlderLabelIsNotTakenSilentlyForTheNewestOne(String shape) throws Exception {
        try (TestDrive image = TestDrive.create(shape + "&factoryBad=0")) {
            Label[] labels = new Label[2];
            Geometry[] geometry = new Geometry[1];
            for (int i = 0; i < 2; i++) {
                try (Scheduler scheduler = Scheduler.real()) {
                    try (Drive drive = image.open(scheduler, "")) {
                        Target t = i == 0 ? drive.createTarget(TargetRequest.wholeDrive("t")) : drive.target("t");
                        t.vblocks()
                                .allocate(new VblockRequest(Stream.DATA, 1, 0))
                                .seal();
                    }
                    try (FlashDevice device = Ocssd.openDevice("emu:" + image.file(), scheduler)) {
                        geometry[0] = device.geometry();
                        labels[i] = new LabelStore(new Media(device, scheduler)).load(device.report());
                    }
                }
            }
            // Of the newest label; of one of its copies, if there are two; of the one before.
            assertOpens(image, unreadable(geometry[0], labels[1], labels[1].copies()), false);
            assertOpens(image, unreadable(geometry[0], labels[1], labels[1].copies() - 1), true);
            assertOpens(image, unreadable(geometry[0], labels[0], labels[0].copies() - 1), true);
        }
    }

    private static void assertOpens(TestDrive image, String faults, boolean opens) throws Exception {
        String uri = faults.isEmpty() ? "emu:" + image.file() : "faults+emu:" + image.file() + "?" + faults;
        try (Scheduler scheduler = Scheduler.real()) {
            if (opens) {
                Ocssd.open(uri, scheduler, OpenOptions.defaults()).close();
            } else {
                assertThatThrownBy(() -> Ocssd.open(uri, scheduler, OpenOptions.defaults()))
                        .isInstanceOf(CorruptException.class)
                        .hasMessageContaining("can't be read, and it may be newer than the one that can");
            }
            try (Drive drive = Ocssd.open(uri, scheduler, OpenOptions.defaults().withReadOnly())) {
                assertThat(drive.targets()).hasSize(1);
            }
        }
    }

    private static String unreadable(Geometry geometry, Label label, int copies) {
        List<String> rules = new ArrayList<>();
        for (int copy = 0; copy < copies; copy++) {
            long ppa = geometry.blockPpa(label.block(copy));
            rules.add("unreadable,group=" + Ppa.channel(ppa) + ",punit=" + Ppa.lun(ppa) + ",chunk=" + Ppa.block(ppa));
        }
        return rules.isEmpty() ? "" : "faults.rules=" + String.join(";", rules);
    }

    private static Drive open(FlashDevice device, Scheduler scheduler) throws Exception {
        return new LabelDriveProvider().open(device, scheduler, OpenOptions.defaults());
    }

    private static int execute(FlashDevice device, IoCommand command) {
        Completion completion = new Completion();
        try (IoQueue queue = device.openQueue(1)) {
            queue.submit(command);
            queue.await(1, Long.MAX_VALUE);
            queue.poll(completion);
        } catch (GoneException e) {
            throw new AssertionError(e);
        }
        return completion.status();
    }
}
