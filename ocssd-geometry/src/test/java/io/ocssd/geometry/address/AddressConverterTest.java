package io.ocssd.geometry.address;

import static io.ocssd.geometry.address.AddressFormat.DEVICE;
import static io.ocssd.geometry.address.AddressFormat.GENERIC;
import static io.ocssd.geometry.address.AddressFormat.LOG_PAGE;
import static io.ocssd.geometry.address.AddressFormat.OFFSET;
import static io.ocssd.geometry.address.AddressFormat.PPA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AddressConverterTest {
    /** A CNEX drive, and addresses as its maker's documentation and liblightnvm's give them. */
    private final AddressConverter cnex = new AddressConverter(new Geometry(8, 4, 1474, 6144, 4096, 16));

    static Stream<Geometry> small() {
        return Geometries.SMALL.stream();
    }

    @Test
    void workedExamples() {
        assertThat(cnex.genericToDevice(0x0201_0000_0000_000AL)).isEqualTo(0x0900_000AL);
        assertThat(cnex.deviceToGeneric(0x0900_000AL)).isEqualTo(0x0201_0000_0000_000AL);
        assertThat(GenericAddress.of(4, 2, 142, 0)).isEqualTo(0x0402_008E_0000_0000L);
        assertThat(cnex.convert(GENERIC, PPA, 0x0402_008E_0000_0007L)).isEqualTo(Ppa.of(4, 2, 142, 7));
        assertThat(cnex.convert(PPA, DEVICE, Ppa.of(0, 0, 1, 0))).isEqualTo(0x2000);
        assertThat(cnex.convert(PPA, OFFSET, Ppa.of(0, 0, 1, 3))).isEqualTo(0x2003L * 4096);
        assertThat(cnex.convert(GENERIC, OFFSET, 0x0201_0000_0000_000AL)).isEqualTo(0x0900_000AL * 4096);
        assertThat(cnex.convert(PPA, LOG_PAGE, Ppa.of(2, 1, 5, 6000))).isEqualTo(((2 * 4 + 1) * 1474 + 5) * 32);
        assertThat(cnex.convert(LOG_PAGE, GENERIC, ((2 * 4 + 1) * 1474 + 5) * 32))
                .isEqualTo(GenericAddress.of(2, 1, 5, 0));
    }

    /** What liblightnvm's test_addr_conv asserts of every sector, and every other pair of formats. */
    @ParameterizedTest
    @MethodSource("small")
    void everySectorSurvivesEveryConversion(Geometry geometry) {
        AddressConverter converter = new AddressConverter(geometry);
        long sectors = 0;
        for (int block = 0; block < geometry.blocks(); block++) {
            long blockPpa = geometry.blockPpa(block);
            for (int sector = 0; sector < geometry.sectorsPerBlock(); sector++) {
                assertSurvives(converter, Ppa.withSector(blockPpa, sector));
                sectors++;
            }
        }
        assertThat(sectors * geometry.sectorBytes()).isEqualTo(geometry.capacityBytes());
    }

    static void assertSurvives(AddressConverter converter, long ppa) {
        String where = Ppa.toString(ppa) + " of " + converter.geometry();
        for (AddressFormat from : AddressFormat.values()) {
            long address = converter.convert(PPA, from, ppa);
            assertThat(converter.check(from, address)).as("%s %s", from, where).isZero();
            assertThat(address).as("%s %s", from, where).isNotEqualTo(AddressConverter.NONE);
            for (AddressFormat to : AddressFormat.values()) {
                long there = converter.convert(from, to, address);
                boolean losesTheSector = from == LOG_PAGE || to == LOG_PAGE;
                long expected = losesTheSector ? converter.convert(PPA, from, Ppa.blockOf(ppa)) : address;
                assertThat(converter.convert(to, from, there))
                        .as("%s to %s and back, %s", from, to, where)
                        .isEqualTo(expected);
            }
        }
        long generic = converter.convert(PPA, GENERIC, ppa);
        long device = converter.genericToDevice(generic);
        assertThat(device).as(where).isEqualTo(converter.ppaToDevice(ppa));
        assertThat(converter.deviceToGeneric(device)).as(where).isEqualTo(generic);
        assertThat(converter.genericToDeviceUnchecked(generic)).as(where).isEqualTo(device);
        assertThat(converter.deviceToGenericUnchecked(device)).as(where).isEqualTo(generic);
        assertThat(converter.deviceToPpa(device)).as(where).isEqualTo(ppa);
        assertThat(GenericAddress.of(Ppa.channel(ppa), Ppa.lun(ppa), Ppa.block(ppa), Ppa.sector(ppa)))
                .as(where)
                .isEqualTo(generic);
    }

    @ParameterizedTest
    @MethodSource("small")
    void everyDeviceAddressIsOneSectorOrAHole(Geometry geometry) {
        AddressConverter converter = new AddressConverter(geometry);
        long good = 0;
        long last = -1;
        for (long device = 0; device < 1L << converter.deviceFormat().bits(); device++) {
            long ppa = converter.convertOrNone(DEVICE, PPA, device);
            assertThat(ppa == AddressConverter.NONE)
                    .as("deviceAddress=%d of %s", device, geometry)
                    .isEqualTo(converter.check(DEVICE, device) != 0);
            if (ppa != AddressConverter.NONE) {
                good++;
                assertThat(Long.compareUnsigned(ppa, last) > 0 || last == -1)
                        .as("order at deviceAddress=%d of %s", device, geometry)
                        .isTrue();
                last = ppa;
            }
        }
        assertThat(good * geometry.sectorBytes()).isEqualTo(geometry.capacityBytes());
    }

    @Test
    void everyFieldOutsideIsNamed() {
        int all = AddressFault.CHANNEL.bit()
                | AddressFault.LUN.bit()
                | AddressFault.BLOCK.bit()
                | AddressFault.SECTOR.bit();
        assertThat(cnex.check(PPA, Ppa.of(7, 3, 1473, 6143))).isZero();
        assertThat(cnex.check(PPA, Ppa.of(8, 3, 1473, 6143))).isEqualTo(AddressFault.CHANNEL.bit());
        assertThat(cnex.check(PPA, Ppa.of(7, 4, 1473, 6143))).isEqualTo(AddressFault.LUN.bit());
        assertThat(cnex.check(PPA, Ppa.of(7, 3, 1474, 6143))).isEqualTo(AddressFault.BLOCK.bit());
        assertThat(cnex.check(PPA, Ppa.of(7, 3, 1473, 6144))).isEqualTo(AddressFault.SECTOR.bit());
        assertThat(cnex.check(PPA, Ppa.of(8, 4, 1474, 6144))).isEqualTo(all);
        assertThat(cnex.check(GENERIC, GenericAddress.of(8, 4, 1474, 0xFFFF_FFFFL)))
                .isEqualTo(all);
        assertThat(cnex.describe(GENERIC, GenericAddress.of(8, 4, 1474, 0xFFFF_FFFFL)))
                .isEqualTo("genericAddress=0x80405c2ffffffff is outside the geometry: channel=8 is not in 0..7, "
                        + "lun=4 is not in 0..3, block=1474 is not in 0..1473, sector=4294967295 is not in 0..6143");
        assertThatThrownBy(() -> cnex.genericToDevice(GenericAddress.of(8, 4, 1474, 6144)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("channel=8", "lun=4", "block=1474", "sector=6144");
    }

    @Test
    void holesAndStrayBitsOfDeviceAddressesAreNamed() {
        assertThat(cnex.check(DEVICE, 6144)).isEqualTo(AddressFault.SECTOR.bit());
        assertThat(cnex.check(DEVICE, 1474L << 13)).isEqualTo(AddressFault.BLOCK.bit());
        assertThat(cnex.check(DEVICE, 1L << 29)).isEqualTo(AddressFault.UNUSED_BITS.bit());
        assertThat(cnex.check(DEVICE, -1))
                .isEqualTo(AddressFault.UNUSED_BITS.bit() | AddressFault.BLOCK.bit() | AddressFault.SECTOR.bit());
        assertThatThrownBy(() -> cnex.deviceToGeneric(1L << 29))
                .hasMessageContaining("deviceAddress=0x20000000")
                .hasMessageContaining("bits above the 29");
    }

    @Test
    void offsetsAreOfWholeSectors() {
        assertThat(cnex.check(OFFSET, 4097)).isEqualTo(AddressFault.ALIGNMENT.bit());
        assertThat(cnex.check(OFFSET, (6144L << 12) + 1))
                .isEqualTo(AddressFault.ALIGNMENT.bit() | AddressFault.SECTOR.bit());
        assertThat(cnex.check(OFFSET, 1L << 41)).isEqualTo(AddressFault.UNUSED_BITS.bit());
        assertThat(AddressFault.of(cnex.check(OFFSET, -4096))).contains(AddressFault.UNUSED_BITS);
        assertThat(cnex.convertOrNone(OFFSET, PPA, 4097)).isEqualTo(AddressConverter.NONE);
        assertThat(cnex.convertOrNone(OFFSET, PPA, -4096)).isEqualTo(AddressConverter.NONE);
        assertThatThrownBy(() -> cnex.convert(OFFSET, PPA, 4097))
                .hasMessage("offset=4097 is outside the geometry: it is no multiple of 4096, the bytes of a sector");
    }

    @Test
    void logPageOffsetsAreOfWholeDescriptors() {
        long end = 32L * 8 * 4 * 1474;
        assertThat(cnex.check(LOG_PAGE, end - 32)).isZero();
        assertThat(cnex.check(LOG_PAGE, end)).isEqualTo(AddressFault.CHANNEL.bit());
        assertThat(cnex.check(LOG_PAGE, 33)).isEqualTo(AddressFault.ALIGNMENT.bit());
        assertThat(cnex.convertOrNone(LOG_PAGE, PPA, -32)).isEqualTo(AddressConverter.NONE);
        assertThatThrownBy(() -> cnex.convert(LOG_PAGE, PPA, end)).hasMessageContaining("channel=8 is not in 0..7");
        assertThatThrownBy(() -> cnex.convert(LOG_PAGE, PPA, 33)).hasMessageContaining("multiple of 32");
    }

    @Test
    void whatTheOtherFormatCannotHoldIsRefused() {
        AddressConverter many = new AddressConverter(new Geometry(2, 2, 70_000, 16, 4096, 0));
        long last = Ppa.of(1, 1, 65_535, 15);
        AddressConverterTest.assertSurvives(many, last);
        long beyond = Ppa.of(1, 1, 65_536, 15);
        assertThatThrownBy(() -> many.convert(PPA, GENERIC, beyond))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no generic address: its block is not in 0..65535");
        long device = many.ppaToDevice(beyond);
        assertThat(many.deviceToPpa(device)).isEqualTo(beyond);
        assertThatThrownBy(() -> many.deviceToGeneric(device)).hasMessageContaining("no generic address");
        assertThat(many.convertOrNone(DEVICE, GENERIC, device)).isEqualTo(AddressConverter.NONE);
        assertThat(many.firstRefused(DEVICE, GENERIC, new long[] {0, device}, 0, 2))
                .isEqualTo(1);

        AddressConverter large = new AddressConverter(new Geometry(256, 1, 1 << 22, 1 << 24, 4096, 0));
        long tooFar = Ppa.of(255, 0, (1 << 22) - 1, (1 << 24) - 1);
        assertThatThrownBy(() -> large.convert(PPA, OFFSET, tooFar))
                .hasMessageContaining("has no offset: it would be 2^63 or more");
        long stillThere = Ppa.of(31, 0, (1 << 22) - 1, (1 << 24) - 1);
        assertThat(large.convert(OFFSET, PPA, large.convert(PPA, OFFSET, stillThere)))
                .isEqualTo(stillThere);
    }

    @Test
    void manyAreConvertedWhereTheyLie() {
        long[] addresses = {-5, Ppa.of(2, 1, 0, 10), Ppa.of(7, 3, 1473, 6143), -6};
        cnex.convert(PPA, DEVICE, addresses, 1, 3);
        assertThat(addresses).containsExactly(-5, 0x0900_000AL, cnex.ppaToDevice(Ppa.of(7, 3, 1473, 6143)), -6);
        cnex.convert(DEVICE, GENERIC, addresses, 1, 3);
        assertThat(addresses[1]).isEqualTo(0x0201_0000_0000_000AL);
        cnex.convert(GENERIC, OFFSET, addresses, 1, 3);
        cnex.convert(OFFSET, PPA, addresses, 1, 3);
        assertThat(addresses).containsExactly(-5, Ppa.of(2, 1, 0, 10), Ppa.of(7, 3, 1473, 6143), -6);
        cnex.convert(PPA, DEVICE, addresses, 1, 1);
        cnex.convert(PPA, DEVICE, addresses, 4, 4);
    }

    @Test
    void oneThatIsWrongIsNamedAndNothingIsChanged() {
        for (AddressFormat to : AddressFormat.values()) {
            long[] addresses = {0, Ppa.of(1, 0, 0, 0), Ppa.of(0, 0, 0, 6144), 0};
            long[] before = addresses.clone();
            assertThat(cnex.firstRefused(PPA, to, addresses, 0, 4)).isEqualTo(2);
            assertThat(cnex.firstRefused(PPA, to, addresses, 0, 2)).isEqualTo(2);
            assertThat(cnex.firstRefused(PPA, to, addresses, 3, 4)).isEqualTo(4);
            assertThatThrownBy(() -> cnex.convert(PPA, to, addresses, 0, 4))
                    .as("%s", to)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("index=2: address ch=0,lun=0,blk=0,sec=6144")
                    .hasMessageContaining("sector=6144 is not in 0..6143");
            assertThat(addresses).isEqualTo(before);
        }
        long[] devices = {0, 1L << 40};
        assertThatThrownBy(() -> cnex.convert(DEVICE, GENERIC, devices, 0, 2)).hasMessageContaining("index=1");
        assertThat(devices).containsExactly(0, 1L << 40);
    }

    @Test
    void partsMayBeAnywhereButNotOverlap() {
        long[] addresses = {Ppa.of(0, 0, 1, 0), Ppa.of(0, 0, 2, 0), 0, 0};
        cnex.convert(PPA, DEVICE, addresses, 0, addresses, 2, 2);
        assertThat(addresses).endsWith(0x2000, 0x4000);
        assertThatThrownBy(() -> cnex.convert(PPA, DEVICE, addresses, 0, addresses, 1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("overlap");
        assertThatThrownBy(() -> cnex.convert(PPA, DEVICE, addresses, 2, addresses, 1, 2))
                .hasMessageContaining("overlap");
        assertThatThrownBy(() -> cnex.convert(PPA, DEVICE, addresses, 3, addresses, 0, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> cnex.convert(PPA, DEVICE, addresses, 3, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void masksHaveNames() {
        assertThat(AddressFault.names(0)).isEmpty();
        assertThat(AddressFault.of(0)).isEmpty();
        int mask = AddressFault.SECTOR.bit() | AddressFault.CHANNEL.bit() | AddressFault.UNUSED_BITS.bit();
        assertThat(AddressFault.names(mask)).isEqualTo("channel, sector, unused bits");
        assertThat(AddressFault.of(mask))
                .containsExactly(AddressFault.CHANNEL, AddressFault.SECTOR, AddressFault.UNUSED_BITS);
        assertThat(Stream.of(AddressFault.values()).map(AddressFault::bit))
                .as("bits are part of the interface")
                .containsExactly(1, 2, 4, 8, 16, 32);
        assertThat(cnex.describe(PPA, 0)).isEqualTo("address ch=0,lun=0,blk=0,sec=0 is inside the geometry");
    }

    @Test
    void formatsHaveTheirUsersNames() {
        assertThat(Stream.of(AddressFormat.values()).map(AddressFormat::label))
                .containsExactly("ppa", "generic", "device", "offset", "log-page");
    }

    @Test
    void aDriveMayHaveWiderFieldsThanItNeeds() {
        Geometry geometry = new Geometry(3, 4, 5, 6, 4096, 0);
        DeviceAddressFormat wide = new DeviceAddressFormat(geometry, 8, 4, 24, 10);
        AddressConverter converter = new AddressConverter(wide);
        long ppa = Ppa.of(2, 3, 4, 5);
        assertThat(converter.ppaToDevice(ppa)).isEqualTo(2L << 38 | 3L << 34 | 4L << 10 | 5);
        assertThat(wide.bits()).isEqualTo(46);
        assertSurvives(converter, ppa);
        assertThat(converter.check(DEVICE, 3L << 38 | 4L << 34 | 5L << 10 | 6))
                .isEqualTo(AddressFault.CHANNEL.bit()
                        | AddressFault.LUN.bit()
                        | AddressFault.BLOCK.bit()
                        | AddressFault.SECTOR.bit());
        for (int bit = 0; bit < 64; bit++) {
            long device = 1L << bit;
            assertThat(converter.convertOrNone(DEVICE, PPA, device) == AddressConverter.NONE)
                    .as("bit %d", bit)
                    .isEqualTo(converter.check(DEVICE, device) != 0);
        }
        DeviceAddressFormat all = new DeviceAddressFormat(geometry, 8, 8, 24, 24);
        assertThat(all.bits()).isEqualTo(64);
        assertSurvives(new AddressConverter(all), Ppa.of(0, 3, 4, 5));
        assertThat(all.unpack(all.pack(ppa))).isEqualTo(ppa);
        assertThat(new AddressConverter(all).convertOrNone(PPA, OFFSET, ppa)).isEqualTo(AddressConverter.NONE);
        assertThat(new AddressConverter(all).convertOrNone(DEVICE, PPA, -1)).isEqualTo(AddressConverter.NONE);
        assertThatThrownBy(() -> new DeviceAddressFormat(geometry, 1, 4, 24, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("channelBits=1 is not in 2..8");
        assertThatThrownBy(() -> new DeviceAddressFormat(geometry, 8, 4, 24, 25))
                .hasMessageContaining("sectorBits=25 is not in 3..24");
    }

    @Test
    void genericAddressesHoldTheirFields() {
        long generic = GenericAddress.of(255, 254, 65_535, 0xFFFF_FFFEL);
        assertThat(generic).isEqualTo(0xFFFE_FFFF_FFFF_FFFEL);
        assertThat(GenericAddress.channel(generic)).isEqualTo(255);
        assertThat(GenericAddress.lun(generic)).isEqualTo(254);
        assertThat(GenericAddress.block(generic)).isEqualTo(65_535);
        assertThat(GenericAddress.sector(generic)).isEqualTo(0xFFFF_FFFEL);
        assertThatThrownBy(() -> GenericAddress.of(256, 0, 0, 0)).hasMessageContaining("channel=256");
        assertThatThrownBy(() -> GenericAddress.of(0, -1, 0, 0)).hasMessageContaining("lun=-1");
        assertThatThrownBy(() -> GenericAddress.of(0, 0, 65_536, 0)).hasMessageContaining("block=65536");
        assertThatThrownBy(() -> GenericAddress.of(0, 0, 0, 1L << 32)).hasMessageContaining("sector=4294967296");
    }
}
