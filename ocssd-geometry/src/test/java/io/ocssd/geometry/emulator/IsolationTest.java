package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.scheduler.HostCost;
import org.junit.jupiter.api.Test;

/**
 * Reads of 4 KiB, one at a time, beside writes of 64 KiB, one at a time and with pauses: on other channels they do not feel
 * each other, on the same channel at most for one transfer of a write, on the same LUN for a whole program.
 */
final class IsolationTest {
    private static final int READS = Boolean.getBoolean("ocssd.campaign") ? 200_000 : 10_000;
    private static final String DRIVE = "mem:?profile=westlake&blocks=8&payload=off";
    private static final int UNIT_SECTORS = 16;
    private static final long TRANSFER = Math.round(UNIT_SECTORS * 4096 / 280e6 * 1e9);
    /** One task sends both: what it needs for a write delays a read that it would send at the same time. */
    private static final long HOST = HostCost.COMMAND.nanos();

    private static final long PROGRAM = 1_394_000;
    private static final long WRITE_TAG = -1;
    private static final double[] WRITE_SHARES = {0, 0.2, 0.33, 0.5, 1};

    /** Latencies of reads of one page of LUN 0 beside writes to another LUN. */
    private static long[] latencies(int writeLun, double writeShare) throws Exception {
        long[] latencies = new long[READS];
        Bench.run(DRIVE, 128, bench -> {
            bench.fill(0);
            long pause = Math.round(PROGRAM * (1 - writeShare) / Math.max(writeShare, 1e-3));
            long nextWrite = writeShare == 0 ? Long.MAX_VALUE : bench.now();
            int sector = 0;
            long begun = bench.now();
            bench.read(0, bench.geometry.blockPpa(0, 0), 1);
            for (int ended = 0; ended < READS; ) {
                if (bench.now() >= nextWrite) {
                    int block = 1 + sector / bench.geometry.sectorsPerBlock() % 2;
                    int within = sector % bench.geometry.sectorsPerBlock();
                    if (within == 0 && sector >= 2 * bench.geometry.sectorsPerBlock()) {
                        bench.erase(WRITE_TAG - 1, bench.geometry.blockPpa(writeLun, block));
                    }
                    bench.write(WRITE_TAG, bench.geometry.blockPpa(writeLun, block) + within, UNIT_SECTORS);
                    sector += UNIT_SECTORS;
                    nextWrite = Long.MAX_VALUE;
                }
                if (!bench.next(nextWrite)) {
                    continue;
                }
                if (bench.completion.tag() == WRITE_TAG) {
                    nextWrite = bench.now() + pause;
                } else if (bench.completion.tag() == 0) {
                    latencies[ended++] = bench.now() - begun;
                    begun = bench.now();
                    bench.read(0, bench.geometry.blockPpa(0, 0), 1);
                }
            }
        });
        return latencies;
    }

    private static double tail(long[] latencies) {
        return Bench.quantile(latencies, 0.999) - Bench.quantile(latencies, 0.5);
    }

    @Test
    void otherChannelsAreNotFelt() throws Exception {
        long[] alone = latencies(127, 0);
        assertThat(tail(alone)).isZero();
        for (double share : WRITE_SHARES) {
            long[] beside = latencies(127, share);
            assertThat(Bench.quantile(beside, 0.5)).as("share=" + share).isEqualTo(Bench.quantile(alone, 0.5));
            assertThat(tail(beside)).as("share=" + share).isZero();
        }
    }

    @Test
    void theSameChannelCostsATransferAtMost() throws Exception {
        for (double share : WRITE_SHARES) {
            assertThat(tail(latencies(1, share))).as("share=" + share).isLessThanOrEqualTo(TRANSFER + HOST);
        }
        assertThat(tail(latencies(1, 1))).as("but it is felt").isGreaterThan(TRANSFER / 2.0);
    }

    @Test
    void theSameLunCostsAProgram() throws Exception {
        assertThat(tail(latencies(0, 0.2))).isGreaterThan(1_000_000);
    }
}
