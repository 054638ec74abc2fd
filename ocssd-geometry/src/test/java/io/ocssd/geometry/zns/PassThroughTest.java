package io.ocssd.geometry.zns;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockState;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.RawPage;
import io.ocssd.geometry.contract.Rig;
import io.ocssd.geometry.contract.Rig.Outcome;
import io.ocssd.geometry.natives.Errno;
import io.ocssd.geometry.natives.RecordedAbi;
import io.ocssd.geometry.zns.ZonedDouble.Answer;
import io.ocssd.geometry.zns.ZonedDouble.Call;
import io.ocssd.scheduler.Scheduler;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that are passed through to a drive: their layout, appends, pages of identification, and who may not. */
final class PassThroughTest {
    private static final int SECTOR = 4096;

    @TempDir
    Path directory;

    private final Scheduler scheduler = Scheduler.real();
    private ZonedDouble kernel;
    private DoubledHost host;

    @BeforeEach
    void makeHost() throws Exception {
        kernel = new ZonedDouble(8, 1 << 20, 768 << 10, SECTOR, 4, 6);
        kernel.isNvme = true;
        host = new DoubledHost(directory, kernel);
    }

    @AfterEach
    void closeScheduler() {
        scheduler.close();
    }

    @Test
    void offsetsSizesAndNumbers() throws Exception {
        RecordedAbi abi = new RecordedAbi("linux-x86_64-abi.txt");
        assertThat(PassThroughLayout.NVME_IOCTL_ID).isEqualTo(abi.of("NVME_IOCTL_ID"));
        assertThat(PassThroughLayout.NVME_IOCTL_ADMIN_CMD).isEqualTo(abi.of("NVME_IOCTL_ADMIN_CMD"));
        assertThat(PassThroughLayout.NVME_IOCTL_IO64_CMD).isEqualTo(abi.of("NVME_IOCTL_IO64_CMD"));
        assertThat((long) PassThroughLayout.OPCODE_OFFSET).isEqualTo(abi.of("nvme_passthru_cmd.opcode"));
        assertThat((long) PassThroughLayout.NAMESPACE_OFFSET).isEqualTo(abi.of("nvme_passthru_cmd.nsid"));
        assertThat((long) PassThroughLayout.ADDRESS_OFFSET).isEqualTo(abi.of("nvme_passthru_cmd.addr"));
        assertThat((long) PassThroughLayout.LENGTH_OFFSET).isEqualTo(abi.of("nvme_passthru_cmd.data_len"));
        assertThat((long) PassThroughLayout.CDW10_OFFSET).isEqualTo(abi.of("nvme_passthru_cmd.cdw10"));
        assertThat((long) PassThroughLayout.CDW11_OFFSET).isEqualTo(abi.of("nvme_passthru_cmd.cdw11"));
        assertThat((long) PassThroughLayout.CDW12_OFFSET).isEqualTo(abi.of("nvme_passthru_cmd.cdw12"));
        assertThat((long) PassThroughLayout.COMMAND_BYTES).isEqualTo(abi.of("nvme_passthru_cmd"));
        assertThat((long) PassThroughLayout.RESULT64_OFFSET).isEqualTo(abi.of("nvme_passthru_cmd64.result"));
        assertThat((long) PassThroughLayout.COMMAND64_BYTES).isEqualTo(abi.of("nvme_passthru_cmd64"));
    }

    /** What happens on a drive that is opened with appends by command. */
    private interface Body {
        void run(FlashDevice device, Rig rig, long zone) throws Exception;
    }

    private void onDrive(Body body) throws Exception {
        try (FlashDevice device = host.open("?append=command", scheduler);
                Rig rig = new Rig(device)) {
            body.run(device, rig, device.geometry().blockPpa(3));
        }
    }

    @Test
    void appendsGoByCommand() throws Exception {
        onDrive((device, rig, zone) -> {
            assertThat(rig.append(zone, 4)).isEqualTo(Outcome.SUCCESS);
            assertThat(rig.append(zone, 8)).isEqualTo(Outcome.SUCCESS);
            assertThat(kernel.calls(Call.WRITE)).isZero();
            assertThat(kernel.written(3)).isEqualTo(12L * SECTOR);
            assertThat(kernel.lastForced).as("no volatile cache").isFalse();
            assertThat(rig.write(zone + 12, 1)).isEqualTo(Outcome.SUCCESS);
            assertThat(rig.writePointer(zone)).isEqualTo(13);
        });
    }

    @Test
    void appendsAreForcedThroughAVolatileCache() throws Exception {
        host.attribute("queue/write_cache", "write back");
        onDrive((device, rig, zone) -> {
            assertThat(rig.append(zone, 1)).isEqualTo(Outcome.SUCCESS);
            assertThat(kernel.lastForced).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EPERM, Errno.EACCES, Errno.ENOTTY, Errno.EOPNOTSUPP})
    void whereItIsNotPermittedAppendsAreWrites(int errno) throws Exception {
        kernel.answer(Call.COMMAND, Answer.errno(errno));
        onDrive((device, rig, zone) -> {
            assertThat(rig.append(zone, 4)).isEqualTo(Outcome.SUCCESS);
            assertThat(rig.append(zone, 4)).isEqualTo(Outcome.SUCCESS);
            assertThat(kernel.calls(Call.COMMAND)).as("not tried again").isEqualTo(1);
            assertThat(kernel.calls(Call.WRITE)).isEqualTo(2);
            assertThat(rig.writePointer(zone)).isEqualTo(8);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EINVAL, Errno.EAGAIN, Errno.EBUSY, Errno.ENOMEM})
    void whatIsDeclinedOnceIsWritten(int errno) throws Exception {
        kernel.answer(Call.COMMAND, Answer.errno(errno));
        onDrive((device, rig, zone) -> {
            assertThat(rig.append(zone, 4)).isEqualTo(Outcome.SUCCESS);
            assertThat(kernel.calls(Call.WRITE)).isEqualTo(1);
            assertThat(rig.append(zone, 4)).isEqualTo(Outcome.SUCCESS);
            assertThat(kernel.calls(Call.WRITE)).isEqualTo(1);
        });
    }

    @Test
    void onADriveThatIsNoneOfNvmeAppendsAreWrites() throws Exception {
        kernel.isNvme = false;
        onDrive((device, rig, zone) -> {
            assertThat(rig.append(zone, 4)).isEqualTo(Outcome.SUCCESS);
            assertThat(kernel.calls(Call.COMMAND)).isZero();
            assertThat(device.admin().identifyPages()).isEmpty();
        });
    }

    @Test
    void anAppendThatIsTooLongForTheDriveIsAWrite() throws Exception {
        onDrive((device, rig, zone) -> {
            assertThat(rig.append(zone, 33)).isEqualTo(Outcome.SUCCESS);
            assertThat(kernel.calls(Call.COMMAND)).isZero();
        });
    }

    @Test
    void theStatusOfTheDriveIsPassedOn() throws Exception {
        kernel.answer(Call.COMMAND, bytes -> 0x41BD);
        kernel.answer(Call.COMMAND, bytes -> 0x4280);
        onDrive((device, rig, zone) -> {
            assertThat(rig.append(zone, 2)).isEqualTo(rig.refused(0x1BD, 0, 2));
            assertThat(rig.state(zone)).isEqualTo(BlockState.FREE);
            assertThat(rig.append(zone, 2)).isEqualTo(rig.refused(0x280, 0, 2));
            assertThat(rig.write(zone, 1)).as("no more writes").isEqualTo(rig.refused(0x1BA, 0, 1));
        });
    }

    @Test
    void anAppendThatWentElsewhereFails() throws Exception {
        // The kernel says it was done, and where is not what was expected.
        kernel.answer(Call.COMMAND, bytes -> 0);
        onDrive((device, rig, zone) -> assertThat(rig.append(zone, 2)).isEqualTo(rig.refused(0x280, 0, 2)));
    }

    @Test
    void aBlockLayerThatDoesNotKnowOfAnAppendIsToldByAQuestion() throws Exception {
        for (boolean ring : new boolean[] {false, true}) {
            kernel.hasRing = ring;
            onDrive((device, rig, zone) -> {
                rig.erase(zone);
                assertThat(rig.append(zone, 4)).isEqualTo(Outcome.SUCCESS);
                kernel.answer(Call.WRITE, Answer.errno(Errno.EIO));
                assertThat(rig.write(zone + 4, 4)).isEqualTo(Outcome.SUCCESS);
                rig.assertReadable(zone, 4, 8);
                kernel.answer(Call.WRITE, Answer.errno(Errno.EIO));
                assertThat(rig.write(zone + 8, 4)).as("it knows by now").isEqualTo(rig.refused(0x280, 0, 4));
            });
        }
    }

    @Test
    void pagesOfIdentification() throws Exception {
        try (FlashDevice device = host.open(scheduler)) {
            List<RawPage> pages = device.admin().identifyPages();
            assertThat(pages).extracting(RawPage::name).hasSize(4).startsWith("identify namespace");
            assertThat(pages).allSatisfy(each -> {
                assertThat(each.missing()).isEmpty();
                assertThat(each.bytes().remaining()).isEqualTo(4096);
            });
            assertThat(pages.get(0).bytes().order(ByteOrder.nativeOrder()).getInt(8))
                    .as("namespace")
                    .isEqualTo(1);
            assertThat(pages.get(2).bytes().order(ByteOrder.nativeOrder()).getLong(0))
                    .as("CNS 5 of command set 2")
                    .isEqualTo(5 | 2L << 56);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EPERM, Errno.EACCES, Errno.ENOTTY, Errno.EIO})
    void aPageThatCannotBeHadSaysWhatItTakes(int errno) throws Exception {
        kernel.answer(Call.COMMAND, Answer.errno(errno));
        kernel.answer(Call.COMMAND, bytes -> 0x4002);
        try (FlashDevice device = host.open(scheduler)) {
            List<RawPage> pages = device.admin().identifyPages();
            assertThat(pages.get(0).missing())
                    .contains(Errno.name(errno))
                    .contains(errno == Errno.EPERM || errno == Errno.EACCES ? "take CAP_SYS_ADMIN" : "");
            assertThat(pages.get(0).bytes().remaining()).isZero();
            assertThat(pages.get(1).missing()).contains("the drive does not give it: invalid field");
            assertThat(pages.get(2).missing()).isEmpty();
        }
    }
}
