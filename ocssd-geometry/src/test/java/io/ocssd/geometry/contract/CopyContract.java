package io.ocssd.geometry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockState;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.geometry.contract.Rig.Outcome;
import java.util.Arrays;

/** Copies inside the drive. */
abstract class CopyContract extends Theme {
    /** Two blocks that are full, the rest free. */
    private static long[] sources(Rig rig) throws Exception {
        long[] full = {rig.freeBlock(0), rig.freeBlock(1)};
        rig.fill(full[0]);
        rig.fill(full[1]);
        return full;
    }

    @ContractTest(needs = {Trait.COPY, Trait.SEVERAL_BLOCKS, Trait.SEVERAL_UNITS})
    @Proves(Rule.COPY_MOVES)
    void dataAndOobAreMovedInTheOrderOfTheAddresses(Rig rig) throws Exception {
        long[] full = sources(rig);
        long to = rig.freeBlock(0);
        int n = 2 * rig.limits.wsMin();
        // Backwards, from two blocks in turn.
        long[] from = new long[n];
        Arrays.setAll(from, i -> full[i % 2] + n - 1 - i);
        assertThat(rig.copy(from, Rig.run(to, n))).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.state(to)).isEqualTo(BlockState.OPEN);
        assertThat(rig.writePointer(to)).isEqualTo(n);
        rig.fill(to);
        assertThat(rig.read(Rig.run(to, n))).isEqualTo(Outcome.SUCCESS);
        for (int i = 0; i < n; i++) {
            rig.assertData(i, from[i]);
            rig.assertOob(i, from[i]);
        }
        assertThat(rig.writePointer(full[0])).as("sources stay").isEqualTo(rig.geometry.sectorsPerBlock());
    }

    @ContractTest(needs = {Trait.COPY, Trait.SEVERAL_BLOCKS, Trait.SEVERAL_UNITS})
    @Proves({Rule.COPY_MOVES, Rule.COPY_DESTINATION})
    void aCopyMayHaveRunsOfManyBlocks(Rig rig) throws Exception {
        long[] full = sources(rig);
        long a = rig.freeBlock(0);
        long b = rig.freeBlock(1);
        int n = rig.limits.wsMin();
        long[] from = Rig.join(Rig.run(full[0], n), Rig.run(full[1] + n, n));
        assertThat(rig.copy(from, Rig.join(Rig.run(b, n), Rig.run(a, n)))).isEqualTo(Outcome.SUCCESS);
        rig.fill(a);
        rig.fill(b);
        assertThat(rig.read(b, a)).isEqualTo(Outcome.SUCCESS);
        rig.assertData(0, from[0]);
        rig.assertData(1, from[n]);
    }

    @ContractTest(needs = {Trait.COPY, Trait.CHUNKS, Trait.SEVERAL_BLOCKS, Trait.SEVERAL_UNITS})
    @Proves({Rule.COPY_SOURCE, Rule.COPY_DESTINATION})
    void nothingIsWrittenWhenASourceIsNotReadable(Rig rig) throws Exception {
        long[] full = sources(rig);
        int n = rig.limits.wsMin();
        long to = rig.freeBlock(0);
        long free = rig.freeBlock(1);
        long[] from = Rig.run(full[0], 2 * n);
        from[n] = free;
        assertThat(rig.copy(from, Rig.run(to, 2 * n))).isEqualTo(rig.refused(0x287, n, n + 1));
        assertThat(rig.state(to)).isEqualTo(BlockState.FREE);
        from[n] = outside(rig.geometry)[2];
        assertThat(rig.copy(from, Rig.run(to, 2 * n))).isEqualTo(rig.refused(0x287, n, n + 1));
        if (rig.has(Trait.WINDOW)) {
            rig.writeUpTo(free, n);
            from[n] = free;
            assertThat(rig.copy(from, Rig.run(to, 2 * n))).isEqualTo(rig.refused(0x287, n, n + 1));
        }
        assertThat(rig.state(to)).isEqualTo(BlockState.FREE);
    }

    @ContractTest(needs = {Trait.COPY, Trait.DULBE, Trait.SEVERAL_BLOCKS, Trait.SEVERAL_UNITS})
    @Proves(Rule.COPY_SOURCE)
    void withoutDulbeASourceThatIsNotReadableIsCopiedAsZeros(Rig rig) throws Exception {
        long[] full = sources(rig);
        int n = rig.limits.wsMin();
        long to = rig.freeBlock(0);
        long[] from = Rig.run(full[0], n);
        from[n - 1] = rig.freeBlock(1);
        DeviceAdmin admin = rig.device.admin();
        int feature = admin.feature(DeviceAdmin.FEATURE_ERROR_RECOVERY);
        admin.setFeature(DeviceAdmin.FEATURE_ERROR_RECOVERY, feature & ~DeviceAdmin.DULBE);
        assertThat(rig.copy(from, Rig.run(to, n))).isEqualTo(Outcome.SUCCESS);
        admin.setFeature(DeviceAdmin.FEATURE_ERROR_RECOVERY, feature | DeviceAdmin.DULBE);
        rig.fill(to);
        assertThat(rig.read(to + n - 1)).isEqualTo(Outcome.SUCCESS);
        rig.assertZeros(0);
    }

    @ContractTest(needs = {Trait.COPY, Trait.CHUNKS, Trait.SEVERAL_BLOCKS, Trait.SEVERAL_UNITS})
    @Proves({Rule.COPY_DESTINATION, Rule.WRITE_BITMAP})
    void destinationsFollowTheRulesOfWrites(Rig rig) throws Exception {
        long[] full = sources(rig);
        int n = rig.limits.wsMin();
        long a = rig.freeBlock(0);
        long b = rig.freeBlock(1);
        long[] from = Rig.run(full[0], 2 * n);
        assertThat(rig.copy(from, Rig.join(Rig.run(a, n), Rig.run(b + n, n))))
                .as("not at the pointer")
                .isEqualTo(rig.refused(0x2F2, n, 2 * n));
        assertThat(rig.copy(from, Rig.join(Rig.run(full[1], n), Rig.run(a, n))))
                .as("closed")
                .isEqualTo(rig.refused(0x280, 0, n));
        assertThat(rig.copy(from, Rig.join(Rig.run(a, n), Rig.run(outside(rig.geometry)[1], n))))
                .as("no block")
                .isEqualTo(rig.refused(0x280, n, 2 * n));
        long[] twice = Rig.run(full[0], 3 * n);
        assertThat(rig.copy(twice, Rig.join(Rig.run(a, n), Rig.run(b, n), Rig.run(a + n, n))))
                .as("a block twice")
                .isEqualTo(rig.refused(0x2F2, 2 * n, 3 * n));
        if (rig.has(Trait.GRANULAR)) {
            assertThat(rig.copy(Rig.run(full[0], 1), Rig.run(a, 1)))
                    .as("less than ws_min")
                    .isEqualTo(rig.refused(0x002, 0, 1));
        }
        assertThat(rig.state(a)).isEqualTo(BlockState.FREE);
        assertThat(rig.state(b)).isEqualTo(BlockState.FREE);
        assertThat(rig.device.counters().programmedSectors()).isEqualTo(2L * rig.geometry.sectorsPerBlock());
    }

    @ContractTest(needs = Trait.NO_COPY)
    @Proves(Rule.COPY_UNKNOWN)
    void aDriveThatDoesNotCopySaysSo(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        rig.fill(block);
        int n = rig.limits.wsMin();
        assertThat(rig.copy(Rig.run(block, n), Rig.run(block, n)).status()).isEqualTo(0x001);
    }
}
