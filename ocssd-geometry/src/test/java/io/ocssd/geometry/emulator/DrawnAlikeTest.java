package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a seed draws is the same in every version: figures that were drawn once, and a drive that was made then. */
final class DrawnAlikeTest {
    private static final int BLOCK = 7;
    private static final int BEARS = 979;

    private final WearFaults wear =
            new WearFaults(Made.of("channels=1&luns=1&blocks=400&endurance=1000&factoryBad=0&wsMin=4&seed=5"));

    @Test
    void endurances() {
        assertThat(IntStream.of(0, 1, 2, 3, 399).map(wear::endurance)).containsExactly(880, 929, 910, 892, 971);
        assertThat(wear.endurance(BLOCK)).isEqualTo(BEARS);
    }

    @Test
    void failingErases() {
        StringBuilder failed = new StringBuilder();
        for (int erases = BEARS; erases < BEARS + 60; erases++) {
            failed.append(wear.eraseFails(BLOCK, erases) ? 'x' : '.');
        }
        assertThat(failed).hasToString("........x...x.x.x.x.x.x.xxx...xxx.xxxxxxxxxxxxxxxxxxxxxxxxxx");
    }

    @Test
    void sectorsWithAHighEccCount() {
        StringBuilder high = new StringBuilder();
        for (int sector = 0; sector < 64; sector++) {
            high.append(wear.read(BLOCK, BEARS + BEARS / 40, sector) == 0 ? '.' : 'x');
        }
        assertThat(high).hasToString("xxxx.x....xxx.xxxxx..xx..xx.....x..xx.xx.x.xx..x..x.xx...xx.x.x.");
    }

    @Test
    void failingPrograms() {
        assertThat(firstFailing(0, 4)).isEqualTo(2166);
        assertThat(firstFailing(2168, 4)).isEqualTo(2800);
        assertThat(firstFailing(2804, 4)).isEqualTo(2932);
        // Of a run that ends inside a unit.
        assertThat(wear.programmed(BLOCK, BEARS + 1, 2112, 62)).isEqualTo(54);
        assertThat(wear.programmed(BLOCK, BEARS + 1, 2752, 62)).isEqualTo(48);
        assertThat(wear.programmed(BLOCK, BEARS + 1, 2176, 62)).isEqualTo(62);
        // Of a block that is not worn out one unit in ten million.
        assertThat(wear.programmed(BLOCK, BEARS, 33_613_316 / 4 * 4, 4)).isEqualTo(33_613_316 % 4);
        assertThat(wear.programmed(BLOCK, BEARS, 2164, 4)).isEqualTo(4);
    }

    private int firstFailing(int from, int length) {
        int at = from;
        while (wear.programmed(BLOCK, BEARS + 1, at, length) == length) {
            at += length;
        }
        return at + wear.programmed(BLOCK, BEARS + 1, at, length);
    }

    @Test
    void badAndShortBlocks() {
        CreationParameters made = Made.of(
                "channels=2&luns=2&blocks=12&sectors=24&wsMin=4&factoryBad=3&randomBlocks=1" + "&shortBlocks=6&seed=3");
        assertThat(FactoryBadBlocks.draw(made.geometry(), 3, 3).stream()).containsExactly(0, 21, 29);
        assertThat(FactoryBadBlocks.most(made.geometry())).isEqualTo(4);
        BlockShapes shapes = new BlockShapes(made);
        assertThat(IntStream.range(0, 48).filter(each -> shapes.sectors(each) < 24))
                .containsExactly(6, 23, 25, 30, 43, 47);
        assertThat(IntStream.of(6, 23, 25, 30, 43, 47).map(shapes::sectors)).containsExactly(4, 8, 16, 20, 12, 16);
    }
}
