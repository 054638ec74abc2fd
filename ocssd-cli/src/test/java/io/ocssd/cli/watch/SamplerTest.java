package io.ocssd.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private final Sampler sampler = new Sampler(7);

    private static Counters counters(String target, long second, long payload) {
        return new Counters(
                Instant.ofEpochSecond(second),
                "emu:a",
                "s1",
                target,
                payload / 100,
                3,
                2,
                0,
                2 * payload,
                payload,
                payload / 2,
                0,
                0,
                0,
                0,
                0,
                payload / 1_000,
                second * 500_000_000,
                0,
                0);
    }

    @Test
    void ratesAreOfTwoMoments() {
        assertThat(sampler.add(counters("", 10, 1_000))).isEmpty();
        assertThat(sampler.end()).as("nothing to compare with").isEmpty();
        assertThat(sampler.add(counters("", 12, 5_000))).isEmpty();
        assertThat(sampler.add(counters("kv", 12, 5_000))).isEmpty();
        Interval interval = sampler.end().orElseThrow();
        assertThat(interval.process()).isEqualTo(7);
        assertThat(interval.endUnixNanos()).isEqualTo(12_000_000_000L);
        assertThat(interval.targets()).as("seen for the first time").isEmpty();
        Rates rates = interval.devices().get(0);
        assertThat(rates.intervalNanos()).isEqualTo(2_000_000_000);
        assertThat(rates.payloadBytesPerSecond()).isEqualTo(2_000);
        assertThat(rates.commandsPerSecond()).isEqualTo(20);
        assertThat(rates.writeAmplification()).isEqualTo(1.5);
        assertThat(rates.deviceWriteAmplification()).isEqualTo(2.0);
        assertThat(rates.stallsPerSecond()).as("of a drive").isNull();
        assertThat(sampler.end()).as("nothing came").isEmpty();
    }

    @Test
    void aSecondEventOfTheSameEndsTheMoment() {
        sampler.add(counters("kv", 10, 0));
        assertThat(sampler.add(counters("kv", 11, 1_000))).isEmpty();
        Interval interval = sampler.add(counters("kv", 12, 1_000)).orElseThrow();
        Rates rates = interval.targets().get(0);
        assertThat(rates.stallsPerSecond()).isEqualTo(1);
        assertThat(rates.stalledWriters()).isEqualTo(0.5);
        assertThat(rates.commandsUnderWay()).isEqualTo(3);
        assertThat(sampler.end().orElseThrow().targets().get(0).writeAmplification())
                .as("without payload")
                .isNull();
    }

    @Test
    void whatWasOpenedAnewBeginsAgain() {
        sampler.add(counters("kv", 10, 5_000));
        sampler.end();
        sampler.add(counters("kv", 11, 100));
        assertThat(sampler.end()).isEmpty();
        sampler.add(counters("kv", 12, 300));
        assertThat(sampler.end().orElseThrow().targets().get(0).payloadBytesPerSecond())
                .isEqualTo(200);
    }
}
