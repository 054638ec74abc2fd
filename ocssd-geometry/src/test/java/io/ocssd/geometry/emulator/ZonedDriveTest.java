package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockState;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.contract.Proves;
import io.ocssd.geometry.contract.Rule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A zoned drive of the shape that the exchanges of testdata/captures/zns-nvme.txt were recorded with, through the same steps:
 * 16 zones of 0x1800 sectors, four open and six active at most.
 */
final class ZonedDriveTest {
    private static final String RECORDED = "profile=zns-small&sectors=6144";
    private static final String SMALL = "profile=zns-small&sectors=32&sectorBytes=512";

    @TempDir
    Path directory;

    @Test
    void writesAndAppends() throws Exception {
        try (Console drive = Console.of(RECORDED)) {
            assertThat(drive.write(0, 0, 4)).isEqualTo(0x000);
            assertThat(drive.writePointer(0)).isEqualTo(4);
            assertThat(drive.write(0, 8, 4)).isEqualTo(0x1BC);
            assertThat(drive.failed()).isEqualTo(0b1111);
            assertThat(drive.write(0, 0, 4)).isEqualTo(0x1BC);
            assertThat(drive.append(drive.ppa(0, 0), 4)).isEqualTo(0x000);
            assertThat(drive.address()).isEqualTo(drive.ppa(0, 4));
            assertThat(drive.append(drive.ppa(0, 1), 4)).isEqualTo(0x002);
            assertThat(drive.address()).isZero();
            // The recorded drive takes 32 sectors at most, this one 64.
            assertThat(drive.append(drive.ppa(0, 0), 65)).isEqualTo(0x002);
            assertThat(drive.append(drive.ppa(0, 0), 32)).isEqualTo(0x000);
            assertThat(drive.address()).isEqualTo(drive.ppa(0, 8));
            assertThat(drive.write(0, 40, 1)).isEqualTo(0x000);
            assertThat(drive.writePointer(0)).isEqualTo(0x29);
            assertThat(drive.read(0, 0x29, 1)).isEqualTo(0x287);
            assertThat(drive.readRange(drive.ppa(0, 0x17FF), 2)).isEqualTo(0x1B8);
            assertThat(drive.readRange(drive.ppa(0, 0x1800), 2)).isEqualTo(0x287);
            assertThat(drive.read(Ppa.of(0, 0, 16, 0))).isEqualTo(0x080);
        }
    }

    @Test
    void theEndOfAZone() throws Exception {
        try (Console drive = Console.of(RECORDED)) {
            for (int at = 0; at < 0x17E9; at += 64) {
                assertThat(drive.write(0, at, Math.min(64, 0x17E9 - at))).isEqualTo(0x000);
            }
            assertThat(drive.write(0, 0x17E9, 24)).isEqualTo(0x1B8);
            assertThat(drive.append(drive.ppa(0, 0), 24)).isEqualTo(0x1B8);
            assertThat(drive.address()).isZero();
            assertThat(drive.append(drive.ppa(0, 0), 23)).isEqualTo(0x000);
            assertThat(drive.state(0)).isEqualTo(BlockState.CLOSED);
            assertThat(drive.writePointer(0)).isEqualTo(0x1800);
            assertThat(drive.write(0, 0, 4)).isEqualTo(0x1B9);
            assertThat(drive.append(drive.ppa(0, 0), 4)).isEqualTo(0x1B9);
            assertThat(drive.read(0, 0x17FF, 1)).isEqualTo(0x000);
        }
    }

    @Test
    void limits() throws Exception {
        try (Console drive = Console.of(RECORDED)) {
            for (int zone = 1; zone <= 6; zone++) {
                assertThat(drive.write(zone, 0, 1)).isEqualTo(0x000);
            }
            assertThat(drive.write(7, 0, 1)).isEqualTo(0x1BD);
            assertThat(drive.append(drive.ppa(8, 0), 1)).isEqualTo(0x1BD);
            for (int zone = 0; zone < 16; zone++) {
                boolean active = zone >= 1 && zone <= 6;
                assertThat(drive.state(zone)).isEqualTo(active ? BlockState.OPEN : BlockState.FREE);
                assertThat(drive.writePointer(zone)).isEqualTo(active ? 1 : 0);
            }
            assertThat(drive.close(1)).isEqualTo(0x000);
            assertThat(drive.open(9)).isEqualTo(0x1BD);
            assertThat(drive.finish(1)).isEqualTo(0x000);
            assertThat(drive.state(1)).isEqualTo(BlockState.CLOSED);
            assertThat(drive.writePointer(1)).isEqualTo(0x1800);
            assertThat(drive.open(9)).isEqualTo(0x000);
            assertThat(drive.state(9)).isEqualTo(BlockState.OPEN);
            assertThat(drive.writePointer(9)).isZero();
            for (int zone = 2; zone <= 4; zone++) {
                assertThat(drive.open(zone)).isEqualTo(0x000);
            }
            assertThat(drive.open(5)).isEqualTo(0x1BE);
            assertThat(drive.open(6)).isEqualTo(0x1BE);
            assertThat(drive.write(6, 1, 1)).isEqualTo(0x1BE);
            assertThat(drive.writePointer(6)).isEqualTo(1);
            assertThat(drive.write(2, 1, 1)).isEqualTo(0x000);
            // Closed, it makes room for another.
            assertThat(drive.close(9)).isEqualTo(0x000);
            assertThat(drive.state(9)).isEqualTo(BlockState.OPEN);
            assertThat(drive.writePointer(9)).isZero();
            assertThat(drive.write(6, 1, 1)).isEqualTo(0x000);
        }
    }

    @Test
    void management() throws Exception {
        try (Console drive = Console.of(RECORDED)) {
            assertThat(drive.write(1, 0, 1)).isEqualTo(0x000);
            assertThat(drive.finish(1)).isEqualTo(0x000);
            assertThat(drive.erase(drive.ppa(1, 0))).isEqualTo(0x000);
            assertThat(drive.state(1)).isEqualTo(BlockState.FREE);
            assertThat(drive.writePointer(1)).isZero();
            assertThat(drive.erase(drive.ppa(1, 0))).isEqualTo(0x000);
            assertThat(drive.close(1)).isEqualTo(0x1BF);
            assertThat(drive.finish(10)).isEqualTo(0x000);
            assertThat(drive.writePointer(10)).isEqualTo(0x1800);
            assertThat(drive.read(10, 0, 1)).isEqualTo(0x287);
            assertThat(drive.close(10)).isEqualTo(0x1BF);
            assertThat(drive.open(10)).isEqualTo(0x1BF);
            assertThat(drive.finish(10)).isEqualTo(0x000);
            assertThat(drive.erase(drive.ppa(1, 1))).isEqualTo(0x002);
            assertThat(drive.erase(Ppa.of(0, 0, 16, 0))).isEqualTo(0x080);
            assertThat(drive.finish(16)).isEqualTo(0x080);
            assertThat(drive.device.report().eraseCount(1)).isEqualTo(2);
        }
    }

    @Test
    void aVectorOfZonesTriesEach() throws Exception {
        try (Console drive = Console.of(SMALL)) {
            assertThat(drive.write(0, 0, 1)).isZero();
            assertThat(drive.finish(1)).isZero();
            drive.command.close().add(drive.ppa(1, 0)).add(drive.ppa(0, 0)).add(drive.ppa(2, 0));
            assertThat(drive.run()).isEqualTo(0x1BF);
            assertThat(drive.failed()).isEqualTo(0b101);
            drive.command.open().add(drive.ppa(1, 0)).add(drive.ppa(0, 0)).add(drive.ppa(2, 0));
            assertThat(drive.run()).isEqualTo(0x1BF);
            assertThat(drive.failed()).isEqualTo(0b001);
            drive.command.finish().add(drive.ppa(0, 0)).add(drive.ppa(16, 0)).add(drive.ppa(2, 0));
            assertThat(drive.run()).isEqualTo(0x080);
            assertThat(drive.failed()).isEqualTo(0b010);
            assertThat(drive.state(0)).isEqualTo(BlockState.CLOSED);
            assertThat(drive.state(2)).isEqualTo(BlockState.CLOSED);
        }
    }

    @Test
    void aFinishedZoneIsReadableAsFarAsItWasWritten() throws Exception {
        try (Console drive = Console.of(SMALL + "&wsMin=2&wsOpt=2&mwCunits=4")) {
            assertThat(drive.write(3, 0, 6)).isZero();
            int write = drive.lastWrite();
            assertThat(drive.read(3, 0, 3)).isEqualTo(0x287);
            assertThat(drive.failed()).isEqualTo(0b100);
            assertThat(drive.finish(3)).isZero();
            assertThat(drive.read(3, 0, 8)).isEqualTo(0x287);
            assertThat(drive.failed()).isEqualTo(0b1100_0000);
            assertThat(drive.mark(5)).isEqualTo(write);
            assertThat(drive.isUntouched(6)).isTrue();
        }
    }

    @Test
    void oneWriteOverManyZonesParksWhatItMust() throws Exception {
        try (Console drive = Console.of(SMALL + "&maxOpen=2&maxActive=4")) {
            assertThat(drive.write(0, 0, 1)).isZero();
            assertThat(drive.write(1, 0, 1)).isZero();
            long[] three = {drive.ppa(2, 0), drive.ppa(0, 1), drive.ppa(3, 0)};
            assertThat(drive.write(three)).isZero();
            assertThat(drive.writePointer(0)).isEqualTo(2);
            long[] oneTooMany = {drive.ppa(2, 1), drive.ppa(4, 0)};
            assertThat(drive.write(oneTooMany)).isEqualTo(0x1BD);
            assertThat(drive.failed()).isEqualTo(0b10);
            assertThat(drive.writePointer(2)).isEqualTo(1);
            // Zones 0 and 3 are the open ones now: with another opened by command, both places are taken.
            assertThat(drive.open(0)).isZero();
            assertThat(drive.open(3)).isZero();
            assertThat(drive.write(2, 1, 1)).isEqualTo(0x1BE);
        }
    }

    @Test
    void aWriteThatFillsAZoneNeedsNoPlace() throws Exception {
        try (Console drive = Console.of(SMALL + "&maxOpen=1&maxActive=1")) {
            assertThat(drive.open(0)).isZero();
            assertThat(drive.write(1, 0, 1)).isEqualTo(0x1BD);
            assertThat(drive.write(1, 0, 32)).isZero();
            assertThat(drive.state(1)).isEqualTo(BlockState.CLOSED);
            assertThat(drive.append(drive.ppa(2, 0), 32)).isZero();
            assertThat(drive.write(0, 0, 31)).isZero();
            assertThat(drive.write(0, 31, 1)).isZero();
            assertThat(drive.write(3, 0, 1)).isZero();
        }
    }

    @Test
    @Proves(Rule.ZONE_POWER)
    void zonesAreClosedWhenTheDriveIsOpenedAgain() throws Exception {
        String image = "emu:" + directory.resolve("zones.img");
        Ocssd.create(image + "?" + SMALL + "&maxOpen=2&maxActive=3");
        try (Console drive = Console.open(image)) {
            assertThat(drive.write(0, 0, 3)).isZero();
            assertThat(drive.open(0)).isZero();
            assertThat(drive.open(1)).isZero();
            assertThat(drive.write(2, 0, 1)).isEqualTo(0x1BE);
            assertThat(drive.finish(5)).isZero();
        }
        try (Console drive = Console.open(image)) {
            assertThat(drive.state(0)).isEqualTo(BlockState.OPEN);
            assertThat(drive.writePointer(0)).isEqualTo(3);
            assertThat(drive.state(1)).isEqualTo(BlockState.FREE);
            assertThat(drive.state(5)).isEqualTo(BlockState.CLOSED);
            assertThat(drive.read(5, 0, 1)).isEqualTo(0x287);
            // Zone 0 is active and not open; two more may be.
            assertThat(drive.write(2, 0, 1)).isZero();
            assertThat(drive.write(3, 0, 1)).isZero();
            assertThat(drive.write(4, 0, 1)).isEqualTo(0x1BD);
            assertThat(drive.write(0, 3, 1)).isZero();
        }
    }

    @Test
    void aDriveWithoutZonesKnowsNoneOfIt() throws Exception {
        try (Console drive = Console.of("profile=tiny&factoryBad=0")) {
            assertThat(drive.append(drive.ppa(0, 0), 65)).isEqualTo(0x001);
            assertThat(drive.failed()).isEqualTo(-1L);
            assertThat(drive.append(drive.ppa(0, 0), 2)).isEqualTo(0x001);
            assertThat(drive.open(0)).isEqualTo(0x001);
            assertThat(drive.close(0)).isEqualTo(0x001);
            drive.command.finish().add(0).add(1);
            assertThat(drive.run()).isEqualTo(0x001);
            assertThat(drive.failed()).isEqualTo(0b11);
            assertThat(drive.state(0)).isEqualTo(BlockState.FREE);
        }
    }
}
