package io.ocssd.geometry.zns;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.geometry.natives.RecordedAbi;
import org.junit.jupiter.api.Test;

/** Every offset, size and number of {@link ZoneLayout}, against what the compiler made of the kernel's header. */
final class ZoneLayoutTest {
    private final RecordedAbi abi;

    ZoneLayoutTest() throws Exception {
        abi = new RecordedAbi("linux-block-abi.txt");
    }

    @Test
    void offsetsAndSizes() {
        assertThat(ZoneLayout.REPORT_SECTOR_OFFSET).isEqualTo(number("blk_zone_report.sector"));
        assertThat(ZoneLayout.REPORT_COUNT_OFFSET).isEqualTo(number("blk_zone_report.nr_zones"));
        assertThat(ZoneLayout.REPORT_FLAGS_OFFSET).isEqualTo(number("blk_zone_report.flags"));
        assertThat(ZoneLayout.REPORT_BYTES).isEqualTo(number("blk_zone_report.zones"));
        assertThat(ZoneLayout.RANGE_SECTOR_OFFSET).isEqualTo(number("blk_zone_range.sector"));
        assertThat(ZoneLayout.RANGE_COUNT_OFFSET).isEqualTo(number("blk_zone_range.nr_sectors"));
        assertThat(ZoneLayout.RANGE_BYTES).isEqualTo(number("blk_zone_range"));
        assertThat(ZoneLayout.ZONE_START_OFFSET).isEqualTo(number("blk_zone.start"));
        assertThat(ZoneLayout.ZONE_LENGTH_OFFSET).isEqualTo(number("blk_zone.len"));
        assertThat(ZoneLayout.ZONE_WRITE_POINTER_OFFSET).isEqualTo(number("blk_zone.wp"));
        assertThat(ZoneLayout.ZONE_TYPE_OFFSET).isEqualTo(number("blk_zone.type"));
        assertThat(ZoneLayout.ZONE_CONDITION_OFFSET).isEqualTo(number("blk_zone.cond"));
        assertThat(ZoneLayout.ZONE_CAPACITY_OFFSET).isEqualTo(number("blk_zone.capacity"));
        assertThat(ZoneLayout.ZONE_BYTES).isEqualTo(number("blk_zone"));
    }

    @Test
    void requests() {
        assertThat(ZoneLayout.BLKREPORTZONE).isEqualTo(abi.of("BLKREPORTZONE"));
        assertThat(ZoneLayout.BLKRESETZONE).isEqualTo(abi.of("BLKRESETZONE"));
        assertThat(ZoneLayout.BLKOPENZONE).isEqualTo(abi.of("BLKOPENZONE"));
        assertThat(ZoneLayout.BLKCLOSEZONE).isEqualTo(abi.of("BLKCLOSEZONE"));
        assertThat(ZoneLayout.BLKFINISHZONE).isEqualTo(abi.of("BLKFINISHZONE"));
    }

    @Test
    void typesAndConditions() {
        assertThat(ZoneLayout.REPORT_CAPACITY).isEqualTo(number("BLK_ZONE_REP_CAPACITY"));
        assertThat(ZoneLayout.TYPE_CONVENTIONAL).isEqualTo(number("BLK_ZONE_TYPE_CONVENTIONAL"));
        assertThat(ZoneLayout.CONDITION_NOT_WRITE_POINTER).isEqualTo(number("BLK_ZONE_COND_NOT_WP"));
        assertThat(ZoneLayout.CONDITION_EMPTY).isEqualTo(number("BLK_ZONE_COND_EMPTY"));
        assertThat(ZoneLayout.CONDITION_IMPLICITLY_OPEN).isEqualTo(number("BLK_ZONE_COND_IMP_OPEN"));
        assertThat(ZoneLayout.CONDITION_EXPLICITLY_OPEN).isEqualTo(number("BLK_ZONE_COND_EXP_OPEN"));
        assertThat(ZoneLayout.CONDITION_CLOSED).isEqualTo(number("BLK_ZONE_COND_CLOSED"));
        assertThat(ZoneLayout.CONDITION_READ_ONLY).isEqualTo(number("BLK_ZONE_COND_READONLY"));
        assertThat(ZoneLayout.CONDITION_FULL).isEqualTo(number("BLK_ZONE_COND_FULL"));
        assertThat(ZoneLayout.CONDITION_OFFLINE).isEqualTo(number("BLK_ZONE_COND_OFFLINE"));
    }

    private int number(String name) {
        return (int) abi.of(name);
    }
}
