package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Addresses taken apart: which block, which LUN, where runs and ascents end. */
final class AddressListTest {
    private final AddressList list = AddressList.of(new Geometry(3, 2, 5, 7, 512, 0));

    private void add(long... ppas) {
        list.clear();
        for (long each : ppas) {
            list.add(each);
        }
    }

    @Test
    void blocksAndLunsAreNumberedThroughTheDrive() {
        add(Ppa.of(0, 0, 0, 0), Ppa.of(0, 0, 4, 6), Ppa.of(0, 1, 0, 0), Ppa.of(2, 1, 4, 3));
        assertThat(list.count()).isEqualTo(4);
        assertThat(new int[] {list.block(0), list.block(1), list.block(2), list.block(3)})
                .containsExactly(0, 4, 5, 29);
        assertThat(new int[] {list.lun(0), list.lun(1), list.lun(2), list.lun(3)})
                .containsExactly(0, 0, 1, 5);
        assertThat(new int[] {list.sector(0), list.sector(1), list.sector(2), list.sector(3)})
                .containsExactly(0, 6, 0, 3);
        assertThat(list.blockPpa(3)).isEqualTo(Ppa.of(2, 1, 4, 0));
    }

    @Test
    void whatIsOutsideIsNoBlockOfTheDrive() {
        add(Ppa.of(3, 0, 0, 0), Ppa.of(0, 2, 0, 0), Ppa.of(0, 0, 5, 0), Ppa.of(0, 0, 0, 7));
        for (int i = 0; i < 3; i++) {
            assertThat(list.block(i)).isEqualTo(BlockRules.NO_BLOCK);
            assertThat(list.lun(i)).isEqualTo(CommandSlot.NO_LUN);
        }
        // A sector beyond the end belongs to its block.
        assertThat(list.block(3)).isZero();
        assertThat(list.isSameBlock(0, 1)).isFalse();
    }

    @Test
    void runsAreOfOneBlock() {
        long a = Ppa.of(0, 0, 1, 0);
        long b = Ppa.of(0, 0, 2, 0);
        long nowhere = Ppa.of(9, 0, 0, 0);
        add(a, a + 1, a + 5, b, b, nowhere, nowhere + 1, a);
        assertThat(list.endOfRun(0)).isEqualTo(3);
        assertThat(list.endOfRun(1)).isEqualTo(3);
        assertThat(list.endOfRun(3)).isEqualTo(5);
        assertThat(list.endOfRun(5)).isEqualTo(7);
        assertThat(list.endOfRun(7)).isEqualTo(8);
        assertThat(list.isSameBlock(0, 7)).isTrue();
        assertThat(list.isSameBlock(0, 3)).isFalse();
    }

    @Test
    void ascentsFollowOneByOne() {
        long a = Ppa.of(0, 0, 1, 0);
        add(a, a + 1, a + 3, a + 3, a + 2, a + 3);
        assertThat(list.endOfAscent(0)).isEqualTo(2);
        assertThat(list.endOfAscent(2)).isEqualTo(3);
        assertThat(list.endOfAscent(3)).isEqualTo(4);
        assertThat(list.endOfAscent(4)).isEqualTo(6);
    }

    @Test
    void theLastSectorAndTheFirstOfTheNextBlockAreNoAscent() {
        add(Ppa.of(0, 0, 1, Ppa.MAX_BLOCKS - 1), Ppa.of(0, 0, 2, 0));
        assertThat(list.endOfAscent(0)).isEqualTo(1);
    }

    @Test
    void aRangeNeverLeavesItsBlock() {
        list.clear();
        list.set(Ppa.of(1, 0, 1, Ppa.MAX_BLOCKS - 2), 5);
        assertThat(list.count()).isEqualTo(5);
        assertThat(list.endOfRun(0)).isEqualTo(5);
        assertThat(list.endOfAscent(0)).isEqualTo(5);
        for (int i = 0; i < 5; i++) {
            assertThat(list.block(i)).isEqualTo(11);
            assertThat(list.lun(i)).isEqualTo(2);
            assertThat(list.sector(i)).isEqualTo(Ppa.MAX_BLOCKS - 2 + i);
            assertThat(list.blockPpa(i)).isEqualTo(Ppa.of(1, 0, 1, 0));
        }
    }

    @Test
    void aRangeReplacesWhatIsThere() {
        add(Ppa.of(0, 0, 1, 3), Ppa.of(0, 1, 1, 3));
        list.set(Ppa.of(0, 0, 1, 4), 3);
        assertThat(list.count()).isEqualTo(3);
        assertThat(list.isAscent()).isTrue();
        assertThat(list.endOfAscent(0)).isEqualTo(3);
        assertThat(list.sector(2)).isEqualTo(6);
    }

    @Test
    void anAscentThatEndsIsSpread() {
        list.set(Ppa.of(1, 1, 2, 4), 3);
        list.add(Ppa.of(1, 1, 2, 7));
        assertThat(list.isAscent()).isTrue();
        list.add(Ppa.of(0, 1, 3, 8));
        list.add(Ppa.of(0, 1, 3, 9));
        assertThat(list.isAscent()).isFalse();
        assertThat(list.count()).isEqualTo(6);
        for (int i = 0; i < 6; i++) {
            assertThat(list.blockPpa(i)).isEqualTo(i < 4 ? Ppa.of(1, 1, 2, 0) : Ppa.of(0, 1, 3, 0));
            assertThat(list.block(i)).isEqualTo(i < 4 ? 17 : 8);
            assertThat(list.lun(i)).isEqualTo(i < 4 ? 3 : 1);
            assertThat(list.sector(i)).isEqualTo(4 + i);
            assertThat(list.endOfRun(i)).isEqualTo(i < 4 ? 4 : 6);
            assertThat(list.isSameBlock(0, i)).isEqualTo(i < 4);
        }
    }

    @Test
    void endsAreWhereTheyAreFoundByLookingAtEachAddress() {
        for (int seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long ppa = Ppa.of(random.nextInt(4), random.nextInt(2), random.nextInt(6), random.nextInt(7));
            list.set(ppa, 1 + random.nextInt(3));
            ppa += list.count();
            while (list.count() < 64) {
                int kind = random.nextInt(10);
                if (kind == 0) {
                    ppa = Ppa.of(random.nextInt(4), random.nextInt(2), random.nextInt(6), random.nextInt(7));
                } else if (kind == 1) {
                    ppa = Ppa.withSector(ppa, random.nextInt(7));
                }
                list.add(ppa);
                ppa = Ppa.withSector(ppa, Ppa.sector(ppa) + 1);
            }
            for (int from = 0; from < list.count(); from++) {
                int ascent = from + 1;
                while (ascent < list.count()
                        && list.blockPpa(ascent) == list.blockPpa(from)
                        && list.sector(ascent) == list.sector(ascent - 1) + 1) {
                    ascent++;
                }
                int run = from + 1;
                while (run < list.count() && list.blockPpa(run) == list.blockPpa(from)) {
                    run++;
                }
                assertThat(list.endOfAscent(from))
                        .as("seed=%d from=%d", seed, from)
                        .isEqualTo(ascent);
                assertThat(list.endOfRun(from))
                        .as("seed=%d from=%d", seed, from)
                        .isEqualTo(run);
            }
        }
    }
}
