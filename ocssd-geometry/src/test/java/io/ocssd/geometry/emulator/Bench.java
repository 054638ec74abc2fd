package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Limits;
import io.ocssd.scheduler.Scheduler;
import java.util.Arrays;

/**
 * One task, one queue and a drive without payload in virtual time, for experiments whose figures are known.
 *
 * <p>Commands carry tags; {@link #next} waits for the end of one of them, or for a time.
 */
final class Bench implements AutoCloseable {
    /** An experiment. */
    interface Body {
        void run(Bench bench) throws Exception;
    }

    final FlashDevice device;
    final Geometry geometry;
    final IoQueue queue;
    final Completion completion = new Completion();
    private final Scheduler scheduler;
    private final IoCommand command = new IoCommand();
    private final IoBuffer buffer;

    private Bench(Scheduler scheduler, String uri, int depth) throws Exception {
        this.scheduler = scheduler;
        this.device = Ocssd.openDevice(uri, scheduler);
        this.geometry = device.geometry();
        this.queue = device.openQueue(depth);
        this.buffer = new IoBufferPool(Limits.MAX_ADDRESSES * geometry.sectorBytes(), 1).tryTake();
    }

    static void run(String uri, int depth, Body body) throws Exception {
        try (Scheduler scheduler = Scheduler.simulated(1)) {
            scheduler.run("experiment", () -> {
                try (Bench bench = new Bench(scheduler, uri, depth)) {
                    body.run(bench);
                }
                return null;
            });
        }
    }

    long now() {
        return scheduler.nanoTime();
    }

    void read(long tag, long firstPpa, int sectors) throws Exception {
        assertThat(queue.submit(
                        command.read(buffer, 0).addRun(firstPpa, sectors).tag(tag)))
                .isTrue();
    }

    void write(long tag, long firstPpa, int sectors) throws Exception {
        assertThat(queue.submit(
                        command.write(buffer, 0).addRun(firstPpa, sectors).tag(tag)))
                .isTrue();
    }

    void erase(long tag, long blockPpa) throws Exception {
        assertThat(queue.submit(command.erase().add(blockPpa).tag(tag))).isTrue();
    }

    /** Waits until a command has ended, which is in {@link #completion} then, or until the time has come: false. */
    boolean next(long deadlineNanos) throws Exception {
        if (queue.inFlight() == 0) {
            scheduler.sleepUntil(deadlineNanos);
        }
        if (queue.await(1, deadlineNanos) == 0) {
            return false;
        }
        assertThat(queue.poll(completion)).isTrue();
        assertThat(completion.isSuccess()).as("status=" + completion.status()).isTrue();
        return true;
    }

    /** Waits for everything that is under way. */
    void drain() throws Exception {
        while (queue.inFlight() > 0) {
            next(Long.MAX_VALUE);
        }
    }

    /** Fills block {@code block} of every LUN. */
    void fill(int block) throws Exception {
        for (int sector = 0; sector < geometry.sectorsPerBlock(); sector += Limits.MAX_ADDRESSES) {
            for (int lun = 0; lun < geometry.luns(); lun++) {
                if (queue.inFlight() == queue.depth()) {
                    next(Long.MAX_VALUE);
                }
                write(0, geometry.blockPpa(lun, block) + sector, Limits.MAX_ADDRESSES);
            }
        }
        drain();
    }

    static double megabytesPerSecond(long bytes, long nanos) {
        return bytes * 1e3 / nanos;
    }

    /** The value below which a share of the samples lies. */
    static double quantile(long[] samples, double share) {
        long[] sorted = samples.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    }

    @Override
    public void close() {
        queue.close();
        device.close();
    }
}
