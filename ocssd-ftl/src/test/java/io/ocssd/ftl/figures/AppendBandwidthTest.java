package io.ocssd.ftl.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.buffer.IoBuffer;
import io.ocssd.ftl.TestDrive;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.scheduler.Task;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Appends reach what the flash below gives: of the drive of the LightNVM paper (FAST'17, table 1: 128 LUNs of 47 MB/s, 4 GB/s
 * together) a vblock over all LUNs 95 % of what the drive writes, four vblocks of one LUN each 95 % of four LUNs.
 */
final class AppendBandwidthTest {
    private static final String DRIVE = "mem:?profile=westlake&blocks=8&payload=off&factoryBad=0";
    private static final double DRIVE_MEGABYTES = 4000;
    private static final double LUN_MEGABYTES = 47;
    private static final double SHARE = 0.95;
    private static final double NANOS_PER_MICRO = 1000;

    @Test
    void one_vblock_over_all_luns_writes_as_fast_as_the_drive() throws Exception {
        assertThat(megabytesPerSecond(1, 128)).isGreaterThan(SHARE * DRIVE_MEGABYTES);
    }

    @Test
    void four_vblocks_of_a_lun_each_write_as_fast_as_four_luns() throws Exception {
        assertThat(megabytesPerSecond(4, 1)).isGreaterThan(SHARE * 4 * LUN_MEGABYTES);
    }

    /** Payload of {@code writers} tasks that append to a vblock each, over the time until all of it is durable. */
    private static double megabytesPerSecond(int writers, int width) throws Exception {
        return TestDrive.simulated(1, scheduler -> {
            OpenOptions options =
                    OpenOptions.defaults().withWindowBytes(1L << 30).withPlacement(PolicyChoice.of("least-loaded"));
            try (Drive drive = Ocssd.open(DRIVE, scheduler, options)) {
                Vblocks vblocks =
                        drive.createTarget(TargetRequest.wholeDrive("bulk")).vblocks();
                List<VblockWriter> open = new ArrayList<>();
                for (int i = 0; i < writers; i++) {
                    open.add(vblocks.allocate(new VblockRequest(Stream.DATA, width, i)));
                }
                long start = scheduler.nanoTime();
                List<Task> tasks = new ArrayList<>();
                for (VblockWriter writer : open) {
                    tasks.add(scheduler.spawn("writer", () -> fill(writer)));
                }
                for (Task task : tasks) {
                    task.join();
                }
                long bytes = 0;
                for (VblockWriter writer : open) {
                    bytes += writer.vblock().length();
                }
                return bytes / ((scheduler.nanoTime() - start) / NANOS_PER_MICRO);
            }
        });
    }

    private static void fill(VblockWriter writer) throws Exception {
        while (true) {
            IoBuffer buffer = writer.takeBuffer();
            if (buffer.bytes().remaining() > writer.remaining(false)) {
                buffer.release();
                break;
            }
            writer.append(buffer);
        }
        writer.sync();
    }
}
