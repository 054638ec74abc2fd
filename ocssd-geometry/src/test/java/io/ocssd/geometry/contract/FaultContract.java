package io.ocssd.geometry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockState;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.NvmeStatus;
import io.ocssd.geometry.contract.Rig.Outcome;

/** What media errors look like. */
abstract class FaultContract extends Theme {
    @ContractTest(needs = {Trait.FAULTS, Trait.SEVERAL_UNITS})
    @Proves({Rule.STATE_EARLY_CLOSE, Rule.STATE_EARLY_CLOSE_READABLE, Rule.STATE_EARLY_CLOSE_BITMAP})
    void aProgramThatClosesItsBlockEarly(Rig rig, Stand stand) throws Exception {
        long block = rig.freeBlock(0);
        int n = rig.limits.wsMin();
        rig.writeUpTo(block, n);
        stand.faults(rig).failProgram(block + 2 * n, NvmeStatus.CHUNK_EARLY_CLOSE);
        assertThat(rig.write(block + n, 3 * n)).isEqualTo(rig.refused(0x2F1, n, 3 * n));
        assertThat(rig.state(block)).isEqualTo(BlockState.CLOSED);
        assertThat(rig.writePointer(block)).isEqualTo(2 * n);
        rig.assertReadable(block, 0, 2 * n);
        assertThat(rig.read(block + 2 * n)).isEqualTo(rig.refused(0x287, 0, 1));
        assertThat(rig.write(block + 2 * n, n).status()).isIn(0x280, 0x1B9);
        assertThat(rig.erase(block)).isEqualTo(Outcome.SUCCESS);
        rig.fill(block);
        rig.assertReadable(block, 0, rig.geometry.sectorsPerBlock());
    }

    @ContractTest(needs = {Trait.FAULTS, Trait.SEVERAL_UNITS, Trait.SEVERAL_BLOCKS})
    @Proves({Rule.STATE_EARLY_CLOSE_BITMAP, Rule.STATE_EARLY_CLOSE})
    void theOtherRunsOfItsVectorAreWritten(Rig rig, Stand stand) throws Exception {
        long a = rig.freeBlock(0);
        long b = rig.freeBlock(1);
        int n = rig.limits.wsMin();
        stand.faults(rig).failProgram(a + n, NvmeStatus.CHUNK_EARLY_CLOSE);
        assertThat(rig.writeAll(true, Rig.join(Rig.run(a, 2 * n), Rig.run(b, n))))
                .isEqualTo(rig.refused(0x2F1, n, 2 * n));
        assertThat(rig.state(a)).isEqualTo(BlockState.CLOSED);
        assertThat(rig.writePointer(a)).isEqualTo(n);
        assertThat(rig.writePointer(b)).isEqualTo(n);
        rig.assertReadable(a, 0, n);
    }

    @ContractTest(needs = {Trait.FAULTS, Trait.CHUNKS, Trait.SEVERAL_UNITS})
    @Proves({Rule.STATE_WRITE_NEXT_UNIT, Rule.STATE_WRITE_NEXT_UNIT_READ})
    void aProgramThatLosesItsUnit(Rig rig, Stand stand) throws Exception {
        long block = rig.freeBlock(0);
        int n = rig.limits.wsMin();
        stand.faults(rig).failProgram(block + n, NvmeStatus.WRITE_NEXT_UNIT);
        assertThat(rig.write(block, n)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.write(block + n, n)).isEqualTo(rig.refused(0x2F0, 0, n));
        assertThat(rig.state(block)).isEqualTo(BlockState.OPEN);
        assertThat(rig.writePointer(block)).isEqualTo(2 * n);
        rig.fill(block);
        rig.assertReadable(block, 0, n);
        assertThat(rig.read(block + n, block)).isEqualTo(rig.refused(0x281, 0, 1));
        rig.assertReadable(block, 2 * n, rig.geometry.sectorsPerBlock());
    }

    @ContractTest(needs = Trait.FAULTS)
    @Proves(Rule.STATE_ERASE_FAILS)
    void anEraseThatFails(Rig rig, Stand stand) throws Exception {
        long block = rig.freeBlock(0);
        rig.fill(block);
        stand.faults(rig).failErase(block);
        assertThat(rig.erase(block)).isEqualTo(rig.refused(0x2C1, 0, 1));
        assertThat(rig.state(block)).isEqualTo(BlockState.OFFLINE);
        assertThat(rig.erase(block).status()).isIn(0x2C0, 0x1BF);
        assertThat(rig.write(block, rig.limits.wsMin()).status()).isIn(0x280, 0x1BB);
        assertThat(rig.read(block)).isEqualTo(rig.refused(rig.has(Trait.ZONES) ? 0x1BB : 0x287, 0, 1));
    }

    @ContractTest(needs = {Trait.FAULTS, Trait.SEVERAL_UNITS})
    @Proves(Rule.READ_MEDIA_ERROR)
    void sectorsThatCannotBeRead(Rig rig, Stand stand) throws Exception {
        long block = rig.freeBlock(0);
        rig.fill(block);
        stand.faults(rig).makeUnreadable(block + 1);
        assertThat(rig.read(block, block + 1, block + 2)).isEqualTo(rig.refused(0x281, 1, 2));
        rig.assertData(0, block);
        rig.assertData(2, block + 2);
        assertThat(rig.read(block + 1)).as("again").isEqualTo(rig.refused(0x281, 0, 1));
        assertThat(rig.readScalar(block, 3).status()).isEqualTo(0x281);
    }

    @ContractTest(needs = {Trait.FAULTS, Trait.MEDIA_FEEDBACK, Trait.SEVERAL_UNITS})
    @Proves(Rule.READ_HIGH_ECC)
    void sectorsThatAreHardToRead(Rig rig, Stand stand) throws Exception {
        long block = rig.freeBlock(0);
        rig.fill(block);
        stand.faults(rig).makeDoubtful(block + 1);
        DeviceAdmin admin = rig.device.admin();
        admin.setFeature(DeviceAdmin.FEATURE_MEDIA_FEEDBACK, 0);
        assertThat(rig.read(block, block + 1)).as("nobody asked").isEqualTo(Outcome.SUCCESS);
        admin.setFeature(DeviceAdmin.FEATURE_MEDIA_FEEDBACK, DeviceAdmin.HIGH_ECC);
        assertThat(rig.read(block, block + 1).status()).isEqualTo(0x2D0);
        rig.assertData(0, block);
        rig.assertData(1, block + 1);
    }
}
