package io.ocssd.lsm.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.device.DeviceUri;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo on a drive of a few MiB. */
class DemoTest {
    @TempDir
    Path directory;

    private static final String SMALL = "profile=small&blocks=48&sectors=32&factoryBad=3";
    private static final String ZONES = "profile=zns-small&sectors=256";

    @ParameterizedTest
    @CsvSource({
        "false, 1, " + SMALL,
        "false, 2, " + SMALL,
        "true, 1, " + SMALL,
        "true, 2, " + SMALL,
        "false, 1, " + ZONES,
        "true, 2, " + ZONES
    })
    void nothingIsLost(boolean virtualClock, long seed, String shape) throws Exception {
        DemoReport report = Demo.run(options("demo", virtualClock, seed, shape), DemoListener.NONE)
                .report();
        assertThat(report.verified()).as("verified: %s", report).isTrue();
        assertThat(report.lost() + report.resurrected() + report.damaged() + report.strangers())
                .isZero();
        assertThat(report.programmedBytes().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(report.programmedSectors() * report.sectorBytes())
                .isGreaterThanOrEqualTo(3 * report.capacityBytes());
        assertThat(report.writeAmplification()).isEqualTo(1);
        assertThat(report.everyDataBlockErased()).isTrue();
        assertThat(report.verifiedEntries() + report.verifiedDeletes()).isEqualTo(report.entries());
        assertThat(report.entries() + report.skippedEntries()).isEqualTo(300);
        assertThat(report.scannedEntries()).isEqualTo(report.verifiedEntries());
        assertThat(report.survivingOperations()).isBetween(0, report.unacknowledgedOperations());
        assertThat(report.commandsInFlight()).isPositive();
        assertThat(report.clock()).isEqualTo(virtualClock ? "virtual" : "real");
    }

    @Test
    void inVirtualTimeTheReportIsAFunctionOfTheSeed() throws Exception {
        Files.createDirectory(directory.resolve("elsewhere"));
        DemoReport first = run("demo", true, 5).report();
        assertThat(run("elsewhere/other", true, 5).report()).isEqualTo(first);
        assertThat(run("third", true, 6).report()).isNotEqualTo(first);
    }

    @Test
    void aStoppedDemoLeavesAnImage() throws Exception {
        DemoListener impatient = new DemoListener() {
            private DemoStep step;

            @Override
            public void begin(DemoStep next, long total) {
                step = next;
            }

            @Override
            public void progress(long done) {}

            @Override
            public boolean stopRequested() {
                return step == DemoStep.REWRITE;
            }
        };
        assertThatThrownBy(() -> Demo.run(options("stopped", false, 1), impatient))
                .isInstanceOf(DemoStoppedException.class)
                .hasMessageContaining("rewriting");
        assertThat(directory.resolve("stopped.img")).exists();
    }

    private DemoResult run(String name, boolean virtualClock, long seed) throws Exception {
        return Demo.run(options(name, virtualClock, seed), DemoListener.NONE);
    }

    private DemoOptions options(String name, boolean virtualClock, long seed) throws Exception {
        return options(name, virtualClock, seed, SMALL);
    }

    private DemoOptions options(String name, boolean virtualClock, long seed, String shape) throws Exception {
        DeviceUri drive = DeviceUri.parse("emu:" + directory.resolve(name + ".img") + "?" + shape + "&seed=" + seed);
        return new DemoOptions(drive, SampledSource.of(JdkImage.open(), 300, seed), seed, virtualClock, 16, 3);
    }
}
