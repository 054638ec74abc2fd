package io.ocssd.ftl.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.buffer.IoBuffer;
import io.ocssd.ftl.TestDrive;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Task;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * A record that is appended to a log and synced waits for at most one program or erase more than on an idle drive, however
 * many bulk writers fill and erase vblocks on all LUNs meanwhile: p99.9 against p99.9.
 */
final class LogLatencyTest {
    private static final int RECORDS = Boolean.getBoolean("ocssd.campaign") ? 20_000 : 1_000;
    private static final int RECORD_BYTES = 1000;
    private static final String DRIVE = "mem:?profile=westlake&channels=4&luns=2&blocks=24&payload=off&factoryBad=0";
    private static final long BETWEEN_NANOS = 3_000_000;
    private static final double QUANTILE = 0.999;

    @Test
    void a_log_waits_for_one_program_or_erase_of_others_at_most() throws Exception {
        long alone = tail(0, 1);
        for (int writers : new int[] {1, 4, 12}) {
            for (int width : new int[] {1, 8}) {
                long beside = tail(writers, width);
                long longest = TestDrive.simulated(1, LogLatencyTest::longestOperation);
                assertThat(beside - alone)
                        .as(
                                "p99.9 of a log's syncs beside %d writers of width %d: %d ns, alone %d",
                                writers, width, beside, alone)
                        .isLessThanOrEqualTo(longest);
            }
        }
    }

    private static long longestOperation(Scheduler scheduler) throws Exception {
        try (Drive drive = Ocssd.open(DRIVE, scheduler, OpenOptions.defaults())) {
            return Math.max(
                    drive.device().timings().maxProgramNanos(),
                    drive.device().timings().maxEraseNanos());
        }
    }

    /** The quantile of the time from a record's append until it is durable. */
    private static long tail(int writers, int width) throws Exception {
        return TestDrive.simulated(7, scheduler -> {
            OpenOptions options = OpenOptions.defaults().withWindowBytes(1L << 30);
            try (Drive drive = Ocssd.open(DRIVE, scheduler, options)) {
                Vblocks vblocks =
                        drive.createTarget(TargetRequest.wholeDrive("shared")).vblocks();
                AtomicBoolean stop = new AtomicBoolean();
                List<Task> tasks = new ArrayList<>();
                for (int i = 0; i < writers; i++) {
                    tasks.add(scheduler.spawn("bulk", () -> bulk(vblocks, width, stop)));
                }
                long[] nanos = log(scheduler, vblocks);
                stop.set(true);
                for (Task task : tasks) {
                    task.join();
                }
                Arrays.sort(nanos);
                return nanos[(int) (QUANTILE * nanos.length)];
            }
        });
    }

    private static long[] log(Scheduler scheduler, Vblocks vblocks) throws Exception {
        SplittableRandom random = new SplittableRandom(11);
        long[] nanos = new long[RECORDS];
        VblockWriter log = vblocks.allocate(new VblockRequest(Stream.LOG, 1, 0));
        ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES);
        for (int i = 0; i < RECORDS; i++) {
            if (log.remaining(true) < RECORD_BYTES) {
                log.seal();
                log.vblock().erase();
                log = vblocks.allocate(new VblockRequest(Stream.LOG, 1, 0));
            }
            scheduler.sleepUntil(scheduler.nanoTime() + random.nextLong(2 * BETWEEN_NANOS));
            long start = scheduler.nanoTime();
            log.append(record.clear());
            log.sync();
            nanos[i] = scheduler.nanoTime() - start;
        }
        log.seal();
        return nanos;
    }

    /** Fills vblocks and erases them, one after the other. */
    private static void bulk(Vblocks vblocks, int width, AtomicBoolean stop) throws Exception {
        while (!stop.get()) {
            VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, width, 0));
            while (!stop.get()) {
                IoBuffer buffer = writer.takeBuffer();
                if (buffer.bytes().remaining() > writer.remaining(false)) {
                    buffer.release();
                    break;
                }
                writer.append(buffer);
            }
            writer.seal();
            writer.vblock().erase();
        }
    }
}
