package io.ocssd.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.ocssd.cli.Cli;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The experiments of "LightNVM: The Linux Open-Channel SSD Subsystem" (FAST'17) on the emulated drive of that paper, by the
 * command line, with short runs in every build and long ones in campaigns.
 */
class ExperimentsTest {
    private static final boolean CAMPAIGN = Boolean.getBoolean("ocssd.campaign");

    /** E1: what one LUN, four, and all of them carry; 3 % is for what the start of a run costs. */
    @ParameterizedTest
    @CsvSource({
        "randread, 0, 4K, 1, 56",
        "randread, 0, 64K, 2, 273",
        "seqwrite, 0, 64K, 1, 47",
        "seqwrite, 0-3, 64K, 1, 188",
        "randread, 0-127, 64K, 512, 4480",
        "seqwrite, 0-127, 64K, 1, 4000"
    })
    void roofline(String pattern, String luns, String blockSize, int depth, double megabytesPerSecond) {
        JsonObject report = bench("--pattern " + pattern + " --luns " + luns + " --block-size " + blockSize
                + " --queue-depth " + depth + " --warmup 20ms --duration " + (CAMPAIGN ? "2s" : "200ms"));
        String key = pattern.equals("seqwrite") ? "writeMegabytesPerSecond" : "readMegabytesPerSecond";
        assertThat(report.get(key).getAsDouble()).isCloseTo(megabytesPerSecond, Percentage.withPercentage(3));
    }

    /**
     * E2: a read that comes at any moment finds a program under way with probability rho and waits for the rest of it, which
     * is uniform over tP: mean t + rho tP / 2, quantile q is t + max(0, tP (1 - (1 - q) / rho)).
     */
    @ParameterizedTest
    @CsvSource({"0.2", "0.33", "0.5", "1"})
    void readsBehindPrograms(double rho) {
        int tP = 1394;
        double t = 73.5;
        int count = CAMPAIGN ? 100_000 : 6_000;
        JsonObject report =
                json("-d mem:?profile=westlake&payload=off&clock=virtual&readNanos=73000&programNanos=1394000"
                        + "&eraseNanos=0 bench device --json --pattern mixed --luns 0 --arrivals poisson --rate 10"
                        + " --block-size 4K --write-block-size 64K --write-busy " + rho + " --count "
                        + count);
        JsonObject latency = report.getAsJsonObject("readLatencyNanos");
        assertThat(latency.get("mean").getAsDouble() / 1e3).isCloseTo(t + rho * tP / 2, Percentage.withPercentage(3));
        for (double q : new double[] {0.5, 0.9, 0.99}) {
            double expected = t + Math.max(0, tP * (1 - (1 - q) / rho));
            // A quantile of n drawn values is off by sqrt(q (1 - q) / n) / density, three times that at most.
            double drawn = 3 * Math.sqrt(q * (1 - q) / count) * tP / rho;
            assertThat(latency.get("p" + Math.round(100 * q)).getAsDouble() / 1e3)
                    .as("quantile %s at rho %s", q, rho)
                    .isCloseTo(expected, within(0.01 * expected + drawn));
        }
        assertThat(report.get("writeMegabytesPerSecond").getAsDouble())
                .isCloseTo(rho * 65.536e3 / tP, Percentage.withPercentage(2));
    }

    /** E3: programs on other channels are not felt at all; on the same channel a read waits for one transfer at most. */
    @Test
    void isolation() {
        String reads = "--pattern mixed --block-size 4K --write-block-size 64K --luns 0-3 --count "
                + (CAMPAIGN ? 100_000 : 3_000);
        JsonObject alone = bench("--pattern randread --block-size 4K --luns 0-3 --count 3000");
        for (String busy : new String[] {"0.2", "0.5", "1"}) {
            JsonObject apart = bench(reads + " --write-luns 8-127 --write-busy " + busy);
            assertThat(apart.getAsJsonObject("readLatencyNanos").get("p999"))
                    .isEqualTo(alone.getAsJsonObject("readLatencyNanos").get("p999"));
            assertThat(apart.getAsJsonObject("readLatencyNanos").get("max"))
                    .isEqualTo(alone.getAsJsonObject("readLatencyNanos").get("max"));

            JsonObject together =
                    bench(reads + " --write-luns 4 --write-busy " + busy).getAsJsonObject("readLatencyNanos");
            // The bus is promised to a write as soon as its command is on the way, which takes 2.5 us.
            long slotNanos = Math.round(65_536e9 / 280e6) + 2_500;
            assertThat(together.get("max").getAsLong())
                    .isLessThanOrEqualTo(
                            alone.getAsJsonObject("readLatencyNanos").get("max").getAsLong() + slotNanos);
        }
    }

    /** E4: the more LUNs are written at a time, the more is written, the less is read, and the longer reads take. */
    @Test
    void lunsBeingWritten() {
        String load = "--block-size 256K --queue-depth 16 --warmup 20ms --duration " + (CAMPAIGN ? "4s" : "300ms");
        JsonObject reference = bench("--pattern randread " + load);
        double reads = reference.get("readMegabytesPerSecond").getAsDouble();
        double writes = 0;
        long latency = 0;
        int[] luns = CAMPAIGN ? new int[] {4, 8, 16, 32, 64, 128} : new int[] {4, 32, 128};
        for (int active : luns) {
            JsonObject report = bench("--pattern mixed --write-block-size 64K " + load + " --write-active " + active);
            double read = report.get("readMegabytesPerSecond").getAsDouble();
            double written = report.get("writeMegabytesPerSecond").getAsDouble();
            long p90 = report.getAsJsonObject("readLatencyNanos").get("p90").getAsLong();
            assertThat(read).as("reads beside %d", active).isLessThan(reads);
            assertThat(written).as("writes to %d", active).isBetween(writes, Math.min(47.3 * active, 4000));
            assertThat(p90).as("p90 beside %d", active).isGreaterThan(latency);
            if (active == 4) {
                assertThat(read).isCloseTo(reads, Percentage.withPercentage(5));
                // A sixth of 4 x 47 MB/s is what reads of the same LUNs and channels take.
                assertThat(written).isGreaterThan(0.8 * 188);
            }
            reads = read;
            writes = written;
            latency = p90;
        }
        assertThat(reads)
                .isLessThan(0.5 * reference.get("readMegabytesPerSecond").getAsDouble());
        assertThat(writes).isGreaterThan(0.85 * 4000);
        // The paper's writer does not keep all LUNs at work all of the time: then both sides get about half.
        JsonObject half = bench("--pattern mixed --write-block-size 64K --write-busy 0.5 " + load);
        assertThat(half.get("readMegabytesPerSecond").getAsDouble()
                        / reference.get("readMegabytesPerSecond").getAsDouble())
                .isBetween(0.4, 0.6);
        assertThat(half.get("writeMegabytesPerSecond").getAsDouble() / 4000).isBetween(0.4, 0.6);
    }

    /** A LUN is at work for as long as programs take, whatever else is asked of the drive. */
    @Test
    void utilisationIsThatOfTheLuns() {
        JsonObject report = bench("--pattern seqwrite --luns 8-9 --block-size 64K --write-busy 0.5 --duration 1s");
        JsonArray luns = report.getAsJsonArray("lunUtilization");
        assertThat(luns).hasSize(128);
        for (int lun = 0; lun < 128; lun++) {
            // Of 1394 us that a write takes 234 are on the bus.
            double expected = lun == 8 || lun == 9 ? 0.5 * 1160 / 1394 : 0;
            assertThat(luns.get(lun).getAsDouble()).as("LUN %d", lun).isCloseTo(expected, within(0.1));
        }
        assertThat(report.getAsJsonArray("channelUtilization").get(1).getAsDouble())
                .isCloseTo(2 * 0.5 * 234 / 1394, within(0.02));
    }

    private static JsonObject bench(String options) {
        return json("bench device --json --profile westlake " + options);
    }

    private static JsonObject json(String line) {
        return new Cli().run(line.split(" ")).succeeds().json().getAsJsonObject();
    }
}
