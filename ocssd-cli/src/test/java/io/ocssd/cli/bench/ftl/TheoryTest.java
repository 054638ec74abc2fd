package io.ocssd.cli.bench.ftl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The formulas, at points computed by another program. */
final class TheoryTest {
    @ParameterizedTest
    @CsvSource({
        "1.05, -0.951613071, 10.672149, 9.196247",
        "1.07, -0.933121640, 7.817160, 7.009931",
        "1.10, -0.906252442, 5.677491, 5.247082",
        "1.15, -0.863647639, 4.016031, 3.800473",
        "1.20, -0.823562003, 3.187776, 3.052820",
        "1.28, -0.764154056, 2.481361, 2.402845",
        "1.40, -0.684584350, 1.956904, 1.910240",
        "1.50, -0.625782534, 1.715820, 1.680814"
    })
    void fifoAndGreedy(double alpha, double w, double fifo, double greedy) {
        assertThat(Theory.lambertW0(-alpha * Math.exp(-alpha))).isCloseTo(w, within(1e-9));
        assertThat(Theory.fifo(alpha)).isCloseTo(fifo, within(1e-6));
        assertThat(Theory.greedy(alpha, 64)).isCloseTo(greedy, within(1e-6));
        assertThat(Theory.fifo(alpha, new double[] {0.3, 0.7}, new double[] {0.3, 0.7}))
                .isCloseTo(fifo, within(1e-5));
        assertThat(Theory.fifoZipf(alpha, 1000, 0)).isCloseTo(fifo, within(1e-5));
    }

    @ParameterizedTest
    @CsvSource({
        "1.07, 6.347, 7.392, 7.597, 15.286",
        "1.10, 4.899, 5.453, 5.562, 11.000",
        "1.15, 3.609, 3.905, 3.960, 7.667",
        "1.28, 2.330, 2.441, 2.461, 4.571",
        "1.50, 1.649, 1.698, 1.707, 3.000"
    })
    void sizesOfUnitsAndRandom(double alpha, double of32, double of128, double of256, double random) {
        assertThat(Theory.greedy(alpha, 32)).isCloseTo(of32, within(5e-4));
        assertThat(Theory.greedy(alpha, 128)).isCloseTo(of128, within(5e-4));
        assertThat(Theory.greedy(alpha, 256)).isCloseTo(of256, within(5e-4));
        assertThat(Theory.random(alpha)).isCloseTo(random, within(5e-4));
        assertThat(Theory.dChoices(alpha, 64, 1)).isCloseTo(random, within(5e-4));
    }

    @ParameterizedTest
    @CsvSource({
        "1.07, 10.277, 7.875, 7.323, 7.029",
        "1.10, 7.506, 5.831, 5.450, 5.256",
        "1.15, 5.312, 4.185, 3.930, 3.807",
        "1.28, 3.245, 2.612, 2.471, 2.405",
        "1.50, 2.190, 1.806, 1.721, 1.682"
    })
    void choices(double alpha, double of2, double of5, double of10, double of100) {
        assertThat(Theory.dChoices(alpha, 64, 2)).isCloseTo(of2, within(5e-4));
        assertThat(Theory.dChoices(alpha, 64, 5)).isCloseTo(of5, within(5e-4));
        assertThat(Theory.dChoices(alpha, 64, 10)).isCloseTo(of10, within(5e-4));
        assertThat(Theory.dChoices(alpha, 64, 100)).isCloseTo(of100, within(5e-4));
    }

    @ParameterizedTest
    @CsvSource({
        "1.07, 8.182, 8.866, 9.958",
        "1.10, 6.038, 6.682, 7.632",
        "1.15, 4.370, 4.957, 5.730",
        "1.28, 2.820, 3.296, 3.788",
        "1.50, 2.029, 2.384, 2.659"
    })
    void hotAndCold(double alpha, double of80, double of90, double of95) {
        assertThat(Theory.fifo(alpha, new double[] {0.2, 0.8}, new double[] {0.8, 0.2}))
                .isCloseTo(of80, within(5e-4));
        assertThat(Theory.fifo(alpha, new double[] {0.1, 0.9}, new double[] {0.9, 0.1}))
                .isCloseTo(of90, within(5e-4));
        assertThat(Theory.fifo(alpha, new double[] {0.05, 0.95}, new double[] {0.95, 0.05}))
                .isCloseTo(of95, within(5e-4));
    }

    @ParameterizedTest
    @CsvSource({"1.07, 89719, 11.287", "1.10, 87272, 8.274", "1.28, 75000, 3.619"})
    void zipf(double alpha, int pages, double fifo) {
        assertThat(Theory.fifoZipf(alpha, pages, 0.99)).isCloseTo(fifo, within(5e-4));
    }

    @ParameterizedTest
    @CsvSource({"0.05, 3.596, 0", "0.1, 2.695, 2.797", "0.2, 1.746, 0"})
    void trims(double trims, double greedy, double fifo) {
        assertThat(Theory.greedy(Theory.trimmed(1.1, trims), 64)).isCloseTo(greedy, within(5e-4));
        if (fifo > 0) {
            assertThat(Theory.fifo(Theory.trimmed(1.1, trims))).isCloseTo(fifo, within(5e-4));
        }
    }

    @ParameterizedTest
    @CsvSource({"32, 4.06", "4, 2.1", "1, 1.5"})
    void withRoomForAllNothingIsMoved(int pages, double alpha) {
        assertThat(Theory.greedy(alpha, pages)).isEqualTo(1);
    }
}
