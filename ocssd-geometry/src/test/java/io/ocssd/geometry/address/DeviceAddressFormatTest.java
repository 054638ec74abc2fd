package io.ocssd.geometry.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;
import org.junit.jupiter.api.Test;

final class DeviceAddressFormatTest {
    /** A CNEX drive: sector 10 of chunk 0 of PU 1 of group 2 is 0x0900000A in its maker's documentation. */
    private final DeviceAddressFormat format = new DeviceAddressFormat(new Geometry(8, 4, 1474, 6144, 4096, 16));

    @Test
    void workedExample() {
        assertThat(format.channelBits()).isEqualTo(3);
        assertThat(format.lunBits()).isEqualTo(2);
        assertThat(format.blockBits()).isEqualTo(11);
        assertThat(format.sectorBits()).isEqualTo(13);
        assertThat(format.pack(Ppa.of(2, 1, 0, 10))).isEqualTo(0x0900000AL);
        assertThat(format.unpack(0x0900000AL)).isEqualTo(Ppa.of(2, 1, 0, 10));
    }

    @Test
    void aCountOfOneHasNoBits() {
        DeviceAddressFormat one = new DeviceAddressFormat(new Geometry(1, 1, 1, 1, 4096, 0));
        assertThat(one.channelBits() + one.lunBits() + one.blockBits() + one.sectorBits())
                .isZero();
        assertThat(one.pack(Ppa.of(0, 0, 0, 0))).isZero();
        assertThat(one.unpack(0)).isZero();
        assertThatThrownBy(() -> one.unpack(1)).hasMessageContaining("bits above the 0");
    }

    @Test
    void theLargestGeometryUsesAllBits() {
        DeviceAddressFormat all = new DeviceAddressFormat(new Geometry(256, 1, 1 << 22, 1 << 24, 4096, 0));
        long last = Ppa.of(255, 0, (1 << 22) - 1, (1 << 24) - 1);
        assertThat(all.pack(last)).isEqualTo((1L << 54) - 1);
        assertThat(all.unpack((1L << 54) - 1)).isEqualTo(last);
    }

    @Test
    void everyFieldOutsideIsNamed() {
        assertThatThrownBy(() -> format.pack(Ppa.of(8, 4, 1474, 6144)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("channel=8 is not in 0..7")
                .hasMessageContaining("lun=4 is not in 0..3")
                .hasMessageContaining("block=1474 is not in 0..1473")
                .hasMessageContaining("sector=6144 is not in 0..6143");
    }

    @Test
    void holesOfTheAddressSpaceAreRefused() {
        assertThatThrownBy(() -> format.unpack(6144))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sector=6144");
        assertThatThrownBy(() -> format.unpack(1474L << 13)).hasMessageContaining("block=1474");
        assertThatThrownBy(() -> format.unpack(1L << 29)).hasMessageContaining("deviceAddress=0x20000000");
        assertThatThrownBy(() -> format.unpack(-1)).hasMessageContaining("bits above the 29");
    }
}
