package io.ocssd.ftl.vblock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.ByteClass;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.IoCommand.Operation;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.error.BusyException;
import io.ocssd.error.ReadOnlyException;
import io.ocssd.ftl.MeddlingDevice;
import io.ocssd.ftl.target.LabelDriveProvider;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.BadBlock;
import io.ocssd.target.Drive;
import io.ocssd.target.LifetimeCounters;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.Target;
import io.ocssd.target.TargetChange;
import io.ocssd.target.TargetRequest;
import io.ocssd.target.TargetShare;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a target remembers over openings, and what it leaves alone when it is opened read-only. */
final class JournalledTargetTest {
    private final Scheduler scheduler = Scheduler.real();
    private MeddlingDevice device;
    private Drive drive;
    private Target target;
    private Vblocks vblocks;

    @BeforeEach
    void open() throws IOException {
        device = new MeddlingDevice(Ocssd.openDevice("mem:?profile=tiny&factoryBad=0&sectorBytes=512", scheduler));
        drive = new LabelDriveProvider().open(device, scheduler, OpenOptions.defaults());
        use(drive.createTarget(TargetRequest.wholeDrive("t")));
    }

    @AfterEach
    void close() {
        drive.close();
        scheduler.close();
    }

    @Test
    void aBlockInWhichAProgramFailedIsNeverUsedAgain() throws Exception {
        int available = vblocks.available(1);
        VblockWriter writer = vblocks.allocate(request(2));
        AtomicInteger seen = new AtomicInteger();
        long[] failed = new long[1];
        device.meddle(command -> {
            if (command.operation() == Operation.WRITE && seen.incrementAndGet() == 2) {
                failed[0] = Ppa.blockOf(command.address(0));
                return NvmeStatus.WRITE_FAULT;
            }
            return 0;
        });
        writer.append(filled(9000));
        writer.seal();
        device.meddle(command -> 0);
        assertThat(target.badBlocks()).isEmpty();
        writer.vblock().erase();
        int block = device.geometry().blockIndex(failed[0]);
        BadBlock bad = new BadBlock(block, BadBlock.Reason.PROGRAM_FAILED);
        assertThat(target.badBlocks()).containsExactly(bad);
        reopen();
        assertThat(target.badBlocks()).containsExactly(bad);
        assertThat(vblocks.available(1)).isEqualTo(available - 1);
        failOn(block, operation -> operation != Operation.READ);
        fillUp();
        assertThat(vblocks.statistics().failedPrograms()).isZero();
    }

    @Test
    void whatATargetHasDoneSinceItWasMadeIsCountedOverOpenings() throws Exception {
        assertThat(target.lifetime()).isEqualTo(LifetimeCounters.ZERO);
        for (int opening = 1; opening <= 3; opening++) {
            LifetimeCounters before = target.lifetime();
            assertThat(before.payloadBytes()).isEqualTo(9000L * (opening - 1));
            DeviceCounters sinceOpened = vblocks.statistics().device();
            VblockWriter writer = vblocks.allocate(request(2));
            writer.append(filled(9000));
            writer.seal();
            // Of more than one block, so that the journal records it, and the counters beside.
            writer.vblock().erase();
            DeviceCounters now = vblocks.statistics().device();
            LifetimeCounters after = target.lifetime();
            assertThat(after.payloadBytes() - before.payloadBytes()).isEqualTo(9000);
            for (ByteClass each : List.of(ByteClass.PADDING, ByteClass.METADATA)) {
                assertThat(bytes(after, each) - bytes(before, each))
                        .as(each.label())
                        .isEqualTo(now.programmedBytes(each) - sinceOpened.programmedBytes(each))
                        .isPositive();
            }
            assertThat(after.erases() - before.erases())
                    .isEqualTo(now.erases() - sinceOpened.erases())
                    .isGreaterThanOrEqualTo(2);
            reopen();
            // Closing recorded all of it; the record itself and what recovery did come on top.
            assertThat(target.lifetime().erases()).isEqualTo(after.erases());
            assertThat(bytes(target.lifetime(), ByteClass.METADATA))
                    .isGreaterThanOrEqualTo(bytes(after, ByteClass.METADATA));
        }
    }

    private static long bytes(LifetimeCounters counters, ByteClass of) {
        return of == ByteClass.PADDING ? counters.paddingBytes() : counters.metadataBytes();
    }

    @Test
    void aVblockWhoseEraseWasCutIsGoneThoughABlockOfItIsOffline() throws Exception {
        VblockWriter writer = vblocks.allocate(request(4));
        writer.append(filled(20_000));
        writer.seal();
        List<Integer> luns = writer.vblock().luns();
        int available = vblocks.available(1);
        BlockReport before = device.report();
        int[] offline = {-1};
        int[] left = {0};
        for (int block = 0; block < device.geometry().blocks(); block++) {
            if (before.state(block) == BlockState.CLOSED
                    && !drive.reservedBlocks().contains(block)) {
                left[0]++;
                offline[0] = block;
            }
        }
        assertThat(left[0]).isEqualTo(luns.size());
        eraseByHalf(writer.vblock());
        device.stayOpen(true);
        drive.close();
        device.meddle(command -> 0);
        device.editReports(report -> report.set(offline[0], BlockState.OFFLINE, 0, 1));
        reopen();
        assertThat(vblocks.list()).isEmpty();
        assertThat(target.recovery().erasedBlocks()).isEqualTo(3);
        assertThat(vblocks.available(1)).isEqualTo(available + 3);
    }

    @Test
    void whereRecoverySealedAVblockIsRememberedAndNotSearchedAgain() throws Exception {
        long[] ids = new long[3];
        for (int i = 0; i < ids.length; i++) {
            VblockWriter writer = vblocks.allocate(request(1 + i));
            writer.append(filled(5000 + i));
            writer.sync();
            ids[i] = writer.vblock().id();
            writer.close();
        }
        BlockReport before = device.report();
        AtomicInteger dataRead = new AtomicInteger();
        int wsMin = device.limits().wsMin();
        MeddlingDevice.Meddler count = command -> {
            for (int i = 0; i < command.count(); i++) {
                boolean vblock = before.state(device.geometry().blockIndex(command.address(i))) == BlockState.OPEN;
                // Not headers, nor the last units, in which labels and summaries are looked for.
                int sector = Ppa.sector(command.address(i));
                boolean data = sector >= wsMin && sector < device.geometry().sectorsPerBlock() - wsMin;
                dataRead.addAndGet(command.operation() == Operation.READ && vblock && data ? 1 : 0);
            }
            return 0;
        };
        device.meddle(count);
        reopen();
        assertThat(dataRead.getAndSet(0)).isPositive();
        assertThat(target.recovery().resealed()).isEqualTo(3);
        reopen();
        assertThat(dataRead.get()).isZero();
        assertThat(target.recovery().resealed()).isZero();
        device.meddle(command -> 0);
        for (int i = 0; i < ids.length; i++) {
            Vblock vblock = vblocks.open(ids[i]);
            assertThat(vblock.length()).isEqualTo(5000 + i);
            ByteBuffer read = ByteBuffer.allocate(5000 + i);
            vblock.read(0, read);
            assertThat(read.array()).isEqualTo(filled(5000 + i).array());
        }
    }

    @Test
    void aBlockIsMarkedBadForGood() throws Exception {
        Vblock vblock = vblocks.allocate(request(1)).vblock();
        int available = vblocks.available(1);
        int held = heldBlock();
        assertThatThrownBy(() -> target.markBad(held))
                .isInstanceOf(BusyException.class)
                .hasMessage("block " + held + " belongs to vblock " + Long.toHexString(vblock.id()));
        int free = held == 40 ? 41 : 40;
        target.markBad(free);
        target.markBad(free);
        BadBlock bad = new BadBlock(free, BadBlock.Reason.MARKED);
        assertThat(target.badBlocks()).containsExactly(bad);
        assertThat(vblocks.available(1)).isEqualTo(available - 1);
        // The journal moves out of a block of its own.
        int journal = -1;
        for (int block = 0; block < device.geometry().blocks(); block++) {
            if (device.report().state(block) == BlockState.OPEN && block != held) {
                journal = block;
            }
        }
        target.markBad(journal);
        assertThat(target.badBlocks()).hasSize(2).contains(new BadBlock(journal, BadBlock.Reason.MARKED));
        assertThatThrownBy(() -> target.markBad(drive.reservedBlocks().get(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not one of the target's");
        reopen();
        assertThat(target.badBlocks()).hasSize(2).contains(bad);
        assertThat(vblocks.available(1)).isEqualTo(available - 2);
    }

    @Test
    void theJournalLeavesALunThatIsGivenBack() throws Exception {
        Vblock vblock = vblocks.allocate(request(2)).vblock();
        for (int lun = 0; lun < 4; lun++) {
            target.markBad(lun * 16 + 15);
        }
        assertThat(vblock.width()).isEqualTo(2);
        reopen();
        vblocks.list().forEach(JournalledTargetTest::erase);
        for (int lun = 0; lun < 4; lun++) {
            drive.resizeTarget("t", TargetChange.none().withShare(TargetShare.luns(List.of(lun))));
            assertThat(target.info().luns()).containsExactly(lun);
            assertThat(target.badBlocks()).extracting(BadBlock::block).containsExactly(lun * 16 + 15);
            drive.resizeTarget("t", TargetChange.none().withShare(TargetShare.rest()));
        }
        assertThat(target.badBlocks()).hasSize(4);
    }

    @Test
    void readOnlyNothingIsProgrammedOrErased() throws Exception {
        VblockWriter sealed = vblocks.allocate(request(2));
        sealed.append(filled(3000));
        sealed.seal();
        VblockWriter open = vblocks.allocate(request(1));
        open.append(filled(6000));
        open.sync();
        open.close();
        AtomicInteger writes = new AtomicInteger();
        device.meddle(command -> {
            writes.addAndGet(command.operation() == Operation.READ ? 0 : 1);
            return 0;
        });
        restart(OpenOptions.defaults().withReadOnly());
        assertThat(target.recovery().paddedSectors()).isZero();
        assertThat(target.recovery().sectorsToRecover()).isPositive();
        Vblock found = vblocks.open(sealed.vblock().id());
        assertThat(found.length()).isEqualTo(3000);
        ByteBuffer read = ByteBuffer.allocate(3000);
        found.read(0, read);
        assertThat(read.array()).isEqualTo(filled(3000).array());
        assertThatThrownBy(found::erase).isInstanceOf(ReadOnlyException.class);
        assertThatThrownBy(() -> vblocks.allocate(request(1)))
                .isInstanceOf(ReadOnlyException.class)
                .hasMessage("the drive was opened read-only: its vblocks can't be changed");
        assertThatThrownBy(() -> target.markBad(40)).isInstanceOf(ReadOnlyException.class);
        assertThatThrownBy(() -> drive.createTarget(TargetRequest.wholeDrive("u")))
                .isInstanceOf(ReadOnlyException.class);
        assertThatThrownBy(() -> drive.resizeTarget("t", TargetChange.none())).isInstanceOf(ReadOnlyException.class);
        assertThatThrownBy(() -> drive.removeTarget("t")).isInstanceOf(ReadOnlyException.class);
        device.stayOpen(true);
        drive.close();
        assertThat(writes.get()).isZero();
        device.meddle(command -> 0);
        restart(OpenOptions.defaults());
        assertThat(target.recovery().sectorsToRecover()).isZero();
        assertThat(vblocks.open(open.vblock().id()).length()).isEqualTo(6000);
    }

    /** Erases a vblock by half: the journal knows of it, no block was erased, and nobody could note that. */
    private void eraseByHalf(Vblock vblock) throws IOException {
        AtomicInteger erases = new AtomicInteger();
        device.meddle(command -> {
            boolean erase = command.operation() == Operation.ERASE;
            erases.addAndGet(erase ? 1 : 0);
            // From the first erase on nothing reaches the media any more.
            return erase || (command.operation() == Operation.WRITE && erases.get() > 0) ? NvmeStatus.WRITE_FAULT : 0;
        });
        vblock.erase();
    }

    private void failOn(int block, Predicate<Operation> operations) {
        device.meddle(command ->
                operations.test(command.operation()) && device.geometry().blockIndex(command.address(0)) == block
                        ? NvmeStatus.WRITE_FAULT
                        : 0);
    }

    private void fillUp() throws IOException {
        while (vblocks.available(1) > 0) {
            vblocks.allocate(request(1)).seal();
        }
    }

    /** The block of the only vblock that is open. */
    private int heldBlock() throws IOException {
        BlockReport report = device.report();
        for (int block = 0; block < device.geometry().blocks(); block++) {
            if (report.state(block) == BlockState.OPEN) {
                return block;
            }
        }
        throw new AssertionError("no block is open");
    }

    private void reopen() throws IOException {
        restart(OpenOptions.defaults());
    }

    private void restart(OpenOptions options) throws IOException {
        device.stayOpen(true);
        drive.close();
        device.stayOpen(false);
        drive = new LabelDriveProvider().open(device, scheduler, options);
        use(drive.target("t"));
    }

    private void use(Target opened) {
        target = opened;
        vblocks = opened.vblocks();
    }

    private static void erase(Vblock vblock) {
        try {
            vblock.erase();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static VblockRequest request(int width) {
        return new VblockRequest(Stream.DATA, width, 0);
    }

    private static ByteBuffer filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 7);
        return ByteBuffer.wrap(bytes);
    }
}
