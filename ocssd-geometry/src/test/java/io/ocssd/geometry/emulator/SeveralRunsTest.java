package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockState;
import org.junit.jupiter.api.Test;

/** Commands of several runs: each is looked at for itself. */
final class SeveralRunsTest {
    private static final String SHAPE =
            "channels=1&luns=1&blocks=8&sectors=8&sectorBytes=512&wsMin=4&wsOpt=4&mwCunits=0&factoryBad=0&oobBytes=8";

    @Test
    void placesGoByTheLengthOfEachRun() throws Exception {
        try (Console drive = Console.of(SHAPE + "&maxOpen=1")) {
            long[] runs = new long[12];
            for (int i = 0; i < 8; i++) {
                runs[i] = drive.ppa(1, i);
            }
            for (int i = 8; i < 12; i++) {
                runs[i] = drive.ppa(2, i - 8);
            }
            assertThat(drive.write(3, 0, 4)).isZero();
            // The first fills its block and needs none, the second does not.
            assertThat(drive.write(runs)).isEqualTo(0x280);
            assertThat(drive.failed()).isEqualTo(0xF00);
            assertThat(drive.state(1)).isEqualTo(BlockState.FREE);
        }
    }

    @Test
    void aRunThatIsWrittenAnywhereEndsWithItsOwnSectors() throws Exception {
        try (Console drive = Console.of(SHAPE + "&randomBlocks=1")) {
            assertThat(drive.write(drive.ppa(0, 5), drive.ppa(0, 2), drive.ppa(1, 8)))
                    .isEqualTo(0x280);
            assertThat(drive.failed()).as("the run behind it").isEqualTo(0b100);
            assertThat(drive.write(drive.ppa(0, 5), drive.ppa(0, 8))).isEqualTo(0x280);
            assertThat(drive.failed()).isEqualTo(0b11);
            assertThat(drive.write(drive.ppa(0, 7), drive.ppa(0, 2))).isZero();
        }
    }

    @Test
    void countsOfErrorsInSeveralRuns() throws Exception {
        MediaFaults doubtful = new MediaFaults() {
            @Override
            public int programmed(int block, int erases, int first, int length) {
                return length;
            }

            @Override
            public boolean eraseFails(int block, int erases) {
                return false;
            }

            @Override
            public int read(int block, int erases, int sector) {
                return sector == 1 ? 0x2D0 : 0;
            }
        };
        try (Console drive = Console.faulty(SHAPE, doubtful)) {
            drive.fill(1);
            drive.fill(2);
            drive.device.admin().setFeature(0xCA, 1);
            assertThat(drive.read(drive.ppa(1, 1), drive.ppa(2, 0), drive.ppa(2, 1), drive.ppa(1, 3)))
                    .isEqualTo(0x2D0);
            assertThat(drive.failed()).isEqualTo(0b101);
        }
    }
}
