package io.ocssd.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class AddressProperties {
    @Property
    void everyFieldComesBack(
            @ForAll @IntRange(max = 255) int channel,
            @ForAll @IntRange(max = 255) int lun,
            @ForAll @IntRange(max = (1 << 24) - 1) int block,
            @ForAll @IntRange(max = (1 << 24) - 1) int sector) {
        long ppa = Ppa.of(channel, lun, block, sector);
        assertThat(Ppa.channel(ppa)).isEqualTo(channel);
        assertThat(Ppa.lun(ppa)).isEqualTo(lun);
        assertThat(Ppa.block(ppa)).isEqualTo(block);
        assertThat(Ppa.sector(ppa)).isEqualTo(sector);
        assertThat(Ppa.withSector(Ppa.blockOf(ppa), sector)).isEqualTo(ppa);
        assertThat(Ppa.toString(ppa)).isEqualTo("ch=" + channel + ",lun=" + lun + ",blk=" + block + ",sec=" + sector);
    }

    @Property
    void fieldsThatDoNotFitAreRefused(@ForAll int channel, @ForAll int lun, @ForAll int block, @ForAll int sector) {
        boolean fits = channel >>> 8 == 0 && lun >>> 8 == 0 && block >>> 24 == 0 && sector >>> 24 == 0;
        if (!fits) {
            assertThatThrownBy(() -> Ppa.of(channel, lun, block, sector))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("sector=" + sector);
        }
    }

    @Property
    void blockNumbersAndAddressesAreOneToOne(
            @ForAll @IntRange(min = 1, max = 5) int channels,
            @ForAll @IntRange(min = 1, max = 5) int luns,
            @ForAll @IntRange(min = 1, max = 9) int blocks) {
        Geometry geometry = new Geometry(channels, luns, blocks, 3, 4096, 16);
        int expected = 0;
        for (int channel = 0; channel < channels; channel++) {
            for (int lun = 0; lun < luns; lun++) {
                for (int block = 0; block < blocks; block++) {
                    long ppa = Ppa.of(channel, lun, block, 2);
                    assertThat(geometry.contains(ppa)).isTrue();
                    assertThat(geometry.blockIndex(ppa)).isEqualTo(expected);
                    assertThat(geometry.blockPpa(expected)).isEqualTo(Ppa.blockOf(ppa));
                    expected++;
                }
            }
        }
        assertThat(geometry.blocks()).isEqualTo(expected);
    }
}
