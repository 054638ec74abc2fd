package io.ocssd.geometry.address;

import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Geometries of all sorts, and addresses in them. */
final class Geometries {
    /** Small enough to go through every sector: powers of two, none at all, counts of 1 in every place. */
    static final List<Geometry> SMALL = List.of(
            new Geometry(2, 4, 8, 16, 4096, 16),
            new Geometry(3, 5, 7, 11, 4096, 16),
            new Geometry(1, 1, 16, 32, 512, 0),
            new Geometry(5, 1, 1, 9, 8192, 8),
            new Geometry(1, 6, 13, 1, 4096, 64),
            new Geometry(1, 1, 1, 1, 4096, 0),
            // Fields that fill their packed bits, with counts that are powers of two and with counts that are not.
            new Geometry(256, 2, 1, 3, 4096, 0),
            new Geometry(200, 2, 3, 2, 4096, 0),
            new Geometry(2, 200, 1, 3, 4096, 0),
            new Geometry(255, 3, 1, 1, 4096, 0));

    private Geometries() {}

    /** Any geometry that an address fits, the edges of its fields more often than the rest. */
    static Arbitrary<Geometry> any() {
        Arbitrary<Integer> few = Arbitraries.integers().between(1, 256);
        Arbitrary<Integer> blocks = Arbitraries.integers().between(1, 1 << 24);
        Arbitrary<Integer> sectors = Arbitraries.integers().between(1, 1 << 24);
        return Combinators.combine(few, few, blocks, sectors)
                .as((channels, luns, perLun, perBlock) -> new Geometry(
                        channels, luns, Math.min(perLun, Integer.MAX_VALUE / channels / luns), perBlock, 4096, 16));
    }

    /** A sector of a geometry. */
    static long draw(Geometry geometry, SplittableRandom random) {
        return Ppa.of(
                random.nextInt(geometry.channels()),
                random.nextInt(geometry.lunsPerChannel()),
                random.nextInt(geometry.blocksPerLun()),
                random.nextInt(geometry.sectorsPerBlock()));
    }

    /** The address with one field at, or little beyond, its last good value; it may be outside. */
    static long nearTheEdge(Geometry geometry, SplittableRandom random) {
        long ppa = draw(geometry, random);
        int beyond = random.nextInt(3) - 1;
        return switch (random.nextInt(4)) {
            case 0 -> with(ppa, geometry.channels() + beyond, 0, 0, 0);
            case 1 -> with(ppa, 0, geometry.lunsPerChannel() + beyond, 0, 0);
            case 2 -> with(ppa, 0, 0, geometry.blocksPerLun() + beyond, 0);
            default -> with(ppa, 0, 0, 0, geometry.sectorsPerBlock() + beyond);
        };
    }

    private static long with(long ppa, int channel, int lun, int block, int sector) {
        return Ppa.of(
                Math.min(255, channel == 0 ? Ppa.channel(ppa) : channel),
                Math.min(255, lun == 0 ? Ppa.lun(ppa) : lun),
                Math.min((1 << 24) - 1, block == 0 ? Ppa.block(ppa) : block),
                Math.min((1 << 24) - 1, sector == 0 ? Ppa.sector(ppa) : sector));
    }
}
