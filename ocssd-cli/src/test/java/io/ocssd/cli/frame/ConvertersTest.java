package io.ocssd.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ConvertersTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4096, 4096",
        "4K, 4096",
        "4k, 4096",
        "64M, 67108864",
        "64MiB, 67108864",
        "64MB, 64000000",
        "1GiB, 1073741824",
        "1 G, 1073741824",
        "2T, 2199023255552",
        "1P, 1125899906842624"
    })
    void sizes(String text, long bytes) {
        assertThat(new Sizes().convert(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "M", "-1", "1.5G", "4Q", "4ib", "9999999999999999999", "99999999P"})
    void noSizes(String text) {
        assertThatThrownBy(() -> new Sizes().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining(text);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 5000000000",
        "1.5s, 1500000000",
        "500ms, 500000000",
        "70us, 70000",
        "12 ns, 12",
        "2m, 120000000000",
        "0.25H, 900000000000",
        "0, 0"
    })
    void durations(String text, long nanos) {
        assertThat(new Durations().convert(text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1s", "1.s", "1d", "1e3", "999999999999h"})
    void noDurations(String text) {
        assertThatThrownBy(() -> new Durations().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining(text);
    }

    @Test
    void ranges() {
        assertThat(new NumberSet.Converter().convert("0-3,8, 2").numbers()).containsExactly(0, 1, 2, 3, 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1-", "-1", "3-1", "1,,2", "0-99999999", "1-2-3"})
    void noRanges(String text) {
        assertThatThrownBy(() -> new NumberSet.Converter().convert(text)).isInstanceOf(TypeConversionException.class);
    }

    @Test
    void numbersForPeople() {
        assertThat(Numbers.bytes(512L << 20)).isEqualTo("512 MiB");
        assertThat(Numbers.bytes(1536)).isEqualTo("1.5 KiB");
        assertThat(Numbers.bytes(0)).isEqualTo("0 bytes");
        assertThat(Numbers.nanos(1_250_000_000L)).isEqualTo("1.25 s");
        assertThat(Numbers.nanos(900_000)).isEqualTo("900 us");
        assertThat(Numbers.nanos(12)).isEqualTo("12 ns");
        assertThat(Numbers.count(27182)).isEqualTo("27,182");
        assertThat(Numbers.ratio(1)).isEqualTo("1.000");
    }
}
