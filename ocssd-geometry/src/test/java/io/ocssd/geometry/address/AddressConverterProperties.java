package io.ocssd.geometry.address;

import static io.ocssd.geometry.address.AddressFormat.PPA;
import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Conversions of geometries of all sorts: odd counts, counts of 1, fields that fill their bits. */
final class AddressConverterProperties {
    private static final int ADDRESSES = Boolean.getBoolean("ocssd.campaign") ? 1_000 : 20;

    @Provide
    Arbitrary<Geometry> geometries() {
        return Geometries.any();
    }

    /** A conversion is refused exactly when a plain comparison of every field says so, in every format. */
    @Property(tries = 200)
    void theFastCheckAgreesWithTheFieldByFieldOne(@ForAll("geometries") Geometry geometry, @ForAll long seed) {
        AddressConverter converter = new AddressConverter(geometry);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < ADDRESSES; i++) {
            long ppa = Geometries.nearTheEdge(geometry, random);
            boolean inside = geometry.contains(ppa);
            assertThat(converter.check(PPA, ppa) == 0)
                    .as("%s of %s", Ppa.toString(ppa), geometry)
                    .isEqualTo(inside);
            for (AddressFormat from : AddressFormat.values()) {
                long address = written(converter, from, ppa, random);
                boolean good = converter.check(from, address) == 0;
                for (AddressFormat to : AddressFormat.values()) {
                    long converted = converter.convertOrNone(from, to, address);
                    String what = from + " " + AddressText.hex(address) + " to " + to + " of " + geometry;
                    if (!good) {
                        assertThat(converted).as(what).isEqualTo(AddressConverter.NONE);
                    } else if (converted == AddressConverter.NONE) {
                        assertThat(to).as(what).isIn(AddressFormat.GENERIC, AddressFormat.OFFSET);
                    } else {
                        assertThat(converter.check(to, converted)).as(what).isZero();
                    }
                }
            }
        }
    }

    /** The address in a format, written without a check; sometimes with a bit of it wrong. */
    private static long written(AddressConverter converter, AddressFormat format, long ppa, SplittableRandom random) {
        Geometry geometry = converter.geometry();
        DeviceAddressFormat device = converter.deviceFormat();
        long packed = Ppa.channel(ppa);
        packed = packed << device.lunBits() | Ppa.lun(ppa);
        packed = packed << device.blockBits() | Ppa.block(ppa);
        packed = packed << device.sectorBits() | Ppa.sector(ppa);
        long address = switch (format) {
            case PPA -> ppa;
            case GENERIC -> GenericAddress.of(Ppa.channel(ppa), Ppa.lun(ppa), Ppa.block(ppa) & 0xFFFF, Ppa.sector(ppa));
            case DEVICE -> packed;
            case OFFSET -> packed * geometry.sectorBytes();
            case LOG_PAGE -> 32L * geometry.blockIndex(ppa);
        };
        return random.nextInt(4) == 0 ? address ^ 1L << random.nextInt(64) : address;
    }

    @Property(tries = 200)
    void goodAddressesSurviveEveryConversion(@ForAll("geometries") Geometry geometry, @ForAll long seed) {
        AddressConverter converter = new AddressConverter(geometry);
        long ppa = Geometries.draw(geometry, new SplittableRandom(seed));
        boolean hasAll = converter.convertOrNone(PPA, AddressFormat.GENERIC, ppa) != AddressConverter.NONE
                && converter.convertOrNone(PPA, AddressFormat.OFFSET, ppa) != AddressConverter.NONE;
        if (hasAll) {
            AddressConverterTest.assertSurvives(converter, ppa);
        }
        assertThat(converter.deviceToPpa(converter.ppaToDevice(ppa)))
                .as("%s of %s", Ppa.toString(ppa), geometry)
                .isEqualTo(ppa);
    }

    @Property(tries = 200)
    void manyAreConvertedAsOneByOne(
            @ForAll("geometries") Geometry geometry,
            @ForAll AddressFormat from,
            @ForAll AddressFormat to,
            @ForAll long seed) {
        AddressConverter converter = new AddressConverter(geometry);
        SplittableRandom random = new SplittableRandom(seed);
        long[] source = new long[random.nextInt(100)];
        Arrays.setAll(source, i -> converter.convertOrNone(PPA, from, Geometries.draw(geometry, random)));
        int expected = 0;
        while (expected < source.length
                && converter.convertOrNone(from, to, source[expected]) != AddressConverter.NONE) {
            expected++;
        }
        String what = from + " to " + to + " of " + geometry;
        assertThat(converter.firstRefused(from, to, source, 0, source.length))
                .as(what)
                .isEqualTo(expected);
        long[] target = new long[source.length + 2];
        converter.convert(from, to, source, 0, target, 1, expected);
        for (int i = 0; i < expected; i++) {
            assertThat(target[i + 1]).as(what).isEqualTo(converter.convert(from, to, source[i]));
        }
        assertThat(target[0] | target[expected + 1]).as(what).isZero();
        converter.convert(from, to, source, 0, expected);
        assertThat(Arrays.copyOf(source, expected)).as(what).isEqualTo(Arrays.copyOfRange(target, 1, expected + 1));
    }

    /** One wrong address anywhere among many is found. */
    @Property(tries = 200)
    void aWrongOneAmongManyIsFound(@ForAll("geometries") Geometry geometry, @ForAll long seed) {
        AddressConverter converter = new AddressConverter(geometry);
        SplittableRandom random = new SplittableRandom(seed);
        for (AddressFormat from : new AddressFormat[] {PPA, AddressFormat.DEVICE}) {
            AddressFormat to = from == PPA ? AddressFormat.DEVICE : PPA;
            long[] addresses = new long[1 + random.nextInt(100)];
            Arrays.setAll(addresses, i -> converter.convert(PPA, from, Geometries.draw(geometry, random)));
            int culprit = random.nextInt(addresses.length);
            addresses[culprit] = random.nextLong() | 1L << 63;
            boolean wrong = converter.check(from, addresses[culprit]) != 0;
            assertThat(converter.firstRefused(from, to, addresses, 0, addresses.length))
                    .as("%s of %s", AddressText.hex(addresses[culprit]), geometry)
                    .isEqualTo(wrong ? culprit : addresses.length);
        }
    }
}
