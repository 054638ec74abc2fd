package io.ocssd.geometry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockState;
import io.ocssd.geometry.contract.Rig.Outcome;
import java.util.Arrays;

/** Where writes of a chunk begin, in which order they are, and what becomes of a vector of which one run is wrong. */
abstract class WriteOrderContract extends Theme {
    @ContractTest(needs = {Trait.CHUNKS, Trait.SEVERAL_UNITS})
    @Proves(Rule.WRITE_NOT_AT_POINTER)
    void aWriteBeginsAtThePointer(Rig rig) throws Exception {
        int n = rig.limits.wsMin();
        long block = rig.freeBlock(0);
        assertThat(rig.write(block + n, n)).isEqualTo(rig.refused(0x2F2, 0, n));
        assertThat(rig.state(block)).isEqualTo(BlockState.FREE);
        rig.writeUpTo(block, 2 * n);
        assertThat(rig.write(block, n)).as("below").isEqualTo(rig.refused(0x2F2, 0, n));
        assertThat(rig.write(block + n, n)).as("just below").isEqualTo(rig.refused(0x2F2, 0, n));
        assertThat(rig.write(block + 3 * n, n)).as("above").isEqualTo(rig.refused(0x2F2, 0, n));
        assertThat(rig.writeScalar(block + 3 * n, n).status()).isEqualTo(0x2F2);
        assertThat(rig.writePointer(block)).isEqualTo(2 * n);
        assertThat(rig.write(block + 2 * n, n)).isEqualTo(Outcome.SUCCESS);
        rig.fill(block);
        rig.assertReadable(block, 0, rig.geometry.sectorsPerBlock());
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.SEVERAL_UNITS})
    @Proves(Rule.WRITE_NOT_ASCENDING)
    void aRunAscendsOneByOne(Rig rig) throws Exception {
        int n = 2 * rig.limits.wsMin();
        long block = rig.freeBlock(0);
        long[] swapped = Rig.run(block, n);
        swapped[n - 1] = block + n - 2;
        swapped[n - 2] = block + n - 1;
        assertThat(rig.writeAll(true, swapped)).isEqualTo(rig.refused(0x2F2, 0, n));
        long[] gap = Rig.run(block, n);
        gap[n - 1]++;
        assertThat(rig.writeAll(true, gap)).isEqualTo(rig.refused(0x2F2, 0, n));
        long[] same = new long[n];
        Arrays.fill(same, block);
        assertThat(rig.writeAll(true, same)).isEqualTo(rig.refused(0x2F2, 0, n));
        long[] turned = new long[n];
        Arrays.setAll(turned, i -> block + n - 1 - i);
        assertThat(rig.writeAll(true, turned)).isEqualTo(rig.refused(0x2F2, 0, n));
        assertThat(rig.state(block)).isEqualTo(BlockState.FREE);
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.SEVERAL_BLOCKS, Trait.SEVERAL_UNITS})
    @Proves({Rule.WRITE_SAME_BLOCK_TWICE, Rule.WRITE_BITMAP})
    void aBlockHasOneRun(Rig rig) throws Exception {
        int n = rig.limits.wsMin();
        long a = rig.freeBlock(0);
        long b = rig.freeBlock(1);
        // The second run of a may begin where the pointer is, or where it would be.
        for (int again : new int[] {0, n}) {
            long[] addresses = Rig.join(Rig.run(a, n), Rig.run(b, n), Rig.run(a + again, n));
            assertThat(rig.writeAll(true, addresses)).isEqualTo(rig.refused(0x2F2, 2 * n, 3 * n));
        }
        assertThat(rig.state(a)).isEqualTo(BlockState.FREE);
        assertThat(rig.state(b)).isEqualTo(BlockState.FREE);
    }

    @ContractTest(needs = Trait.SEVERAL_BLOCKS)
    @Proves(Rule.WRITE_MANY_BLOCKS)
    void aVectorMayHaveRunsOfManyBlocks(Rig rig) throws Exception {
        int n = rig.limits.wsMin();
        long a = rig.freeBlock(0);
        long b = rig.freeBlock(rig.freeBlocks().size() - 1);
        assertThat(rig.writeAll(true, Rig.join(Rig.run(b, n), Rig.run(a, n)))).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.writePointer(a)).isEqualTo(n);
        assertThat(rig.writePointer(b)).isEqualTo(n);
        rig.fill(a);
        rig.fill(b);
        rig.assertReadable(a, 0, rig.geometry.sectorsPerBlock());
        rig.assertReadable(b, 0, rig.geometry.sectorsPerBlock());
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.SEVERAL_BLOCKS, Trait.SEVERAL_UNITS})
    @Proves({Rule.WRITE_ALL_OR_NOTHING, Rule.WRITE_BITMAP})
    void nothingIsWrittenWhenOneRunIsWrongWhereverItIs(Rig rig) throws Exception {
        int n = rig.limits.wsMin();
        long[] wrong = Rig.run(rig.freeBlock(0) + n, n);
        long[] a = Rig.run(rig.freeBlock(1), n);
        long[] b = Rig.run(rig.freeBlock(2), n);
        assertThat(rig.writeAll(true, Rig.join(wrong, a, b))).isEqualTo(rig.refused(0x2F2, 0, n));
        assertThat(rig.writeAll(true, Rig.join(a, wrong, b))).isEqualTo(rig.refused(0x2F2, n, 2 * n));
        assertThat(rig.writeAll(true, Rig.join(a, b, wrong))).isEqualTo(rig.refused(0x2F2, 2 * n, 3 * n));
        assertThat(rig.device.report().count(BlockState.OPEN)).isZero();
        assertThat(rig.device.counters().programmedSectors()).isZero();
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.SEVERAL_BLOCKS, Trait.SEVERAL_UNITS, Trait.SMALL_BLOCKS})
    @Proves(Rule.WRITE_BITMAP)
    void theBitmapReachesTheLastAddress(Rig rig) throws Exception {
        int n = rig.limits.wsMin();
        long[] addresses =
                longestVector(rig, rig.freeBlocks().get(rig.freeBlocks().size() - 1) + n);
        int end = addresses.length;
        assertThat(end).isGreaterThan(60);
        assertThat(rig.writeAll(true, addresses)).isEqualTo(rig.refused(0x2F2, end - n, end));
        assertThat(rig.device.counters().programmedSectors()).isZero();
    }
}
