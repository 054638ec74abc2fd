package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.ByteClass;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.Ppa;
import io.ocssd.error.DeviceException;
import org.junit.jupiter.api.Test;

/** Scalar commands, copies, reads of what is not there, blocks of another kind: on drives in memory. */
final class UnusualCommandsTest {
    private static final String SHAPE =
            "channels=1&luns=2&blocks=8&sectors=24&sectorBytes=512&oobBytes=8&wsMin=2&wsOpt=4&mwCunits=4&factoryBad=0";

    // ---- scalar commands

    @Test
    void scalarCommandsFollowTheRulesOfVectors() throws Exception {
        try (Console drive = Console.of(SHAPE)) {
            assertThat(drive.writeRange(drive.ppa(1, 0), 8)).isZero();
            int write = drive.lastWrite();
            assertThat(drive.writeRange(drive.ppa(1, 8), 3)).isEqualTo(0x002);
            assertThat(drive.writeRange(drive.ppa(1, 10), 2)).isEqualTo(0x2F2);
            assertThat(drive.writeRange(drive.ppa(1, 8), 18)).isEqualTo(0x280);
            assertThat(drive.readRange(drive.ppa(1, 0), 6)).isEqualTo(0x287);
            assertThat(drive.failed()).isEqualTo(0b11_0000);
            assertThat(drive.mark(3)).isEqualTo(write);
            assertThat(drive.place(3)).isEqualTo(3);
            assertThat(drive.oobMark(3)).isEqualTo(write);
            assertThat(drive.isUntouched(4)).isTrue();
        }
    }

    @Test
    void zerosEndWithTheCommand() throws Exception {
        try (Console drive = Console.of(SHAPE + "&dulbe=off")) {
            assertThat(drive.writeRange(drive.ppa(1, 0), 8)).isZero();
            assertThat(drive.readRange(drive.ppa(1, 0), 6)).isZero();
            assertThat(drive.place(3)).isEqualTo(3);
            assertThat(drive.isUntouched(5)).isFalse();
            assertThat(drive.isUntouched(6)).isTrue();
            assertThat(drive.isUntouched(9)).isTrue();
        }
    }

    @Test
    void moreThanSixtyFourSectorsAreTooMany() throws Exception {
        try (Console drive = Console.of(SHAPE.replace("sectors=24", "sectors=130"))) {
            assertThat(drive.writeRange(drive.ppa(0, 0), 66)).isEqualTo(0x002);
            assertThat(drive.failed()).isEqualTo(-1L);
            assertThat(drive.state(0)).isEqualTo(BlockState.FREE);
            assertThat(drive.writeRange(drive.ppa(0, 0), 64)).isZero();
            assertThat(drive.writeRange(drive.ppa(0, 64), 64)).isZero();
            assertThat(drive.readRange(drive.ppa(0, 0), 65)).isEqualTo(0x002);
            assertThat(drive.isUntouched(0)).isTrue();
            assertThat(drive.readRange(drive.ppa(0, 0), 64)).isZero();
        }
    }

    @Test
    void aRangeThatLeavesTheSectorFieldReachesNoOtherBlock() throws Exception {
        try (Console drive = Console.of(SHAPE)) {
            drive.fill(1);
            long last = Ppa.of(0, 0, 0, Ppa.MAX_BLOCKS - 2);
            assertThat(drive.readRange(last, 4)).isEqualTo(0x287);
            assertThat(drive.failed()).isEqualTo(0b1111);
            assertThat(drive.isUntouched(2)).isTrue();
            assertThat(drive.writeRange(last, 4)).isEqualTo(0x280);
            assertThat(drive.failed()).isEqualTo(0b1111);
            assertThat(drive.state(0)).isEqualTo(BlockState.FREE);
        }
    }

    @Test
    void aScalarEraseNamesExactlyOneBlock() throws Exception {
        try (Console drive = Console.of(SHAPE)) {
            drive.fill(1);
            drive.command.erase().range(drive.ppa(1, 0), 23);
            assertThat(drive.run()).isEqualTo(0x080);
            drive.command.erase().range(drive.ppa(1, 1), 24);
            assertThat(drive.run()).isEqualTo(0x080);
            drive.command.erase().range(drive.ppa(1, 0), 48);
            assertThat(drive.run()).isEqualTo(0x080);
            assertThat(drive.failed()).isEqualTo(1);
            drive.command.erase().range(Ppa.of(7, 0, 0, 0), 24);
            assertThat(drive.run()).isEqualTo(0x2C1);
            drive.command.erase().range(drive.ppa(1, 0), 24);
            assertThat(drive.run()).isZero();
            assertThat(drive.state(1)).isEqualTo(BlockState.FREE);
            assertThat(drive.device.counters().erases()).isEqualTo(1);
        }
    }

    // ---- copies

    private static int copy(Console drive, long[] from, long[] to) throws Exception {
        drive.command.copy();
        for (long each : from) {
            drive.command.add(each);
        }
        for (long each : to) {
            drive.command.addDestination(each);
        }
        return drive.run();
    }

    @Test
    void aCopyMovesDataAndOob() throws Exception {
        try (Console drive = Console.of(SHAPE + "&copy=on")) {
            drive.fill(1);
            drive.fill(9);
            long[] from = {drive.ppa(9, 3), drive.ppa(1, 20), drive.ppa(1, 0), drive.ppa(9, 3)};
            long[] to = {drive.ppa(3, 0), drive.ppa(3, 1), drive.ppa(12, 0), drive.ppa(12, 1)};
            assertThat(drive.read(from)).isZero();
            int[] marks = {drive.mark(0), drive.mark(1), drive.mark(2), drive.mark(3)};
            int[] places = {drive.place(0), drive.place(1), drive.place(2), drive.place(3)};
            long before = drive.device.counters().programmedSectors();
            assertThat(copy(drive, from, to)).isZero();
            assertThat(drive.device.counters().programmedSectors()).isEqualTo(before + 4);
            assertThat(drive.writePointer(3)).isEqualTo(2);
            assertThat(drive.writePointer(12)).isEqualTo(2);
            // Beyond the window.
            assertThat(drive.write(3, 2, 4)).isZero();
            assertThat(drive.write(12, 2, 4)).isZero();
            assertThat(drive.read(to)).isZero();
            for (int i = 0; i < 4; i++) {
                assertThat(drive.mark(i)).isEqualTo(marks[i]);
                assertThat(drive.place(i)).isEqualTo(places[i]);
                assertThat(drive.oobMark(i)).isEqualTo(marks[i]);
            }
        }
    }

    @Test
    void aCopyCountsItsBytesByClass() throws Exception {
        try (Console drive = Console.of(SHAPE + "&copy=on")) {
            drive.fill(1);
            drive.command
                    .copy()
                    .addRun(drive.ppa(1, 0), 2)
                    .addDestination(drive.ppa(2, 0))
                    .addDestination(drive.ppa(2, 1));
            drive.command.count(ByteClass.RELOCATED, 1000);
            assertThat(drive.run()).isZero();
            assertThat(drive.device.counters().programmedBytes(ByteClass.RELOCATED))
                    .isEqualTo(1000);
            assertThat(drive.device.counters().programmedBytes(ByteClass.PAYLOAD))
                    .isEqualTo(24 * 512 + 24);
        }
    }

    @Test
    void aCopyThatCantBeReadOrWrittenLeavesEverythingAsItWas() throws Exception {
        try (Console drive = Console.of(SHAPE + "&copy=on")) {
            drive.fill(1);
            assertThat(drive.write(2, 0, 8)).isZero();
            long[] partlyUnreadable = {drive.ppa(1, 0), drive.ppa(2, 4)};
            assertThat(copy(drive, partlyUnreadable, new long[] {drive.ppa(3, 0), drive.ppa(3, 1)}))
                    .isEqualTo(0x287);
            assertThat(drive.failed()).isEqualTo(0b10);
            assertThat(drive.state(3)).isEqualTo(BlockState.FREE);
            long[] good = {drive.ppa(1, 0), drive.ppa(1, 1), drive.ppa(1, 2), drive.ppa(1, 3)};
            long[] secondRunWrong = {drive.ppa(3, 0), drive.ppa(3, 1), drive.ppa(4, 2), drive.ppa(4, 3)};
            assertThat(copy(drive, good, secondRunWrong)).isEqualTo(0x2F2);
            assertThat(drive.failed()).isEqualTo(0b1100);
            assertThat(drive.state(3)).isEqualTo(BlockState.FREE);
            assertThat(drive.device.counters().programmedSectors()).isEqualTo(24 + 8);
        }
    }

    @Test
    void withDulbeOffACopyOfNothingIsZeros() throws Exception {
        try (Console drive = Console.of(SHAPE.replace("mwCunits=4", "mwCunits=0") + "&copy=on&dulbe=off")) {
            drive.fill(1);
            assertThat(copy(drive, new long[] {drive.ppa(1, 0), drive.ppa(5, 0)}, new long[] {
                        drive.ppa(3, 0), drive.ppa(3, 1)
                    }))
                    .isZero();
            assertThat(drive.read(3, 0, 2)).isZero();
            assertThat(drive.mark(0)).isPositive();
            assertThat(drive.mark(1)).isZero();
            assertThat(drive.oobMark(1)).isZero();
        }
    }

    @Test
    void aCopyFromABlockToItself() throws Exception {
        try (Console drive = Console.of(SHAPE.replace("mwCunits=4", "mwCunits=0") + "&copy=on")) {
            assertThat(drive.write(3, 0, 4)).isZero();
            int write = drive.lastWrite();
            assertThat(copy(drive, new long[] {drive.ppa(3, 2), drive.ppa(3, 0)}, new long[] {
                        drive.ppa(3, 4), drive.ppa(3, 5)
                    }))
                    .isZero();
            assertThat(drive.read(3, 4, 2)).isZero();
            assertThat(new int[] {drive.mark(0), drive.place(0), drive.mark(1), drive.place(1)})
                    .containsExactly(write, 2, write, 0);
        }
    }

    @Test
    void aDriveThatDoesNotCopySaysSo() throws Exception {
        try (Console drive = Console.of(SHAPE)) {
            drive.fill(1);
            assertThat(copy(drive, new long[] {drive.ppa(1, 0), drive.ppa(1, 1)}, new long[] {
                        drive.ppa(2, 0), drive.ppa(2, 1)
                    }))
                    .isEqualTo(0x001);
            assertThat(drive.failed()).isEqualTo(0b11);
            assertThat(drive.state(2)).isEqualTo(BlockState.FREE);
        }
    }

    // ---- DULBE and the features

    @Test
    void withDulbeOffWhatCantBeReadIsZeros() throws Exception {
        try (Console drive = Console.of(SHAPE.replace("factoryBad=0", "factoryBad=1") + "&dulbe=off")) {
            int bad = 0;
            while (drive.state(bad) != BlockState.OFFLINE) {
                bad++;
            }
            int open = bad == 3 ? 4 : 3;
            assertThat(drive.write(open, 0, 8)).isZero();
            int write = drive.lastWrite();
            assertThat(drive.read(
                            drive.ppa(open, 3),
                            drive.ppa(open, 4),
                            drive.ppa(open, 23),
                            drive.ppa(open, 24),
                            drive.ppa(bad, 0),
                            Ppa.of(9, 9, 9, 9),
                            drive.ppa(open, 0)))
                    .isZero();
            assertThat(drive.failed()).isZero();
            assertThat(drive.mark(0)).isEqualTo(write);
            assertThat(drive.mark(6)).isEqualTo(write);
            for (int i = 1; i < 6; i++) {
                assertThat(drive.mark(i)).isZero();
                assertThat(drive.oobMark(i)).isZero();
            }
        }
    }

    @Test
    void dulbeIsAFeature() throws Exception {
        try (Console drive = Console.of(SHAPE)) {
            DeviceAdmin admin = drive.device.admin();
            assertThat(admin.feature(0x05)).isEqualTo(1 << 16);
            assertThat(drive.read(0, 0, 1)).isEqualTo(0x287);
            admin.setFeature(0x05, 0xABCD);
            assertThat(admin.feature(0x05)).isEqualTo(0xABCD);
            assertThat(drive.read(0, 0, 1)).isZero();
            admin.setFeature(0x05, DeviceAdmin.DULBE | 7);
            assertThat(drive.read(0, 0, 1)).isEqualTo(0x287);
            assertThat(admin.feature(0xCA)).isZero();
            admin.setFeature(0xCA, 3);
            assertThat(admin.feature(0xCA)).isEqualTo(3);
            assertThat(admin.feature(0x05)).isEqualTo(DeviceAdmin.DULBE | 7);
        }
    }

    @Test
    void whatFeaturesCantBe() throws Exception {
        try (Console drive = Console.of(SHAPE)) {
            DeviceAdmin admin = drive.device.admin();
            assertStatus(0x002, () -> admin.setFeature(0x05, 1 << 17));
            assertStatus(0x002, () -> admin.setFeature(0xCA, 4));
            assertStatus(0x002, () -> admin.setFeature(0x06, 0));
            assertStatus(0x002, () -> admin.feature(0x06));
            assertThat(admin.feature(0x05)).isEqualTo(DeviceAdmin.DULBE);
            assertThat(admin.feature(0xCA)).isZero();
        }
    }

    private static void assertStatus(int status, org.assertj.core.api.ThrowableAssert.ThrowingCallable command) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        DeviceException.class, e -> assertThat(e.status()).isEqualTo(status));
    }

    @Test
    void aDriveIsOpenedWithDulbeOff() throws Exception {
        try (Console drive = Console.of(SHAPE + "&dulbe=off")) {
            assertThat(drive.device.admin().feature(0x05)).isZero();
        }
    }

    // ---- random blocks, short blocks

    @Test
    void aRandomBlockIsWrittenAnywhere() throws Exception {
        try (Console drive = Console.of(SHAPE + "&randomBlocks=1&maxOpen=1")) {
            assertThat(drive.device.report().type(0)).isEqualTo(BlockType.RANDOM);
            assertThat(drive.device.report().type(8)).isEqualTo(BlockType.RANDOM);
            assertThat(drive.device.report().type(1)).isEqualTo(BlockType.SEQUENTIAL);
            assertThat(drive.read(0, 0, 1)).isEqualTo(0x287);
            assertThat(drive.write(drive.ppa(0, 7), drive.ppa(0, 3), drive.ppa(0, 4), drive.ppa(0, 7)))
                    .isZero();
            int write = drive.lastWrite();
            assertThat(drive.state(0)).isEqualTo(BlockState.OPEN);
            assertThat(drive.writePointer(0)).isZero();
            // It is none of the open ones that are limited.
            assertThat(drive.write(1, 0, 2)).isZero();
            assertThat(drive.write(8, 5, 1)).isZero();
            assertThat(drive.write(2, 0, 2)).isEqualTo(0x280);
            assertThat(drive.read(drive.ppa(0, 3), drive.ppa(0, 4), drive.ppa(0, 7), drive.ppa(0, 23)))
                    .isZero();
            assertThat(new int[] {drive.mark(0), drive.mark(1), drive.mark(2), drive.mark(3)})
                    .containsExactly(write, write, write, 0);
            assertThat(new int[] {drive.place(0), drive.place(1), drive.place(2), drive.place(3)})
                    .containsExactly(1, 2, 3, 0);
            assertThat(drive.read(0, 24, 1)).isEqualTo(0x287);
            assertThat(drive.write(0, 23, 2)).isEqualTo(0x280);
            assertThat(drive.write(0, 3, 1)).isZero();
            assertThat(drive.read(0, 3, 1)).isZero();
            assertThat(drive.mark(0)).isEqualTo(drive.lastWrite());
        }
    }

    @Test
    void anErasedRandomBlockIsZerosWhereNobodyWrote() throws Exception {
        try (Console drive = Console.of(SHAPE + "&randomBlocks=1")) {
            for (int at = 0; at < 24; at++) {
                assertThat(drive.write(0, at, 1)).isZero();
            }
            assertThat(drive.erase(drive.ppa(0, 0))).isZero();
            assertThat(drive.state(0)).isEqualTo(BlockState.FREE);
            assertThat(drive.device.report().eraseCount(0)).isEqualTo(1);
            assertThat(drive.read(0, 5, 1)).isEqualTo(0x287);
            assertThat(drive.erase(drive.ppa(0, 0))).isEqualTo(0x2C1);
            assertThat(drive.write(0, 9, 1)).isZero();
            assertThat(drive.read(0, 0, 24)).isZero();
            for (int at = 0; at < 24; at++) {
                assertThat(drive.mark(at)).isEqualTo(at == 9 ? drive.lastWrite() : 0);
                assertThat(drive.oobMark(at)).isEqualTo(at == 9 ? drive.lastWrite() : 0);
            }
        }
    }

    @Test
    void aShortBlockIsFullEarlier() throws Exception {
        try (Console drive = Console.of(SHAPE + "&shortBlocks=2&seed=3")) {
            int block = 0;
            while (drive.device.report().sectors(block) == 24) {
                block++;
            }
            int sectors = drive.device.report().sectors(block);
            drive.fill(block);
            assertThat(drive.state(block)).isEqualTo(BlockState.CLOSED);
            assertThat(drive.writePointer(block)).isEqualTo(sectors);
            assertThat(drive.read(block, 0, sectors)).isZero();
            assertThat(drive.read(block, sectors, 1)).isEqualTo(0x287);
            drive.command.erase().range(drive.ppa(block, 0), 24);
            assertThat(drive.run()).isEqualTo(0x080);
            drive.command.erase().range(drive.ppa(block, 0), sectors);
            assertThat(drive.run()).isZero();
        }
    }

    // ---- erases

    @Test
    void freeAndOpenBlocksAreErasedWhereTheDriveCan() throws Exception {
        try (Console drive = Console.of(SHAPE + "&eraseFree=on&eraseOpen=on&maxOpen=1")) {
            assertThat(drive.erase(drive.ppa(0, 0), drive.ppa(0, 0))).isZero();
            assertThat(drive.device.report().eraseCount(0)).isEqualTo(2);
            assertThat(drive.write(1, 0, 2)).isZero();
            assertThat(drive.write(2, 0, 2)).isEqualTo(0x280);
            assertThat(drive.erase(drive.ppa(1, 0))).isZero();
            assertThat(drive.state(1)).isEqualTo(BlockState.FREE);
            assertThat(drive.write(2, 0, 2)).isZero();
        }
    }

    @Test
    void openBlocksOfALunAreLimited() throws Exception {
        try (Console drive = Console.of(SHAPE + "&maxOpenPerLun=1&maxOpen=2")) {
            assertThat(drive.write(1, 0, 2)).isZero();
            assertThat(drive.write(2, 0, 2)).isEqualTo(0x280);
            assertThat(drive.write(drive.ppa(9, 0), drive.ppa(9, 1), drive.ppa(2, 0), drive.ppa(2, 1)))
                    .isEqualTo(0x280);
            assertThat(drive.failed()).isEqualTo(0b1100);
            assertThat(drive.state(9)).isEqualTo(BlockState.FREE);
            // The place that the refused write had taken for block 9 is free again.
            assertThat(drive.write(10, 0, 2)).isZero();
            assertThat(drive.write(2, 0, 24)).isZero();
            assertThat(drive.write(1, 2, 22)).isZero();
            assertThat(drive.write(3, 0, 2)).isZero();
        }
    }

    // ---- without payload

    @Test
    void withoutPayloadTheRulesStay() throws Exception {
        try (Console drive = Console.of(SHAPE + "&payload=off&copy=on&dulbe=off&randomBlocks=1")) {
            drive.fill(1);
            assertThat(drive.read(1, 0, 4)).isZero();
            assertThat(drive.isUntouched(0)).isTrue();
            assertThat(drive.read(2, 0, 1)).isZero();
            assertThat(drive.mark(0)).isZero();
            assertThat(drive.write(1, 0, 2)).isEqualTo(0x280);
            assertThat(copy(drive, new long[] {drive.ppa(1, 0), drive.ppa(1, 1)}, new long[] {
                        drive.ppa(2, 0), drive.ppa(2, 1)
                    }))
                    .isZero();
            assertThat(drive.writePointer(2)).isEqualTo(2);
            assertThat(drive.write(0, 5, 1)).isZero();
            assertThat(drive.erase(drive.ppa(0, 0))).isZero();
            assertThat(drive.write(0, 5, 1)).isZero();
            assertThat(drive.erase(drive.ppa(1, 0))).isZero();
        }
    }
}
