package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockType;
import io.ocssd.device.Geometry;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** Which blocks are of another type or size. */
final class BlockShapesTest {
    private static CreationParameters made(String shape) {
        return Made.of(shape);
    }

    @Test
    void usuallyAllBlocksAreAlike() {
        BlockShapes shapes = new BlockShapes(made("profile=tiny"));
        for (int block = 0; block < 64; block++) {
            assertThat(shapes.type(block)).isEqualTo(BlockType.SEQUENTIAL);
            assertThat(shapes.isRandom(block)).isFalse();
            assertThat(shapes.sectors(block)).isEqualTo(32);
        }
    }

    @Test
    void theFirstBlocksOfEachLunAreRandom() {
        BlockShapes shapes = new BlockShapes(made("profile=tiny&randomBlocks=3"));
        for (int block = 0; block < 64; block++) {
            assertThat(shapes.isRandom(block)).as("block=" + block).isEqualTo(block % 16 < 3);
            assertThat(shapes.type(block)).isEqualTo(block % 16 < 3 ? BlockType.RANDOM : BlockType.SEQUENTIAL);
        }
    }

    @Test
    void shortBlocksAreSequentialGoodAndAMultipleOfWsMin() {
        for (int seed = 0; seed < 50; seed++) {
            String shape = "profile=tiny&wsMin=4&wsOpt=4&factoryBad=8&randomBlocks=2&shortBlocks=24&seed=" + seed;
            CreationParameters made = made(shape);
            BlockShapes shapes = new BlockShapes(made);
            BitSet bad = FactoryBadBlocks.draw(made.geometry(), seed, 8);
            int found = 0;
            for (int block = 0; block < 64; block++) {
                int sectors = shapes.sectors(block);
                if (sectors == 32) {
                    continue;
                }
                found++;
                assertThat(sectors % 4).as(shape).isZero();
                assertThat(sectors).as(shape).isBetween(4, 28);
                assertThat(bad.get(block)).as(shape).isFalse();
                assertThat(shapes.isRandom(block)).as(shape).isFalse();
            }
            assertThat(found).as(shape).isEqualTo(24);
        }
    }

    @Test
    void theSeedDrawsThem() {
        assertThat(sizes("seed=1")).isEqualTo(sizes("seed=1")).isNotEqualTo(sizes("seed=2"));
    }

    private static String sizes(String seed) {
        BlockShapes shapes = new BlockShapes(made("profile=tiny&shortBlocks=9&" + seed));
        StringBuilder sizes = new StringBuilder();
        for (int block = 0; block < 64; block++) {
            sizes.append(shapes.sectors(block)).append(' ');
        }
        return sizes.toString();
    }

    @Test
    void mostShort() {
        // 16 blocks a LUN, 2 of them bad at most: half of what is left.
        assertThat(BlockShapes.mostShort(new Geometry(2, 2, 16, 32, 4096, 16), 0, 4))
                .isEqualTo(4 * 7);
        assertThat(BlockShapes.mostShort(new Geometry(2, 2, 16, 32, 4096, 16), 3, 4))
                .isEqualTo(4 * 5);
        assertThat(BlockShapes.mostShort(new Geometry(2, 2, 16, 32, 4096, 16), 16, 4))
                .isZero();
        assertThat(BlockShapes.mostShort(new Geometry(2, 2, 16, 32, 4096, 16), 0, 32))
                .isZero();
        assertThat(BlockShapes.mostShort(new Geometry(2, 2, 16, 64, 4096, 16), 0, 32))
                .isEqualTo(28);
    }
}
