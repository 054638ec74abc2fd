package io.ocssd.cli.bench.ftl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import io.ocssd.cli.Cli;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BenchFtlCommandTest {
    private static final String SMALL = " --blocks 128 --pages-per-block 16 --warmup 1 --measure 1";

    @Test
    void jsonHasTheKeysAndAddsUp() {
        JsonObject report = json("");
        assertThat(report.keySet())
                .contains(
                        "writeAmplification",
                        "deviceWriteAmplification",
                        "alphaNominal",
                        "alphaEffective",
                        "userPageWrites",
                        "relocatedPageWrites",
                        "paddingPageWrites",
                        "metadataPageWrites",
                        "erases",
                        "eraseCountCov",
                        "hostNanosPerUserWrite",
                        "oracle");
        long user = report.get("userPageWrites").getAsLong();
        long moved = report.get("relocatedPageWrites").getAsLong();
        assertThat(user).isEqualTo(1600);
        assertThat(report.get("writeAmplification").getAsDouble()).isEqualTo(1 + (double) moved / user);
        // Every unit that was filled meanwhile was emptied meanwhile, but for the open ones.
        assertThat(report.get("erases").getAsDouble()).isCloseTo((user + moved) / 16.0, within(2.0));
        assertThat(report.get("alphaNominal").getAsDouble()).isEqualTo(1.28);
        assertThat(report.get("alphaEffective").getAsDouble()).isCloseTo(1.28 * (128 - 1.6) / 128, within(1e-9));
        JsonObject oracle = report.getAsJsonObject("oracle");
        assertThat(oracle.get("name").getAsString()).isEqualTo("greedy");
        assertThat(oracle.get("relativeError").getAsDouble())
                .isEqualTo(report.get("writeAmplification").getAsDouble()
                                / oracle.get("value").getAsDouble()
                        - 1);
    }

    @Test
    void theSameSeedGivesTheSame() {
        JsonObject one = json(" --policy d-choices --workload zipf:0.99");
        JsonObject other = json(" --policy d-choices --workload zipf:0.99");
        JsonObject another = json(" --policy d-choices --workload zipf:0.99 --seed 2");
        Stream.of(one, other, another).forEach(each -> each.remove("hostNanosPerUserWrite"));
        assertThat(other).isEqualTo(one);
        assertThat(another.get("relocatedPageWrites")).isNotEqualTo(one.get("relocatedPageWrites"));
    }

    @Test
    void textHasTheTheoryBesideTheResult() {
        String out = new Cli()
                .run(("bench ftl" + SMALL).split(" "))
                .succeeds()
                .silently()
                .out();
        assertThat(out).contains("write amplification", "by theory (greedy)", "difference", "alpha, effective");
    }

    @Test
    void withoutAFormulaThereIsNoOracle() {
        JsonObject report = json(" --policy cost-idle --pacer ladder:steps=3 --wear levelled:gap=4");
        assertThat(report.get("oracle").isJsonNull()).isTrue();
        assertThat(report.get("wear").getAsString()).isEqualTo("levelled:gap=4");
    }

    @Test
    void streamsAreThoseOfTheLoad() {
        JsonObject report = json(" --workload hotcold:0.2/0.8 --streams hint --frontiers separate");
        assertThat(report.getAsJsonObject("oracle").get("name").getAsString()).isEqualTo("greedy-separated");
        assertThat(report.get("frontiers").getAsString()).isEqualTo("separate");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--policy best | no victim policy has the name",
                "--policy greedy:x=1 | has no option",
                "--wear d-choices | no wear policy has the name",
                "--pacer fast | no pacer has the name",
                "--workload hotcold:0.2 | is no load",
                "--workload hotcold:0.0/0.8 | is no load",
                "--workload zones:4000 | no zone left",
                "--overprovision 0 | overprovision=0.0",
                "--overprovision 0.001 | do not fit",
                "--trim 0.5 | trim=0.5",
                "--trim NaN | trim=NaN",
                "--measure 0 | measure=0.0",
                "--stripes 0 | stripes=0",
                "--stripes 4 --reserve 2 | reserveUnits=2",
                "--blocks 0 | blocks=0",
                "--blocks 2000000000 | more than"
            })
    void wrongUsage(String options, String why) {
        String line =
                "bench ftl --pages-per-block 16 " + (options.contains("--blocks") ? "" : "--blocks 128 ") + options;
        new Cli().run(line.split(" ")).fails(2, "bench ftl", why);
    }

    private static JsonObject json(String options) {
        return new Cli()
                .run(("bench ftl --json" + SMALL + options).split(" "))
                .succeeds()
                .json()
                .getAsJsonObject();
    }
}
