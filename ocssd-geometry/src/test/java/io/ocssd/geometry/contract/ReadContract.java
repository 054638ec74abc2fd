package io.ocssd.geometry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockState;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.contract.Rig.Outcome;
import java.util.Arrays;

/** What can be read, and what becomes of the rest. */
abstract class ReadContract extends Theme {
    @ContractTest
    @Proves({Rule.READ_NOT_READABLE, Rule.READ_DULBE_ON})
    void whatWasNeverWrittenIsNotReadable(Rig rig) throws Exception {
        long free = rig.freeBlock(0);
        long last = free + rig.geometry.sectorsPerBlock() - 1;
        assertThat(rig.read(free, last, free)).isEqualTo(rig.refused(0x287, 0, 3));
        for (int i = 0; i < 3; i++) {
            assertThat(rig.data(i)).as("the buffer is left alone").isEqualTo(rig.untouched());
        }
        assertThat(rig.state(free)).isEqualTo(BlockState.FREE);
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.OFFLINE_BLOCKS})
    @Proves({Rule.READ_NOT_READABLE, Rule.READ_DULBE_ON, Rule.ADDRESS_OUTSIDE})
    void nothingElseIsReadable(Rig rig) throws Exception {
        long full = rig.freeBlock(0);
        rig.fill(full);
        int sectors = rig.geometry.sectorsPerBlock();
        long[] all = Rig.join(outside(rig.geometry), new long[] {
            rig.blockIn(BlockState.OFFLINE, 0), full + sectors, Ppa.withSector(full, Ppa.MAX_BLOCKS - 1)
        });
        assertThat(rig.read(all)).isEqualTo(rig.refused(0x287, 0, all.length));
        for (int i = 0; i < all.length; i++) {
            assertThat(rig.data(i)).isEqualTo(rig.untouched());
        }
    }

    @ContractTest(needs = Trait.SEVERAL_UNITS)
    @Proves({Rule.READ_WINDOW, Rule.READ_NOT_READABLE})
    void theLastSectorsOfAnOpenBlockAreNotReadable(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        int n = rig.limits.wsMin();
        int window = rig.limits.mwCunits();
        int sectors = Math.min(rig.geometry.sectorsPerBlock(), 2 * window + 6 * n);
        for (int written = n; written < sectors; written += n) {
            assertThat(rig.write(block + written - n, n)).isEqualTo(Outcome.SUCCESS);
            for (int sector = 0; sector <= written; sector++) {
                Outcome expected = sector < written - window ? Outcome.SUCCESS : rig.refused(0x287, 0, 1);
                assertThat(rig.read(block + sector))
                        .as("written=" + written + ", sector=" + sector)
                        .isEqualTo(expected);
                if (expected.status() == 0) {
                    rig.assertData(0, block + sector);
                }
            }
        }
    }

    @ContractTest(needs = {Trait.SEVERAL_BLOCKS, Trait.SEVERAL_UNITS})
    @Proves({Rule.READ_EACH_ADDRESS, Rule.READ_ONE, Rule.READ_DULBE_ON})
    void eachAddressIsResolvedOnItsOwn(Rig rig) throws Exception {
        long a = rig.freeBlock(0);
        long b = rig.freeBlock(1);
        rig.fill(a);
        rig.fill(b);
        long free = rig.freeBlock(0);
        long[] mixed = {a + 4, free, b, a + 2, b + 1, a + 2, free + 1, a, a + 3};
        assertThat(rig.read(mixed)).isEqualTo(rig.refused(0x287, 0b0_0100_0010));
        for (int i = 0; i < mixed.length; i++) {
            if (Ppa.blockOf(mixed[i]) == free) {
                assertThat(rig.data(i)).isEqualTo(rig.untouched());
            } else {
                rig.assertData(i, mixed[i]);
                rig.assertOob(i, mixed[i]);
            }
        }
    }

    @ContractTest
    @Proves({Rule.READ_EACH_ADDRESS, Rule.READ_ONE})
    void theSectorsOfABlockAreReadInAnyOrder(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        rig.fill(block);
        int sectors = rig.geometry.sectorsPerBlock();
        long[] backwards = new long[Math.min(sectors, Limits.MAX_ADDRESSES)];
        long[] everyOther = new long[(backwards.length + 1) / 2];
        for (int i = 0; i < backwards.length; i++) {
            backwards[i] = block + sectors - 1 - i;
            everyOther[i / 2] = block + i / 2 * 2;
        }
        for (long[] addresses : new long[][] {backwards, everyOther, {block, block, block + sectors - 1, block}}) {
            assertThat(rig.read(addresses)).isEqualTo(Outcome.SUCCESS);
            for (int i = 0; i < addresses.length; i++) {
                rig.assertData(i, addresses[i]);
                rig.assertOob(i, addresses[i]);
            }
        }
    }

    @ContractTest(needs = Trait.SEVERAL_BLOCKS)
    @Proves({Rule.READ_DULBE_ON, Rule.READ_EACH_ADDRESS})
    void theBitmapHas64Bits(Rig rig) throws Exception {
        long full = rig.freeBlock(0);
        rig.fill(full);
        long free = rig.freeBlock(0);
        long[] addresses = new long[Limits.MAX_ADDRESSES];
        for (int bad = 0; bad < Limits.MAX_ADDRESSES; bad += 21) {
            Arrays.fill(addresses, full);
            addresses[bad] = free;
            assertThat(rig.read(addresses)).isEqualTo(rig.refused(0x287, bad, bad + 1));
            rig.assertData(Limits.MAX_ADDRESSES - 1 - bad, full);
        }
        Arrays.fill(addresses, free);
        assertThat(rig.read(addresses)).isEqualTo(rig.refused(0x287, -1L));
    }

    @ContractTest(needs = {Trait.SEVERAL_UNITS, Trait.SEVERAL_BLOCKS})
    @Proves({Rule.READ_SCALAR, Rule.READ_WINDOW, Rule.READ_DULBE_ON})
    void aScalarReadTestsEverySector(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        int n = rig.limits.wsMin();
        int window = rig.limits.mwCunits();
        int written = (window + 2 * n) / n * n;
        rig.writeUpTo(block, written);
        int readable = written - window;
        assertThat(rig.readScalar(block, readable)).isEqualTo(Outcome.SUCCESS);
        rig.assertData(readable - 1, block + readable - 1);
        assertThat(rig.readScalar(block, readable + 1)).isEqualTo(rig.refused(0x287, readable, readable + 1));
        rig.assertData(0, block);
        rig.assertData(readable - 1, block + readable - 1);
        assertThat(rig.data(readable)).isEqualTo(rig.untouched());
        assertThat(rig.readScalar(block + readable, 1)).isEqualTo(rig.refused(0x287, 0, 1));
        assertThat(rig.readScalar(rig.freeBlock(0), 2)).isEqualTo(rig.refused(0x287, 0, 2));
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.SEVERAL_BLOCKS, Trait.SEVERAL_UNITS})
    @Proves({Rule.READ_SCALAR, Rule.READ_NOT_READABLE})
    void aScalarReadEndsWithItsBlock(Rig rig) throws Exception {
        for (long each : rig.freeBlocks()) {
            rig.fill(each);
        }
        int sectors = rig.geometry.sectorsPerBlock();
        long block = rig.blockIn(BlockState.CLOSED, 0);
        assertThat(rig.readScalar(block + sectors - 2, 4)).isEqualTo(rig.refused(0x287, 2, 4));
        rig.assertData(1, block + sectors - 1);
        assertThat(rig.data(2)).isEqualTo(rig.untouched());
        // The next address as a number would be the first of another block.
        assertThat(rig.readScalar(Ppa.withSector(block, Ppa.MAX_BLOCKS - 1), 2)).isEqualTo(rig.refused(0x287, 0, 2));
        assertThat(rig.data(1)).isEqualTo(rig.untouched());
    }

    @ContractTest(needs = Trait.LARGE_BLOCKS)
    @Proves(Rule.READ_TOO_MANY)
    void moreThan64SectorsAreTooMany(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        rig.fill(block);
        assertThat(rig.readScalar(block, Limits.MAX_ADDRESSES)).isEqualTo(Outcome.SUCCESS);
        rig.assertData(Limits.MAX_ADDRESSES - 1, block + Limits.MAX_ADDRESSES - 1);
        assertThat(rig.readScalar(block, Limits.MAX_ADDRESSES + 1).status()).isEqualTo(0x002);
        for (int i = 0; i <= Limits.MAX_ADDRESSES; i++) {
            assertThat(rig.data(i)).isEqualTo(rig.untouched());
        }
    }

    @ContractTest(needs = {Trait.DULBE, Trait.SEVERAL_BLOCKS, Trait.SEVERAL_UNITS})
    @Proves({Rule.READ_DULBE_OFF, Rule.READ_NOT_READABLE})
    void withoutDulbeWhatIsNotReadableReadsAsZeros(Rig rig) throws Exception {
        DeviceAdmin admin = rig.device.admin();
        int feature = admin.feature(DeviceAdmin.FEATURE_ERROR_RECOVERY);
        int n = rig.limits.wsMin();
        long open = rig.freeBlock(0);
        int written = (rig.limits.mwCunits() + 2 * n) / n * n;
        rig.writeUpTo(open, written);
        long free = rig.freeBlock(0);
        long inWindow = open + written - 1;
        long behind = open + written;
        boolean window = rig.limits.mwCunits() > 0;

        // Its other bits are a time limit, and change nothing here.
        admin.setFeature(DeviceAdmin.FEATURE_ERROR_RECOVERY, feature & ~DeviceAdmin.DULBE | 1);
        assertThat(rig.read(open, free, inWindow, behind, open + 1)).isEqualTo(Outcome.SUCCESS);
        rig.assertData(0, open);
        rig.assertZeros(1);
        if (window) {
            rig.assertZeros(2);
        }
        rig.assertZeros(3);
        rig.assertData(4, open + 1);
        assertThat(rig.readScalar(free, 2)).isEqualTo(Outcome.SUCCESS);
        rig.assertZeros(0);
        rig.assertZeros(1);

        admin.setFeature(DeviceAdmin.FEATURE_ERROR_RECOVERY, feature | DeviceAdmin.DULBE);
        assertThat(rig.read(free)).isEqualTo(rig.refused(0x287, 0, 1));
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.DULBE, Trait.OFFLINE_BLOCKS})
    @Proves({Rule.READ_DULBE_OFF, Rule.ADDRESS_OUTSIDE})
    void withoutDulbeEvenNoBlockReadsAsZeros(Rig rig) throws Exception {
        rig.device.admin().setFeature(DeviceAdmin.FEATURE_ERROR_RECOVERY, 0);
        long[] all = Rig.join(outside(rig.geometry), new long[] {rig.blockIn(BlockState.OFFLINE, 0)});
        assertThat(rig.read(all)).isEqualTo(Outcome.SUCCESS);
        for (int i = 0; i < all.length; i++) {
            rig.assertZeros(i);
        }
    }

    @ContractTest
    @Proves(Rule.READ_ONE)
    void aReadNeedsNoBufferForOob(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        rig.fill(block);
        rig.read(rig.freeBlocks().isEmpty() ? block : rig.freeBlock(0));
        assertThat(rig.execute(new IoCommand().read(rig.in, 0).add(block))).isEqualTo(Outcome.SUCCESS);
        rig.assertData(0, block);
    }
}
