package io.ocssd.cli.bench.ftl;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.policy.PolicyChoice;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page-mapped FTL against theory and against another simulator: a few runs in every build, all of them in campaigns. */
final class WriteAmplificationTest {
    private static final boolean CAMPAIGN = Boolean.getBoolean("ocssd.campaign");
    private static final Path RECORDED = Path.of("../testdata/write-amplification/wasim4.tsv");
    private static final double RECORDED_TOLERANCE = 0.01;
    /** In every build only what takes few page writes. */
    private static final long FEW_REQUESTS = 450_000;

    static Stream<FtlTable.Cell> cells() {
        List<FtlTable.Cell> all = FtlTable.cells(1);
        if (CAMPAIGN) {
            return all.stream();
        }
        List<FtlTable.Cell> small = all.stream()
                .filter(each -> FtlRun.requests(each.setup()) < FEW_REQUESTS)
                .filter(each -> each.setup().overprovision() == 0.28)
                .filter(each -> each.setup().separate() == (each.setup().stripes() > 1))
                .toList();
        assertThat(small).hasSizeGreaterThan(10);
        return small.stream();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void isWhatIsKnown(FtlTable.Cell cell) {
        FtlOutcome outcome = run(cell.setup());
        Oracle oracle = cell.oracle(outcome.alphaEffective());
        assertThat(oracle.fits(outcome.writeAmplification()))
                .as(
                        "%s is off by %s from %s",
                        outcome.writeAmplification(), oracle.error(outcome.writeAmplification()), oracle)
                .isTrue();
    }

    static Stream<String> recorded() throws IOException {
        List<String> lines = Files.readAllLines(RECORDED).stream()
                .filter(each -> !each.startsWith("#"))
                .filter(each -> CAMPAIGN || (each.startsWith("N=1024 b=64 alpha=1.28") && each.contains("warm=2 ")))
                .toList();
        assertThat(lines).hasSizeGreaterThan(5);
        return lines.stream();
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void isWhatAnotherSimulatorCameTo(String line) {
        String[] parts = line.split("\t", -1);
        Map<String, String> options = Arrays.stream(parts[0].split(" ", -1))
                .map(each -> each.split("=", -1))
                .collect(Collectors.toMap(each -> each[0], each -> each[1]));
        double expected = Double.parseDouble(parts[1]);
        FtlOutcome outcome = run(setup(options));
        assertThat(Math.abs(outcome.writeAmplification() / expected - 1))
                .as("%s: %s", line, outcome.writeAmplification())
                .isLessThan(RECORDED_TOLERANCE);
    }

    /** What a policy is worth depends on where moved pages go (Van Houdt 2014): with units of their own, chance beats greed. */
    @Test
    void greedIsNotBestUnderSkew() {
        double greedy = skewed("greedy", false);
        assertThat(skewed("d-choices:d=10", false)).isLessThan(greedy / 1.8);
        assertThat(skewed("cost-benefit", false)).isLessThan(greedy / 2);
        assertThat(skewed("cost-benefit", true)).isLessThan(skewed("cost-benefit", false));
    }

    /** Units that lag behind are emptied out of turn: wear is even, for next to nothing. */
    @Test
    void levelledWearIsEvenAndCheap() {
        double measure = CAMPAIGN ? 40 : 20;
        FtlOutcome without = run(wear("none", measure));
        FtlOutcome with = run(wear("levelled:gap=" + (CAMPAIGN ? 16 : 8), measure));
        assertThat(without.eraseCountCov()).isGreaterThan(0.08);
        assertThat(with.eraseCountCov()).isLessThan(0.05);
        assertThat(with.writeAmplification()).isLessThan(1.03 * without.writeAmplification());
    }

    private static double skewed(String victims, boolean streams) {
        return run(setup(
                        0.1,
                        CAMPAIGN ? 1024 : 256,
                        true,
                        streams,
                        victims,
                        "none",
                        "hotcold:0.05/0.95",
                        CAMPAIGN ? 15 : 10,
                        5))
                .writeAmplification();
    }

    private static FtlSetup wear(String wear, double measure) {
        return setup(0.28, CAMPAIGN ? 1024 : 256, true, false, "greedy", wear, "hotcold:0.2/0.8", 5, measure);
    }

    private static FtlSetup setup(
            double op,
            int units,
            boolean separate,
            boolean streams,
            String victims,
            String wear,
            String load,
            double warmup,
            double measure) {
        return new FtlSetup(
                op,
                units,
                64,
                1,
                0,
                separate,
                streams,
                PolicyChoice.parse(victims),
                PolicyChoice.of("on-demand"),
                PolicyChoice.parse(wear),
                LoadChoice.parse(load),
                0,
                warmup,
                measure,
                1);
    }

    /** The same units, reserve, stripes and load as the other program had; chance is of another kind. */
    private static FtlSetup setup(Map<String, String> options) {
        String victims = switch (options.get("pol")) {
            case "dchoice" -> "d-choices:d=" + options.get("d");
            case "wgreedy" -> "windowed:percent=" + Math.round(100 * Double.parseDouble(options.get("w")));
            case "cb" -> "cost-benefit";
            default -> options.get("pol");
        };
        String load = switch (options.getOrDefault("wl", "uniform")) {
            case "hc" -> "hotcold:" + options.get("f") + "/" + options.get("r");
            case "zipf" -> "zipf:" + options.get("theta");
            case "zones" -> "zones:" + options.get("OZ");
            default -> "uniform";
        };
        return new FtlSetup(
                Double.parseDouble(options.get("alpha")) - 1,
                Integer.parseInt(options.get("N")),
                Integer.parseInt(options.get("b")),
                Integer.parseInt(options.get("K")),
                Integer.parseInt(options.get("R")),
                options.get("mode").equals("dual"),
                options.get("mode").equals("sep"),
                PolicyChoice.parse(victims),
                PolicyChoice.of("on-demand"),
                PolicyChoice.of("none"),
                LoadChoice.parse(load),
                Double.parseDouble(options.getOrDefault("trim", "0")),
                Double.parseDouble(options.get("warm")),
                Double.parseDouble(options.get("meas")),
                1);
    }

    private static FtlOutcome run(FtlSetup setup) {
        try (Scheduler clock = Scheduler.real()) {
            return new FtlRun(setup, () -> false, done -> {}).run(clock);
        }
    }
}
