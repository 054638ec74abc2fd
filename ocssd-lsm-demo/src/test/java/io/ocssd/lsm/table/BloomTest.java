package io.ocssd.lsm.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BloomTest {
    private static final int KEYS = 20_000;

    @ParameterizedTest
    @ValueSource(ints = {4, 10, 16})
    void fewKeysThatAreNotThereAreTakenForThere(int bitsPerKey) {
        Bloom bloom = bloom(KEYS, bitsPerKey);
        int wrong = 0;
        for (int i = 0; i < KEYS; i++) {
            assertThat(bloom.mayContain(key(i))).isTrue();
            wrong += bloom.mayContain(key(i + KEYS)) ? 1 : 0;
        }
        // The textbook's rate for the best number of probes is 0.6185^(bits per key).
        double expected = Math.pow(0.6185, bitsPerKey);
        assertThat((double) wrong / KEYS).isLessThan(1.5 * expected + 0.0005);
        assertThat(wrong > 0 || bitsPerKey > 10).isTrue();
    }

    @Test
    void smallFiltersAreReadBackAndFit() {
        for (int keys = 1; keys < 40; keys++) {
            Bloom bloom = bloom(keys, 10);
            byte[] encoded = bloom.encoded();
            assertThat((long) encoded.length).isLessThanOrEqualTo(Bloom.bytes(keys, 10));
            Bloom decoded = Bloom.decode(encoded, 0, encoded.length);
            for (int i = 0; i < keys; i++) {
                assertThat(decoded.mayContain(key(i))).isTrue();
            }
        }
    }

    @Test
    void nonsenseIsNotDecoded() {
        byte[] encoded = bloom(10, 10).encoded();
        assertThat(Bloom.decode(encoded, 0, encoded.length - 1)).isNull();
        encoded[BloomLayout.PROBES] = 0;
        assertThat(Bloom.decode(encoded, 0, encoded.length)).isNull();
    }

    private static Bloom bloom(int keys, int bitsPerKey) {
        long[] hashes = new long[2 * keys];
        for (int i = 0; i < keys; i++) {
            Bloom.hash(key(i), hashes, i);
        }
        return Bloom.of(hashes, keys, bitsPerKey);
    }

    private static byte[] key(int number) {
        return ("some/path/key" + number).getBytes(UTF_8);
    }
}
