package io.ocssd.geometry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockState;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.contract.Rig.Outcome;

/** Writing, appending to, reading and resetting zones. */
abstract class ZoneContract extends Theme {
    @ContractTest(needs = {Trait.ZONES, Trait.SEVERAL_UNITS})
    @Proves({Rule.ZONE_WRITE_POINTER, Rule.STATE_WRITE_MOVES})
    void aWriteBeginsAtThePointer(Rig rig) throws Exception {
        long zone = rig.freeBlock(0);
        int n = rig.limits.wsMin();
        assertThat(rig.write(zone + n, n)).isEqualTo(rig.refused(0x1BC, 0, n));
        assertThat(rig.state(zone)).isEqualTo(BlockState.FREE);
        rig.writeUpTo(zone, 2 * n);
        assertThat(rig.write(zone, n)).isEqualTo(rig.refused(0x1BC, 0, n));
        assertThat(rig.writeScalar(zone + 3 * n, n).status()).isEqualTo(0x1BC);
        assertThat(rig.writePointer(zone)).isEqualTo(2 * n);
        assertThat(rig.write(zone + 2 * n, n)).isEqualTo(Outcome.SUCCESS);
    }

    @ContractTest(needs = {Trait.ZONES, Trait.SEVERAL_UNITS, Trait.SEVERAL_BLOCKS})
    @Proves({Rule.ZONE_WRITE_POINTER, Rule.WRITE_ALL_OR_NOTHING})
    void nothingIsWrittenWhenOneRunIsWrong(Rig rig) throws Exception {
        int n = rig.limits.wsMin();
        long[] good = Rig.run(rig.freeBlock(0), n);
        long[] wrong = Rig.run(rig.freeBlock(1) + n, n);
        assertThat(rig.writeAll(true, Rig.join(good, wrong))).isEqualTo(rig.refused(0x1BC, n, 2 * n));
        assertThat(rig.device.report().count(BlockState.OPEN)).isZero();
        assertThat(rig.device.counters().programmedSectors()).isZero();
    }

    @ContractTest(needs = Trait.ZONES)
    @Proves(Rule.ZONE_FULL)
    void aFullZoneTakesNothing(Rig rig) throws Exception {
        long zone = rig.freeBlock(0);
        int n = rig.limits.wsMin();
        rig.fill(zone);
        assertThat(rig.write(zone, n)).isEqualTo(rig.refused(0x1B9, 0, n));
        assertThat(rig.write(zone + rig.geometry.sectorsPerBlock() - n, n)).isEqualTo(rig.refused(0x1B9, 0, n));
        assertThat(rig.append(zone, n).status()).isEqualTo(0x1B9);
    }

    @ContractTest(needs = {Trait.ZONES, Trait.SEVERAL_UNITS})
    @Proves(Rule.ZONE_BOUNDARY)
    void nothingCrossesTheEndOfAZone(Rig rig) throws Exception {
        long zone = rig.freeBlock(0);
        int n = rig.limits.wsMin();
        int sectors = rig.geometry.sectorsPerBlock();
        rig.writeUpTo(zone, sectors - n);
        assertThat(rig.write(zone + sectors - n, 2 * n)).isEqualTo(rig.refused(0x1B8, 0, 2 * n));
        assertThat(rig.writeScalar(zone + sectors - n, 2 * n).status()).isEqualTo(0x1B8);
        assertThat(rig.append(zone, 2 * n).status()).isEqualTo(0x1B8);
        assertThat(rig.writePointer(zone)).isEqualTo(sectors - n);
        rig.fill(zone);
        assertThat(rig.readScalar(zone + sectors - 1, 2).status()).isEqualTo(0x1B8);
    }

    @ContractTest(needs = {Trait.ZONES, Trait.OFFLINE_BLOCKS})
    @Proves({Rule.ZONE_OFFLINE, Rule.STATE_OFFLINE_STAYS})
    void anOfflineZoneTakesNothing(Rig rig) throws Exception {
        long zone = rig.blockIn(BlockState.OFFLINE, 0);
        int n = rig.limits.wsMin();
        assertThat(rig.write(zone, n)).isEqualTo(rig.refused(0x1BB, 0, n));
        assertThat(rig.append(zone, n).status()).isEqualTo(0x1BB);
        assertThat(rig.read(zone, zone + 1)).isEqualTo(rig.refused(0x1BB, 0, 2));
        assertThat(rig.erase(zone)).isEqualTo(rig.refused(0x1BF, 0, 1));
        assertThat(rig.finish(zone)).isEqualTo(rig.refused(0x1BF, 0, 1));
        assertThat(rig.open(zone)).isEqualTo(rig.refused(0x1BF, 0, 1));
        assertThat(rig.close(zone)).isEqualTo(rig.refused(0x1BF, 0, 1));
        assertThat(rig.state(zone)).isEqualTo(BlockState.OFFLINE);
    }

    @ContractTest(needs = {Trait.ZONES, Trait.SEVERAL_UNITS})
    @Proves({Rule.ZONE_APPEND, Rule.STATE_FIRST_WRITE})
    void anAppendGoesToThePointerAndTellsWhere(Rig rig) throws Exception {
        long zone = rig.freeBlock(1);
        int n = rig.limits.wsMin();
        int sectors = rig.geometry.sectorsPerBlock();
        assertThat(rig.append(zone, n)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.appendedAt()).isEqualTo(zone);
        assertThat(rig.state(zone)).isEqualTo(BlockState.OPEN);
        assertThat(rig.append(zone, 2 * n)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.appendedAt()).isEqualTo(zone + n);
        rig.writeUpTo(zone, 4 * n);
        while (rig.writePointer(zone) < sectors) {
            int at = rig.writePointer(zone);
            assertThat(rig.append(zone, Math.min(sectors - at, Limits.MAX_ADDRESSES / n * n)))
                    .isEqualTo(Outcome.SUCCESS);
            assertThat(rig.appendedAt()).isEqualTo(zone + at);
        }
        assertThat(rig.state(zone)).isEqualTo(BlockState.CLOSED);
        rig.assertReadable(zone, 0, sectors);
    }

    @ContractTest(needs = {Trait.ZONES, Trait.SEVERAL_UNITS})
    @Proves(Rule.ZONE_APPEND_START)
    void anAppendNamesTheStartOfItsZone(Rig rig) throws Exception {
        long zone = rig.freeBlock(0);
        int n = rig.limits.wsMin();
        assertThat(rig.append(zone + 1, n).status()).isEqualTo(0x002);
        rig.writeUpTo(zone, n);
        assertThat(rig.append(zone + n, n).status()).isEqualTo(0x002);
        assertThat(rig.writePointer(zone)).isEqualTo(n);
    }

    @ContractTest(needs = {Trait.ZONES, Trait.LARGE_BLOCKS})
    @Proves({Rule.ZONE_APPEND, Rule.WRITE_TOO_MANY})
    void moreThan64SectorsAreTooMany(Rig rig) throws Exception {
        long zone = rig.freeBlock(0);
        int n = rig.limits.wsMin();
        int most = Limits.MAX_ADDRESSES / n * n;
        assertThat(rig.append(zone, most + n).status()).isEqualTo(0x002);
        assertThat(rig.writeScalar(zone, most + n).status()).isEqualTo(0x002);
        assertThat(rig.state(zone)).isEqualTo(BlockState.FREE);
        assertThat(rig.append(zone, most)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.writeScalar(zone + most, Math.min(most, rig.geometry.sectorsPerBlock() - most)))
                .isEqualTo(Outcome.SUCCESS);
    }

    @ContractTest(needs = {Trait.ZONES, Trait.SEVERAL_UNITS})
    @Proves({Rule.ZONE_RESET, Rule.ERASE_OPEN, Rule.ERASE_FREE})
    void aZoneIsResetInAnyState(Rig rig) throws Exception {
        long zone = rig.freeBlock(0);
        int n = rig.limits.wsMin();
        assertThat(rig.erase(zone)).as("empty").isEqualTo(Outcome.SUCCESS);
        rig.writeUpTo(zone, n);
        assertThat(rig.erase(zone)).as("open").isEqualTo(Outcome.SUCCESS);
        assertThat(rig.writePointer(zone)).isZero();
        rig.writeUpTo(zone, n);
        assertThat(rig.close(zone)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.erase(zone)).as("closed").isEqualTo(Outcome.SUCCESS);
        assertThat(rig.open(zone)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.erase(zone)).as("explicitly open").isEqualTo(Outcome.SUCCESS);
        rig.fill(zone);
        assertThat(rig.erase(zone)).as("full").isEqualTo(Outcome.SUCCESS);
        assertThat(rig.state(zone)).isEqualTo(BlockState.FREE);
        assertThat(rig.read(zone)).isEqualTo(rig.refused(0x287, 0, 1));
    }

    @ContractTest(needs = Trait.ZONES)
    @Proves({Rule.ZONE_RANGE, Rule.ADDRESS_OUTSIDE})
    void aZoneThatDoesNotExist(Rig rig) throws Exception {
        int n = rig.limits.wsMin();
        for (long outside : outside(rig.geometry)) {
            String where = Ppa.toString(outside);
            assertThat(rig.write(outside, n)).as(where).isEqualTo(rig.refused(0x080, 0, n));
            assertThat(rig.append(outside, n).status()).as(where).isEqualTo(0x080);
            assertThat(rig.read(outside)).as(where).isEqualTo(rig.refused(0x080, 0, 1));
            assertThat(rig.erase(outside)).as(where).isEqualTo(rig.refused(0x080, 0, 1));
            assertThat(rig.finish(outside)).as(where).isEqualTo(rig.refused(0x080, 0, 1));
            assertThat(rig.open(outside)).as(where).isEqualTo(rig.refused(0x080, 0, 1));
            assertThat(rig.close(outside)).as(where).isEqualTo(rig.refused(0x080, 0, 1));
        }
    }
}
