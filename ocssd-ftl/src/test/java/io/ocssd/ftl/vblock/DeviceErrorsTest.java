package io.ocssd.ftl.vblock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoCommand.Operation;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.error.CorruptException;
import io.ocssd.error.DeviceException;
import io.ocssd.error.NotFoundException;
import io.ocssd.ftl.MeddlingDevice;
import io.ocssd.ftl.target.LabelDriveProvider;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of errors of single commands, and of what happens right before one. */
final class DeviceErrorsTest {
    private final Scheduler scheduler = Scheduler.real();
    private MeddlingDevice device;
    private Drive drive;
    private Vblocks vblocks;

    @BeforeEach
    void open() throws IOException {
        device = new MeddlingDevice(Ocssd.openDevice("mem:?profile=tiny&factoryBad=0&sectorBytes=512", scheduler));
        drive = new LabelDriveProvider().open(device, scheduler, OpenOptions.defaults());
        vblocks = drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
        // The epoch's label is out of the way.
        VblockWriter first = vblocks.allocate(request(1));
        first.close();
        first.vblock().erase();
    }

    @AfterEach
    void close() {
        drive.close();
        scheduler.close();
    }

    @Test
    void failedProgramIsDoneAgainElsewhereAndItsBlockIsRetired() throws Exception {
        int available = vblocks.available(1);
        VblockWriter writer = vblocks.allocate(request(2));
        writer.append(ByteBuffer.wrap(filled(3000, 1)));
        writer.sync();
        failNth(Operation.WRITE, 2, NvmeStatus.WRITE_FAULT);
        writer.append(ByteBuffer.wrap(filled(5000, 1)));
        writer.sync();
        assertHolds(writer.vblock(), 8000, 1);
        assertThat(vblocks.statistics().failedPrograms()).isPositive();
        assertThat(vblocks.statistics().replacedBlocks()).isEqualTo(1);
        writer.append(ByteBuffer.wrap(filled(1000, 1)));
        writer.seal();
        assertHolds(writer.vblock(), 9000, 1);
        // Only the journal's may be.
        assertThat(device.report().count(BlockState.OPEN)).isLessThanOrEqualTo(1);
        assertHolds(reopen().open(writer.vblock().id()), 9000, 1);
        writer.vblock().erase();
        assertThat(vblocks.available(1)).isEqualTo(available - 1);
        assertThat(vblocks.statistics().retiredBlocks()).isEqualTo(1);
        vblocks.allocate(request(4)).seal();
    }

    @Test
    void writerEndsWhenNoBlockIsLeftAndWhatWasSyncedStays() throws Exception {
        int available = vblocks.available(1);
        VblockWriter writer = vblocks.allocate(request(2));
        writer.append(ByteBuffer.wrap(filled(3000, 1)));
        writer.sync();
        failFrom(Operation.WRITE, 2, NvmeStatus.CHUNK_EARLY_CLOSE);
        writer.append(ByteBuffer.wrap(filled(5000, 2)));
        assertThatThrownBy(writer::sync)
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("program at ch=")
                .hasMessageContaining("write failed, chunk early close (0x2F1)");
        assertThatThrownBy(() -> writer.append(ByteBuffer.allocate(1))).isInstanceOf(DeviceException.class);
        assertThatThrownBy(writer::takeBuffer).isInstanceOf(DeviceException.class);
        assertThatThrownBy(writer::seal).isInstanceOf(DeviceException.class);
        assertHolds(writer.vblock(), 3000, 1);
        writer.close();
        assertHolds(writer.vblock(), 3000, 1);
        device.meddle(command -> 0);
        writer.vblock().erase();
        assertThat(vblocks.available(1)).isEqualTo(available);
        vblocks.allocate(request(4)).seal();
    }

    @Test
    void failedHeadersGoElsewhereUntilNoBlockIsLeft() throws Exception {
        int available = vblocks.available(1);
        for (int i = 0; i < 10; i++) {
            failNth(Operation.WRITE, 1 + i % 4, NvmeStatus.WRITE_NEXT_UNIT);
            VblockWriter writer = vblocks.allocate(request(4));
            device.meddle(command -> 0);
            writer.append(ByteBuffer.wrap(filled(20_000, i)));
            writer.seal();
            assertHolds(writer.vblock(), 20_000, i);
            restart();
            Vblock again = vblocks.open(writer.vblock().id());
            assertHolds(again, 20_000, i);
            again.erase();
        }
        assertThat(vblocks.available(1)).isEqualTo(available);
        // The label's part is over.
        VblockWriter first = vblocks.allocate(request(1));
        first.close();
        first.vblock().erase();
        failFrom(Operation.WRITE, 1, NvmeStatus.WRITE_NEXT_UNIT);
        assertThatThrownBy(() -> vblocks.allocate(request(4))).isInstanceOf(DeviceException.class);
        device.meddle(command -> 0);
        assertThat(vblocks.available(1)).isEqualTo(available);
        assertThat(vblocks.list()).isEmpty();
    }

    @Test
    void blockThatCanNotBeErasedIsRetired() throws Exception {
        int available = vblocks.available(1);
        VblockWriter writer = vblocks.allocate(request(4));
        writer.seal();
        failNth(Operation.ERASE, 2, NvmeStatus.INVALID_RESET);
        writer.vblock().erase();
        assertThat(vblocks.list()).isEmpty();
        assertThat(vblocks.available(1)).isEqualTo(available - 1);
        // For good.
        Vblocks again = reopen();
        assertThat(again.list()).isEmpty();
        assertThat(again.available(1)).isEqualTo(available - 1);
    }

    @Test
    void failedReadNamesTheAddressAndTheHandleGoesOn() throws Exception {
        VblockWriter writer = vblocks.allocate(request(4));
        writer.append(ByteBuffer.wrap(filled(20_000, 5)));
        writer.seal();
        ByteBuffer target = ByteBuffer.allocate(20_000);
        failNth(Operation.READ, 2, NvmeStatus.UNRECOVERED_READ);
        assertThatThrownBy(() -> writer.vblock().read(0, target))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("read at ch=")
                .hasMessageContaining("unrecovered read error (0x281)");
        assertThat(target.position()).isZero();
        assertHolds(writer.vblock(), 20_000, 5);
    }

    @Test
    void readOfAVblockErasedRightBeforeTheCommandFailsAlthoughItsBlocksHoldOtherBytes() throws Exception {
        VblockWriter writer = vblocks.allocate(request(4));
        writer.append(ByteBuffer.wrap(filled(20_000, 5)));
        writer.seal();
        Vblock vblock = writer.vblock();
        AtomicInteger reads = new AtomicInteger();
        device.meddle(command -> {
            if (command.operation() == Operation.READ && reads.incrementAndGet() == 1) {
                try {
                    vblock.erase();
                    while (vblocks.available(4) > 0) {
                        VblockWriter other = vblocks.allocate(request(4));
                        other.append(ByteBuffer.wrap(filled(20_000, 6)));
                        other.seal();
                    }
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
            return 0;
        });
        assertThatThrownBy(() -> vblock.read(0, ByteBuffer.allocate(20_000)))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("was erased");
    }

    @Test
    void labelNeedsOneOfItsCopies() throws Exception {
        Drive fresh = fresh();
        // Label LUN 0 takes nothing any more.
        device.meddle(command -> command.operation() == Operation.WRITE && lun(command) == 0 ? 0x280 : 0);
        fresh.createTarget(TargetRequest.wholeDrive("t"));
        device.meddle(command -> 0);
        assertThat(new LabelDriveProvider()
                        .open(device, scheduler, OpenOptions.defaults())
                        .targets())
                .hasSize(1);
        fresh = fresh();
        device.meddle(command -> command.operation() == Operation.WRITE ? 0x280 : 0);
        Drive refusing = fresh;
        assertThatThrownBy(() -> refusing.createTarget(TargetRequest.wholeDrive("t")))
                .isInstanceOf(DeviceException.class);
        assertThat(refusing.targets()).isEmpty();
        device.meddle(command -> 0);
        refusing.createTarget(TargetRequest.wholeDrive("t"));
    }

    @Test
    void blockThatRecoveryCanNotFillDoesNotStopTheOthers() throws Exception {
        VblockWriter good = vblocks.allocate(request(2));
        good.append(ByteBuffer.wrap(filled(3000, 1)));
        good.seal();
        VblockWriter open = vblocks.allocate(request(3));
        open.append(ByteBuffer.wrap(filled(1000, 2)));
        open.sync();
        failNth(Operation.WRITE, 1, NvmeStatus.WRITE_FAULT);
        Vblocks again = reopen();
        assertHolds(again.open(good.vblock().id()), 3000, 1);
        again.allocate(request(2)).seal();
        // The other one was not erased for it.
        device.meddle(command -> 0);
        again = reopen();
        assertHolds(again.open(open.vblock().id()), 1000, 2);
    }

    @Test
    void aDeadLunIsNoReasonToEraseAnything() throws Exception {
        VblockWriter writer = vblocks.allocate(request(4));
        writer.append(ByteBuffer.wrap(filled(3000, 1)));
        writer.seal();
        int perLun = device.geometry().blocksPerLun();
        takeOffline(3 * perLun, 4 * perLun);
        assertThatThrownBy(this::reopen)
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("has a block on LUN 3, of which every block is offline; nothing was erased");
        device.editReports(report -> {});
        assertHolds(reopen().open(writer.vblock().id()), 3000, 1);
    }

    @Test
    void aBlockThatIsOfflineIsNoReasonToEraseTheOthers() throws Exception {
        VblockWriter writer = vblocks.allocate(request(3));
        writer.append(ByteBuffer.wrap(filled(3000, 1)));
        writer.seal();
        BlockReport before = device.report();
        int lost = 0;
        while (before.state(lost) != BlockState.CLOSED
                || lost < device.geometry().blocksPerLun()) {
            lost++;
        }
        takeOffline(lost, lost + 1);
        assertThatThrownBy(() -> reopen().open(writer.vblock().id())).isInstanceOf(NotFoundException.class);
        device.editReports(report -> {});
        assertHolds(reopen().open(writer.vblock().id()), 3000, 1);
    }

    @Test
    void oneStatusForManyBlocksIsNotTakenForEachOfThem() throws Exception {
        List<VblockWriter> writers = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            VblockWriter writer = vblocks.allocate(request(1));
            writer.append(ByteBuffer.wrap(filled(3000, i)));
            writer.seal();
            writers.add(writer);
        }
        // Of several things that are wrong with a command the device names the mildest, and no address.
        device.meddle(command -> readsHeaders(command) ? NvmeStatus.DEALLOCATED : 0);
        restart();
        device.meddle(command -> 0);
        restart();
        for (int i = 1; i <= 8; i++) {
            assertHolds(vblocks.open(writers.get(i - 1).vblock().id()), 3000, i);
        }
    }

    private static boolean readsHeaders(IoCommand command) {
        return command.operation() == Operation.READ
                && command.sectors() >= 8
                && Ppa.sector(command.address(0)) == 0
                && Ppa.sector(command.address(command.sectors() - 1)) == 0;
    }

    private void takeOffline(int from, int to) {
        device.editReports(report -> {
            for (int block = from; block < to; block++) {
                report.set(block, BlockState.OFFLINE, 0, report.eraseCount(block));
            }
        });
    }

    /** Closes the drive and opens it again, with the same device. */
    private void restart() throws IOException {
        device.stayOpen(true);
        drive.close();
        device.stayOpen(false);
        drive = new LabelDriveProvider().open(device, scheduler, OpenOptions.defaults());
        vblocks = drive.target("t").vblocks();
    }

    private Vblocks reopen() throws IOException {
        return new LabelDriveProvider()
                .open(device, scheduler, OpenOptions.defaults())
                .target("t")
                .vblocks();
    }

    private Drive fresh() throws IOException {
        drive.close();
        device = new MeddlingDevice(Ocssd.openDevice("mem:?profile=tiny&factoryBad=0&sectorBytes=512", scheduler));
        drive = new LabelDriveProvider().open(device, scheduler, OpenOptions.defaults());
        return drive;
    }

    private void failNth(Operation operation, int n, int status) {
        AtomicInteger seen = new AtomicInteger();
        device.meddle(command -> command.operation() == operation && seen.incrementAndGet() == n ? status : 0);
    }

    private void failFrom(Operation operation, int n, int status) {
        AtomicInteger seen = new AtomicInteger();
        device.meddle(command -> command.operation() == operation && seen.incrementAndGet() >= n ? status : 0);
    }

    private int lun(IoCommand command) {
        return device.geometry().lunIndex(command.address(0));
    }

    private static VblockRequest request(int width) {
        return new VblockRequest(Stream.DATA, width, 0);
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static void assertHolds(Vblock vblock, int length, int value) throws IOException {
        ByteBuffer back = ByteBuffer.allocate(length);
        vblock.read(0, back);
        assertThat(back.array()).isEqualTo(filled(length, value));
    }
}
