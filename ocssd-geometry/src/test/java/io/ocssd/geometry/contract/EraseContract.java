package io.ocssd.geometry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.BlockState;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.address.DeviceAddressFormat;
import io.ocssd.geometry.contract.Rig.Outcome;
import io.ocssd.geometry.page.ChunkDescriptor;
import java.util.Arrays;

/** Which blocks can be erased, and what a vector of erases is answered. */
abstract class EraseContract extends Theme {
    @ContractTest
    @Proves({Rule.ERASE_UNREADABLE, Rule.STATE_ERASE_FREES})
    void whatWasErasedIsNotReadable(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        rig.fill(block);
        assertThat(rig.erase(block)).isEqualTo(Outcome.SUCCESS);
        int sectors = rig.geometry.sectorsPerBlock();
        assertThat(rig.read(block, block + sectors - 1)).isEqualTo(rig.refused(0x287, 0, 2));
        assertThat(rig.data(0)).isEqualTo(rig.untouched());
    }

    @ContractTest(needs = Trait.CHUNKS)
    @Proves(Rule.ERASE_SECTOR_IGNORED)
    void theSectorOfAnAddressDoesNotMatter(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        int sectors = rig.geometry.sectorsPerBlock();
        for (int sector : new int[] {sectors - 1, sectors, Ppa.MAX_BLOCKS - 1}) {
            rig.fill(block);
            assertThat(rig.erase(Ppa.withSector(block, sector)))
                    .as("sector=%d", sector)
                    .isEqualTo(Outcome.SUCCESS);
            assertThat(rig.state(block)).isEqualTo(BlockState.FREE);
        }
    }

    @ContractTest(needs = {Trait.ERASE_DESCRIPTORS, Trait.CHUNKS, Trait.SEVERAL_BLOCKS})
    @Proves(Rule.ERASE_DESCRIPTORS)
    void anEraseTellsWhatBecameOfEachBlock(Rig rig) throws Exception {
        long closed = rig.freeBlock(0);
        long free = rig.freeBlock(1);
        rig.fill(closed);
        long[] addresses = {closed + 1, outside(rig.geometry)[0], free};
        IoBuffer descriptors = new IoBufferPool(IoBufferPool.ALIGNMENT, 1).tryTake();
        for (int i = 0; i < descriptors.capacity(); i++) {
            descriptors.bytes().put(i, (byte) 0x5A);
        }
        rig.erase(descriptors, addresses);
        DeviceAddressFormat format = new DeviceAddressFormat(rig.geometry);
        for (int i = 0; i < addresses.length; i += 2) {
            ChunkDescriptor told = ChunkDescriptor.decode(descriptors.bytes(), i * ChunkDescriptor.BYTES);
            int block = rig.geometry.blockIndex(addresses[i]);
            assertThat(told).isEqualTo(ChunkDescriptor.of(rig.device.report(), block, format));
            assertThat(told.state()).isEqualTo(BlockState.FREE);
            assertThat(told.writePointer()).isZero();
        }
        for (int at = 0; at < descriptors.capacity(); at++) {
            int entry = at / ChunkDescriptor.BYTES;
            if (entry == 1 || entry >= addresses.length) {
                assertThat(descriptors.bytes().get(at)).as("byte %d", at).isEqualTo((byte) 0x5A);
            }
        }
        assertThatThrownBy(() -> {
                    IoBuffer small = new IoBufferPool(ChunkDescriptor.BYTES, 1).tryTake();
                    rig.erase(small, closed, free);
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("oob buffer is too small");
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.NO_ERASE_FREE})
    @Proves(Rule.ERASE_FREE)
    void aFreeBlockIsNotErased(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        assertThat(rig.erase(block)).isEqualTo(rig.refused(0x2C1, 0, 1));
        assertThat(rig.eraseScalar(block, rig.geometry.sectorsPerBlock()).status())
                .isEqualTo(0x2C1);
        if (rig.has(Trait.ERASE_COUNTS)) {
            assertThat(rig.erases(block)).isZero();
        }
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.ERASE_FREE})
    @Proves(Rule.ERASE_FREE)
    void aFreeBlockIsErasedWhereThatIsAllowed(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        assertThat(rig.erase(block)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.erase(block)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.state(block)).isEqualTo(BlockState.FREE);
        if (rig.has(Trait.ERASE_COUNTS)) {
            assertThat(rig.erases(block)).isEqualTo(2);
        }
        assertThat(rig.device.counters().erases()).isEqualTo(2);
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.NO_ERASE_OPEN, Trait.SEVERAL_UNITS})
    @Proves(Rule.ERASE_OPEN)
    void anOpenBlockIsNotErased(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        int n = rig.limits.wsMin();
        rig.writeUpTo(block, n);
        assertThat(rig.erase(block)).isEqualTo(rig.refused(0x2C1, 0, 1));
        assertThat(rig.state(block)).isEqualTo(BlockState.OPEN);
        assertThat(rig.writePointer(block)).isEqualTo(n);
        rig.fill(block);
        rig.assertReadable(block, 0, rig.geometry.sectorsPerBlock());
    }

    @ContractTest(needs = {Trait.ERASE_OPEN, Trait.SEVERAL_UNITS})
    @Proves({Rule.ERASE_OPEN, Rule.ERASE_UNREADABLE})
    void anOpenBlockIsErasedWhereThatIsAllowed(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        rig.writeUpTo(block, rig.limits.mwCunits() + 2 * rig.limits.wsMin());
        assertThat(rig.erase(block)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.state(block)).isEqualTo(BlockState.FREE);
        assertThat(rig.writePointer(block)).isZero();
        assertThat(rig.read(block)).isEqualTo(rig.refused(0x287, 0, 1));
        rig.fill(block);
        rig.assertReadable(block, 0, rig.geometry.sectorsPerBlock());
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.OFFLINE_BLOCKS})
    @Proves(Rule.ERASE_OFFLINE)
    void anOfflineBlockIsNotErased(Rig rig) throws Exception {
        long block = rig.blockIn(BlockState.OFFLINE, 0);
        assertThat(rig.erase(block)).isEqualTo(rig.refused(0x2C0, 0, 1));
        assertThat(rig.eraseScalar(block, rig.sectors(block)).status()).isEqualTo(0x2C0);
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.NO_ERASE_FREE, Trait.OFFLINE_BLOCKS, Trait.SEVERAL_BLOCKS})
    @Proves({Rule.ERASE_EACH, Rule.ERASE_LAST_STATUS})
    void everyEntryIsTriedAndTheLastFailureIsTheStatus(Rig rig) throws Exception {
        long a = rig.freeBlock(0);
        long b = rig.freeBlock(1);
        long offline = rig.blockIn(BlockState.OFFLINE, 0);
        rig.fill(a);
        rig.fill(b);
        assertThat(rig.erase(offline, a, a, b)).isEqualTo(rig.refused(0x2C1, 0b0101));
        assertThat(rig.state(a)).isEqualTo(BlockState.FREE);
        assertThat(rig.state(b)).isEqualTo(BlockState.FREE);
        if (rig.has(Trait.ERASE_COUNTS)) {
            assertThat(rig.erases(a)).isEqualTo(1);
        }
        rig.fill(a);
        rig.fill(b);
        assertThat(rig.erase(outside(rig.geometry)[0], a, offline, b)).isEqualTo(rig.refused(0x2C0, 0b0101));
        assertThat(rig.device.counters().erases()).isEqualTo(4);
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.SEVERAL_BLOCKS})
    @Proves({Rule.ERASE_EACH, Rule.ERASE_NO_BLOCK})
    void theBitmapHas64Bits(Rig rig) throws Exception {
        long full = rig.freeBlock(0);
        long[] addresses = new long[Limits.MAX_ADDRESSES];
        for (int good : new int[] {0, 31, 32, 63}) {
            rig.fill(full);
            Arrays.fill(addresses, outside(rig.geometry)[2]);
            addresses[good] = full;
            assertThat(rig.erase(addresses)).isEqualTo(rig.refused(0x2C1, ~(1L << good)));
            assertThat(rig.state(full)).isEqualTo(BlockState.FREE);
        }
    }

    @ContractTest
    @Proves(Rule.ERASE_SCALAR)
    void aScalarEraseNamesAWholeBlock(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        int sectors = rig.geometry.sectorsPerBlock();
        rig.fill(block);
        assertThat(rig.eraseScalar(block, sectors + 1).status()).isEqualTo(0x080);
        assertThat(rig.eraseScalar(block, 2 * sectors).status()).isEqualTo(0x080);
        int inside = rig.has(Trait.ZONES) ? 0x002 : 0x080;
        assertThat(rig.eraseScalar(block + 1, sectors).status()).isEqualTo(inside);
        if (sectors > 1) {
            assertThat(rig.eraseScalar(block, sectors - 1).status()).isEqualTo(0x080);
            assertThat(rig.eraseScalar(block + 1, sectors - 1).status()).isEqualTo(inside);
        }
        assertThat(rig.state(block)).isEqualTo(BlockState.CLOSED);
        assertThat(rig.eraseScalar(block, sectors)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.state(block)).isEqualTo(BlockState.FREE);
        assertThat(rig.device.counters().erases()).isEqualTo(1);
    }

    @ContractTest(needs = Trait.CHUNKS)
    @Proves({Rule.ERASE_SCALAR, Rule.ERASE_NO_BLOCK})
    void aScalarEraseOfNoBlock(Rig rig) throws Exception {
        for (long outside : outside(rig.geometry)) {
            assertThat(rig.eraseScalar(outside, rig.geometry.sectorsPerBlock()).status())
                    .isEqualTo(0x2C1);
        }
    }
}
