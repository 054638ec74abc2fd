package io.ocssd.geometry.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Round trips for arbitrary geometries: counts that are no powers of two and counts of 1 included. */
final class DeviceAddressFormatProperties {
    @Provide
    Arbitrary<Geometry> geometries() {
        Arbitrary<Integer> small = Arbitraries.integers().between(1, 256);
        Arbitrary<Integer> blocks = Arbitraries.integers().between(1, 30_000);
        Arbitrary<Integer> sectors = Arbitraries.integers().between(1, 1 << 24);
        return Combinators.combine(small, small, blocks, sectors)
                .as((channels, luns, perLun, perBlock) -> new Geometry(channels, luns, perLun, perBlock, 4096, 16));
    }

    @Property
    void addressesSurviveBothConversions(@ForAll("geometries") Geometry geometry, @ForAll long seed) {
        DeviceAddressFormat format = new DeviceAddressFormat(geometry);
        long ppa = draw(geometry, new SplittableRandom(seed));
        long packed = format.pack(ppa);
        assertThat(format.unpack(packed)).isEqualTo(ppa);
        int bits = format.channelBits() + format.lunBits() + format.blockBits() + format.sectorBits();
        assertThat(packed >>> bits).as("bits above the fields").isZero();
    }

    @Property
    void theOrderOfAddressesIsKept(@ForAll("geometries") Geometry geometry, @ForAll long seed) {
        DeviceAddressFormat format = new DeviceAddressFormat(geometry);
        SplittableRandom random = new SplittableRandom(seed);
        long a = draw(geometry, random);
        long b = draw(geometry, random);
        assertThat(Integer.signum(Long.compareUnsigned(format.pack(a), format.pack(b))))
                .isEqualTo(Integer.signum(Long.compareUnsigned(a, b)));
    }

    @Property
    void anyBitsAreAnAddressOrRefused(@ForAll("geometries") Geometry geometry, @ForAll long bits) {
        DeviceAddressFormat format = new DeviceAddressFormat(geometry);
        int used = format.channelBits() + format.lunBits() + format.blockBits() + format.sectorBits();
        long inside = used == 64 ? bits : bits & ((1L << used) - 1);
        for (long each : new long[] {bits, inside}) {
            try {
                long ppa = format.unpack(each);
                assertThat(geometry.contains(ppa)).isTrue();
                assertThat(format.pack(ppa)).isEqualTo(each);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageMatching(".*(is not in 0\\.\\.|bits above).*");
            }
        }
    }

    @Property
    void addressesOutsideAreRefused(@ForAll("geometries") Geometry geometry, @ForAll long ppa) {
        if (!geometry.contains(ppa)) {
            assertThatThrownBy(() -> new DeviceAddressFormat(geometry).pack(ppa))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not in 0..");
        }
    }

    private static long draw(Geometry geometry, SplittableRandom random) {
        return Ppa.of(
                random.nextInt(geometry.channels()),
                random.nextInt(geometry.lunsPerChannel()),
                random.nextInt(geometry.blocksPerLun()),
                random.nextInt(geometry.sectorsPerBlock()));
    }
}
