package io.ocssd.geometry.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class StripeOrderProperties {
    @Provide
    Arbitrary<Geometry> small() {
        Arbitrary<Integer> few = Arbitraries.integers().between(1, 5);
        Arbitrary<Integer> sectors = Arbitraries.integers().between(1, 20);
        return Combinators.combine(few, few, few, sectors)
                .as((channels, luns, blocks, perBlock) -> new Geometry(channels, luns, blocks, perBlock, 4096, 0));
    }

    @Provide
    Arbitrary<Geometry> any() {
        return Geometries.any();
    }

    /** The cursor, the places and a plain nest of loops agree, over any part of a device. */
    @Property(tries = 200)
    void everySectorHasOnePlace(@ForAll("small") Geometry geometry, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int run = 1 + random.nextInt(geometry.sectorsPerBlock());
        int firstChannel = random.nextInt(geometry.channels());
        int endChannel = firstChannel + 1 + random.nextInt(geometry.channels() - firstChannel);
        int firstLun = random.nextInt(geometry.lunsPerChannel());
        int endLun = firstLun + 1 + random.nextInt(geometry.lunsPerChannel() - firstLun);
        int firstBlock = random.nextInt(geometry.blocksPerLun());
        int endBlock = firstBlock + 1 + random.nextInt(geometry.blocksPerLun() - firstBlock);
        StripeOrder order = new StripeOrder(geometry, run)
                .channels(firstChannel, endChannel)
                .luns(firstLun, endLun)
                .blocks(firstBlock, endBlock);
        StripeCursor cursor = order.cursor();
        long place = 0;
        for (int block = firstBlock; block < endBlock; block++) {
            for (int start = 0; start < geometry.sectorsPerBlock(); start += run) {
                for (int lun = firstLun; lun < endLun; lun++) {
                    for (int channel = firstChannel; channel < endChannel; channel++) {
                        for (int sector = start; sector < Math.min(start + run, geometry.sectorsPerBlock()); sector++) {
                            long ppa = Ppa.of(channel, lun, block, sector);
                            String what = "place " + place + ", runs of " + run + ", " + geometry + ", seed " + seed;
                            assertThat(cursor.next()).as(what).isTrue();
                            assertThat(cursor.ppa()).as(what).isEqualTo(ppa);
                            assertThat(order.ppaAt(place)).as(what).isEqualTo(ppa);
                            assertThat(order.placeOf(ppa)).as(what).isEqualTo(place);
                            place++;
                        }
                    }
                }
            }
        }
        assertThat(cursor.next()).isFalse();
        assertThat(order.size()).isEqualTo(place);
    }

    @Property(tries = 200)
    void placesOfLargeDevices(@ForAll("any") Geometry geometry, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StripeOrder order = new StripeOrder(geometry, 1 + random.nextInt(Math.min(64, geometry.sectorsPerBlock())));
        long ppa = Geometries.draw(geometry, random);
        long place = order.placeOf(ppa);
        assertThat(order.ppaAt(place)).as("%s, seed %d", geometry, seed).isEqualTo(ppa);
        StripeCursor cursor = order.cursor();
        cursor.seek(place);
        for (long next = place; next < Math.min(order.size(), place + 100); next++) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.ppa()).as("%s, seed %d", geometry, seed).isEqualTo(order.ppaAt(next));
        }
    }
}
