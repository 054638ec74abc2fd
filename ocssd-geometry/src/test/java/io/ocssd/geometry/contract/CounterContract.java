package io.ocssd.geometry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.ByteClass;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.IoCommand;
import io.ocssd.geometry.contract.Rig.Outcome;

/** What a drive counts: the contract of {@link DeviceCounters}. */
abstract class CounterContract extends Theme {
    @ContractTest(needs = {Trait.CHUNKS, Trait.SEVERAL_UNITS})
    void everyProgrammedByteIsCountedOnce(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        int n = rig.limits.wsMin();
        int bytes = n * rig.geometry.sectorBytes();
        IoCommand command = new IoCommand();
        command.write(rig.out, 0)
                .addRun(block, n)
                .count(ByteClass.METADATA, 100)
                .count(ByteClass.PADDING, 7);
        assertThat(rig.execute(command)).isEqualTo(Outcome.SUCCESS);
        command.write(rig.out, 0).range(block + n, n).count(ByteClass.RELOCATED, bytes);
        assertThat(rig.execute(command)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.execute(command)).as("refused").isEqualTo(rig.refused(0x2F2, 0, n));
        assertThat(rig.programmed(ByteClass.PAYLOAD)).isEqualTo(bytes - 107);
        assertThat(rig.programmed(ByteClass.METADATA)).isEqualTo(100);
        assertThat(rig.programmed(ByteClass.PADDING)).isEqualTo(7);
        assertThat(rig.programmed(ByteClass.RELOCATED)).isEqualTo(bytes);
        DeviceCounters counters = rig.device.counters();
        assertThat(counters.programmedSectors()).isEqualTo(2L * n);
        assertThat(counters.programmedBytes()).isEqualTo(2L * bytes);
        assertThat(counters.commands()).isEqualTo(3);
    }

    @ContractTest(needs = {Trait.COPY, Trait.SEVERAL_BLOCKS})
    void aCopyIsAProgram(Rig rig) throws Exception {
        long full = rig.freeBlock(0);
        rig.fill(full);
        long to = rig.freeBlock(0);
        int n = rig.limits.wsMin();
        int bytes = n * rig.geometry.sectorBytes();
        long payload = rig.programmed(ByteClass.PAYLOAD);
        IoCommand command = new IoCommand().copy().addRun(full, n).count(ByteClass.RELOCATED, bytes);
        for (int i = 0; i < n; i++) {
            command.addDestination(to + i);
        }
        assertThat(rig.execute(command)).isEqualTo(Outcome.SUCCESS);
        DeviceCounters counters = rig.device.counters();
        assertThat(counters.programmedSectors()).isEqualTo(rig.geometry.sectorsPerBlock() + n);
        assertThat(counters.programmedBytes(ByteClass.RELOCATED)).isEqualTo(bytes);
        assertThat(counters.programmedBytes(ByteClass.PAYLOAD)).isEqualTo(payload);
        assertThat(counters.programmedBytes()).isEqualTo(counters.programmedSectors() * rig.geometry.sectorBytes());
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.SEVERAL_BLOCKS, Trait.SEVERAL_UNITS})
    void sectorsReadAreCountedAndThoseRefusedAreNot(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        rig.fill(block);
        rig.read(block, rig.freeBlock(0), block + 1);
        assertThat(rig.device.counters().readSectors()).isEqualTo(2);
        rig.readScalar(block, 3);
        assertThat(rig.device.counters().readSectors()).isEqualTo(5);
    }

    @ContractTest
    void erasesAreCountedByBlock(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        rig.fill(block);
        long before = rig.device.counters().commands();
        assertThat(rig.erase(block)).isEqualTo(Outcome.SUCCESS);
        rig.fill(block);
        assertThat(rig.eraseScalar(block, rig.geometry.sectorsPerBlock())).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.device.counters().erases()).isEqualTo(2);
        assertThat(rig.device.counters().commands()).isGreaterThan(before + 1);
    }
}
