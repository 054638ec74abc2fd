package io.ocssd.geometry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.contract.Rig.Outcome;
import java.util.List;

/** Which block an address names, and which row of the report is which block. */
abstract class AddressContract extends Theme {
    @ContractTest
    @Proves({Rule.REPORT_ALL, Rule.REPORT_STATE, Rule.REPORT_WRITE_POINTER})
    void everyBlockOfANewDriveIsFreeOrOffline(Rig rig) throws Exception {
        BlockReport report = rig.device.report();
        assertThat(report.geometry()).isEqualTo(rig.geometry);
        assertThat(report.count(BlockState.FREE) + report.count(BlockState.OFFLINE))
                .isEqualTo(rig.geometry.blocks());
        for (int block = 0; block < rig.geometry.blocks(); block++) {
            assertThat(report.sectors(block)).isBetween(1, rig.geometry.sectorsPerBlock());
            assertThat(report.wearIndex(block)).isZero();
            if (report.state(block) == BlockState.FREE) {
                assertThat(report.writePointer(block)).as("block %d", block).isZero();
            }
            assertThat(report.eraseCount(block))
                    .isEqualTo(rig.has(Trait.ERASE_COUNTS) ? 0 : BlockReport.UNKNOWN_ERASES);
        }
    }

    @ContractTest(needs = Trait.CHUNKS)
    @Proves({Rule.ADDRESS_OUTSIDE, Rule.WRITE_NO_BLOCK, Rule.READ_NOT_READABLE, Rule.ERASE_NO_BLOCK})
    void anAddressOutsideNamesNoBlock(Rig rig) throws Exception {
        int n = rig.limits.wsMin();
        for (long outside : outside(rig.geometry)) {
            String where = Ppa.toString(outside);
            assertThat(rig.write(outside, n)).as(where).isEqualTo(rig.refused(0x280, 0, n));
            assertThat(rig.read(outside)).as(where).isEqualTo(rig.refused(0x287, 0, 1));
            assertThat(rig.erase(outside)).as(where).isEqualTo(rig.refused(0x2C1, 0, 1));
        }
        assertThat(rig.device.report().count(BlockState.OPEN)).isZero();
    }

    @ContractTest
    @Proves(Rule.ADDRESS_INDEX)
    void theRowsOfTheReportGoByChannelThenLunThenBlock(Rig rig) throws Exception {
        int row = 0;
        for (int channel = 0; channel < rig.geometry.channels(); channel++) {
            for (int lun = 0; lun < rig.geometry.lunsPerChannel(); lun++) {
                for (int block = 0; block < rig.geometry.blocksPerLun(); block++) {
                    long ppa = Ppa.of(channel, lun, block, 0);
                    // Of every LUN the last good block is enough.
                    if (rig.freeBlocks().contains(ppa) && isLastGoodOfItsLun(rig, ppa)) {
                        rig.fill(ppa);
                        assertOnlyChange(rig.device.report(), row);
                        eraseAgain(rig, ppa);
                    }
                    row++;
                }
            }
        }
    }

    private static boolean isLastGoodOfItsLun(Rig rig, long ppa) throws Exception {
        return rig.freeBlocks().stream()
                .filter(each -> rig.geometry.lunIndex(each) == rig.geometry.lunIndex(ppa))
                .allMatch(each -> each <= ppa);
    }

    private static void assertOnlyChange(BlockReport report, int row) {
        assertThat(report.state(row)).as("row %d", row).isEqualTo(BlockState.CLOSED);
        assertThat(report.count(BlockState.CLOSED)).as("row %d", row).isEqualTo(1);
    }

    private static void eraseAgain(Rig rig, long ppa) throws Exception {
        assertThat(rig.erase(ppa)).isEqualTo(Outcome.SUCCESS);
    }

    @ContractTest(needs = Trait.PAYLOAD)
    @Proves({Rule.ADDRESS_INDEX, Rule.READ_CLOSED})
    void everyBlockHasPlacesOfItsOwn(Rig rig) throws Exception {
        List<Long> free = rig.freeBlocks();
        for (long block : free) {
            rig.fill(block);
        }
        for (long block : free) {
            rig.assertReadable(block, 0, rig.geometry.sectorsPerBlock());
        }
    }
}
