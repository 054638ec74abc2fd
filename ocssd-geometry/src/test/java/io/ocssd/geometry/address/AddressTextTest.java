package io.ocssd.geometry.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTextTest {
    private final Geometry geometry = new Geometry(8, 4, 100, 30, 4096, 16);

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "17, 17",
        "0x11, 17",
        "0X1F, 31",
        "' 5 ', 5",
        "18446744073709551615, -1",
        "0xffffffffffffffff, -1",
        "000000000000000000000000001, 1",
        "0x00000000000000000000000001, 1"
    })
    void numbers(String text, long expected) {
        AddressText address = AddressText.parse(text);
        assertThat(address.isNumber()).isTrue();
        assertThat(address.number()).isEqualTo(expected);
        assertThat(address.text()).isEqualTo(text);
        assertThat(address).hasToString(text);
        assertThatThrownBy(() -> address.ppa(geometry, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no fields");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ch=1,lun=2,blk=7,sec=9",
                "grp=1,pu=2,chk=7,sec=9",
                "sec=9,blk=7,lun=2,ch=1",
                " CH=1, LUN=2 ,Blk=07,sec=9 ",
                "ch=1,lun=2,blk=7,pg=2,sec=1",
                "pg=2,ch=1,lun=2,blk=7,sec=1"
            })
    void fields(String text) {
        AddressText address = AddressText.parse(text);
        assertThat(address.isNumber()).isFalse();
        assertThat(address.ppa(geometry, 4)).isEqualTo(Ppa.of(1, 2, 7, 9));
        assertThatThrownBy(address::number)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no number");
    }

    @Test
    void aFieldLeftOutIsZero() {
        assertThat(AddressText.parse("blk=7").ppa(geometry, 4)).isEqualTo(Ppa.of(0, 0, 7, 0));
        assertThat(AddressText.parse("pg=3").ppa(geometry, 4)).isEqualTo(Ppa.of(0, 0, 0, 12));
        assertThat(AddressText.parse("sec=29").ppa(geometry, 4)).isEqualTo(Ppa.of(0, 0, 0, 29));
    }

    @Test
    void printedAddressesAreRead() {
        long ppa = Ppa.of(7, 3, 99, 29);
        assertThat(AddressText.parse(Ppa.toString(ppa)).ppa(geometry, 4)).isEqualTo(ppa);
        assertThat(AddressText.groupFields(ppa)).isEqualTo("grp=7,pu=3,chk=99,sec=29");
        assertThat(AddressText.parse(AddressText.groupFields(ppa)).ppa(geometry, 4))
                .isEqualTo(ppa);
        assertThat(AddressText.hex(ppa)).isEqualTo("0x70300006300001d");
        assertThat(AddressText.parse(AddressText.hex(ppa)).number()).isEqualTo(ppa);
        assertThat(AddressText.hex(-1)).isEqualTo("0xffffffffffffffff");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                     | "" is no address
            x                      | "x" is no address
            -1                     | "-1" is no address
            1.5                    | no address
            0x                     | no address
            0xg                    | no address
            18446744073709551616   | more than 64 bits
            0x10000000000000000    | more than 64 bits
            ch=                    | "ch=" in "ch=" is no field such as blk=7
            ch=-1                  | "ch=-1"
            ch=1,,lun=2            | "" in "ch=1,,lun=2" is no field
            ch=1,lun               | "lun" in "ch=1,lun" is no field
            ch=1;lun=2             | is no field
            ch=1,grp=2             | grp is given twice
            chan=1                 | "chan" in "chan=1" is none of ch, lun, blk, pg, sec
            ch=0x1                 | "ch=0x1"
            ch=1,pl=0              | planes are of Open-Channel SSD 1.2
            sec=1000000000         | no field
            """)
    void whatIsNoAddressIsRefusedWithAHint(String text, String why) {
        assertThatThrownBy(() -> AddressText.parse(text))
                .isInstanceOfSatisfying(
                        AddressSyntaxException.class, e -> assertThat(e.hint()).startsWith("addresses look like "))
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ch=8                        | channel=8 is not in 0..7
            lun=4                       | lun=4 is not in 0..3
            blk=100                     | block=100 is not in 0..99
            sec=30                      | sector=30 is not in 0..29
            ch=999999999,lun=4          | channel=999999999 is not in 0..7, lun=4 is not in 0..3
            blk=100,sec=30              | block=100 is not in 0..99, sector=30 is not in 0..29
            pg=8                        | page=8 is not in 0..7
            pg=0,sec=4                  | sector=4 is not in 0..3
            pg=7,sec=2                  | sector=2 is not in 0..1
            pg=9,sec=4                  | page=9 is not in 0..7, sector=4 is not in 0..3
            """)
    void fieldsOutsideTheGeometryAreNamed(String text, String why) {
        AddressText address = AddressText.parse(text);
        assertThatThrownBy(() -> address.ppa(geometry, 4))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("address " + text + " is outside the geometry: " + why);
    }

    @Test
    void aPageHasSectors() {
        assertThatThrownBy(() -> AddressText.parse("pg=0").ppa(geometry, 0)).hasMessage("pageSectors=0");
        assertThat(AddressText.parse("pg=0,sec=29").ppa(geometry, 1 << 30)).isEqualTo(29);
    }
}
