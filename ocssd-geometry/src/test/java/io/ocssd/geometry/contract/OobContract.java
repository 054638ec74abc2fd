package io.ocssd.geometry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Limits;
import io.ocssd.geometry.contract.Rig.Outcome;

/** Out-of-band bytes. */
abstract class OobContract extends Theme {
    @ContractTest(needs = {Trait.OOB, Trait.PAYLOAD, Trait.SEVERAL_BLOCKS})
    @Proves(Rule.OOB_SIZE)
    void oobComesInTheOrderOfTheAddresses(Rig rig) throws Exception {
        long a = rig.freeBlock(0);
        long b = rig.freeBlock(1);
        rig.fill(a);
        rig.fill(b);
        assertThat(rig.read(b + 1, a + 3, b, a)).isEqualTo(Outcome.SUCCESS);
        rig.assertOob(0, b + 1);
        rig.assertOob(1, a + 3);
        rig.assertOob(2, b);
        rig.assertOob(3, a);
        assertThat(rig.oob(4)).as("nothing behind it").containsOnly(Rig.UNTOUCHED);
    }

    @ContractTest(needs = Trait.PAYLOAD)
    @Proves({Rule.OOB_NONE_GIVEN, Rule.OOB_ERASED})
    void aWriteWithoutOobLeavesZeros(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        rig.fill(block);
        assertThat(rig.erase(block)).isEqualTo(Outcome.SUCCESS);
        int sectors = rig.geometry.sectorsPerBlock();
        for (int at = 0, size; at < sectors; at += size) {
            size = Math.min(sectors - at, Limits.MAX_ADDRESSES / rig.limits.wsMin() * rig.limits.wsMin());
            assertThat(rig.writeAll(false, Rig.run(block + at, size))).isEqualTo(Outcome.SUCCESS);
        }
        assertThat(rig.read(block, block + sectors - 1)).isEqualTo(Outcome.SUCCESS);
        rig.assertData(0, block);
        assertThat(rig.oob(0)).isEqualTo(new byte[rig.geometry.oobBytes()]);
        assertThat(rig.oob(1)).isEqualTo(new byte[rig.geometry.oobBytes()]);
    }

    @ContractTest(needs = {Trait.OOB, Trait.DULBE})
    @Proves(Rule.OOB_ERASED)
    void anEraseClearsOob(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        rig.fill(block);
        assertThat(rig.erase(block)).isEqualTo(Outcome.SUCCESS);
        rig.device.admin().setFeature(DeviceAdmin.FEATURE_ERROR_RECOVERY, 0);
        assertThat(rig.read(block)).isEqualTo(Outcome.SUCCESS);
        rig.assertZeros(0);
    }

    @ContractTest(needs = {Trait.PAYLOAD, Trait.SMALL_BLOCKS})
    @Proves(Rule.OOB_SIZE)
    void dataAndOobMayShareABuffer(Rig rig) throws Exception {
        int sectors = rig.geometry.sectorsPerBlock();
        int oobAt = sectors * rig.geometry.sectorBytes();
        int oobBytes = rig.geometry.oobBytes();
        IoBufferPool pool = new IoBufferPool(oobAt + sectors * oobBytes, 2);
        IoBuffer both = pool.tryTake();
        IoBuffer back = pool.tryTake();
        long block = rig.freeBlock(0);
        Rig.pattern(both.bytes(), 0, both.capacity(), block, 3);
        IoCommand command = new IoCommand();
        command.write(both, 0).oob(both, oobAt).addRun(block, sectors);
        assertThat(rig.execute(command)).isEqualTo(Outcome.SUCCESS);
        command.read(back, 0).oob(back, oobAt).addRun(block, sectors);
        assertThat(rig.execute(command)).isEqualTo(Outcome.SUCCESS);
        assertThat(back.bytes()).isEqualTo(both.bytes());
    }

    @ContractTest(needs = {Trait.OOB, Trait.PAYLOAD, Trait.SEVERAL_UNITS})
    @Proves(Rule.OOB_SIZE)
    void buffersMayBeginAnywhere(Rig rig) throws Exception {
        int n = rig.limits.wsMin();
        int bytes = n * rig.geometry.sectorBytes();
        int oobBytes = n * rig.geometry.oobBytes();
        long block = rig.freeBlock(0);
        Rig.pattern(rig.out.bytes(), 3, bytes, block, 5);
        Rig.pattern(rig.oobOut.bytes(), 1, oobBytes, block, 6);
        byte[] data = bytes(rig.out, 3, bytes);
        byte[] oob = bytes(rig.oobOut, 1, oobBytes);
        IoCommand command = new IoCommand();
        command.write(rig.out, 3).oob(rig.oobOut, 1).addRun(block, n);
        assertThat(rig.execute(command)).isEqualTo(Outcome.SUCCESS);
        rig.fill(block);
        command.read(rig.in, 7).oob(rig.oobIn, 2).addRun(block, n);
        assertThat(rig.execute(command)).isEqualTo(Outcome.SUCCESS);
        assertThat(bytes(rig.in, 7, bytes)).isEqualTo(data);
        assertThat(bytes(rig.oobIn, 2, oobBytes)).isEqualTo(oob);
    }

    private static byte[] bytes(IoBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.bytes().get(offset, bytes);
        return bytes;
    }
}
