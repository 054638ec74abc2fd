package io.ocssd.geometry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockState;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.contract.Rig.Outcome;
import java.util.stream.IntStream;

/** Which blocks take writes, how far and of which size. */
abstract class WriteContract extends Theme {
    /** What a write to a closed or offline block may be answered. */
    private static Outcome[] faults(Rig rig, int from, int to) {
        return rig.has(Trait.CLOSED_IS_OUT_OF_ORDER)
                ? new Outcome[] {rig.refused(0x280, from, to), rig.refused(0x2F2, from, to)}
                : new Outcome[] {rig.refused(0x280, from, to)};
    }

    @ContractTest(needs = Trait.CHUNKS)
    @Proves(Rule.WRITE_CLOSED)
    void aClosedBlockTakesNoWrite(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        int n = rig.limits.wsMin();
        rig.fill(block);
        assertThat(rig.write(block, n)).isIn((Object[]) faults(rig, 0, n));
        assertThat(rig.write(block + rig.geometry.sectorsPerBlock() - n, n)).isIn((Object[]) faults(rig, 0, n));
        assertThat(rig.writeScalar(block, n).status()).isEqualTo(faults(rig, 0, n)[0].status());
        rig.assertReadable(block, 0, rig.geometry.sectorsPerBlock());
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.OFFLINE_BLOCKS})
    @Proves(Rule.WRITE_OFFLINE)
    void anOfflineBlockTakesNoWrite(Rig rig) throws Exception {
        int n = rig.limits.wsMin();
        assertThat(rig.write(rig.blockIn(BlockState.OFFLINE, 0), n)).isIn((Object[]) faults(rig, 0, n));
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.SEVERAL_UNITS})
    @Proves(Rule.WRITE_PAST_END)
    void aWriteEndsInsideItsBlock(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        int sectors = rig.geometry.sectorsPerBlock();
        int n = rig.limits.wsMin();
        rig.writeUpTo(block, sectors - n);
        assertThat(rig.write(block + sectors - n, 2 * n)).isEqualTo(rig.refused(0x280, 0, 2 * n));
        assertThat(rig.write(block + sectors, n)).isEqualTo(rig.refused(0x280, 0, n));
        assertThat(rig.writeScalar(block + sectors - n, 2 * n).status()).isEqualTo(0x280);
        assertThat(rig.writePointer(block)).isEqualTo(sectors - n);
        assertThat(rig.write(block + sectors - n, n)).isEqualTo(Outcome.SUCCESS);
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.SEVERAL_BLOCKS})
    @Proves({Rule.WRITE_PAST_END, Rule.WRITE_SCALAR})
    void aRangeDoesNotRunOnIntoTheNextBlock(Rig rig) throws Exception {
        int n = rig.limits.wsMin();
        long block = rig.freeBlocks().stream()
                .filter(each -> isFree(rig, each + Ppa.MAX_BLOCKS))
                .findFirst()
                .orElseThrow();
        long last = Ppa.withSector(block, Ppa.MAX_BLOCKS - 1);
        assertThat(rig.execute(new IoCommand().write(rig.out, 0).range(last, 1 + n))
                        .status())
                .isEqualTo(0x280);
        assertThat(rig.device.report().count(BlockState.OPEN)).isZero();
        assertThat(rig.device.counters().programmedSectors()).isZero();
    }

    private static boolean isFree(Rig rig, long ppa) {
        try {
            return rig.freeBlocks().contains(ppa);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @ContractTest(needs = Trait.GRANULAR)
    @Proves(Rule.WRITE_GRANULARITY)
    void aRunIsAMultipleOfWsMin(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        int n = rig.limits.wsMin();
        for (int sectors = 1; sectors < Math.min(3 * n, rig.geometry.sectorsPerBlock()); sectors++) {
            if (sectors % n != 0) {
                assertThat(rig.write(block, sectors)).isEqualTo(rig.refused(0x002, 0, sectors));
                assertThat(rig.writeScalar(block, sectors).status()).isEqualTo(0x002);
            }
        }
        assertThat(rig.state(block)).isEqualTo(BlockState.FREE);
    }

    @ContractTest(needs = {Trait.GRANULAR, Trait.SEVERAL_BLOCKS})
    @Proves(Rule.WRITE_GRANULARITY)
    void eachRunOfAVectorIsAMultipleOfWsMin(Rig rig) throws Exception {
        long a = rig.freeBlock(0);
        long b = rig.freeBlock(1);
        int n = rig.limits.wsMin();
        // Together they are one.
        assertThat(rig.writeAll(true, Rig.join(Rig.run(a, n - 1), Rig.run(b, n + 1))))
                .isEqualTo(rig.refused(0x002, 0, n - 1));
        assertThat(rig.writeAll(true, Rig.join(Rig.run(a, n), Rig.run(b, n - 1))))
                .isEqualTo(rig.refused(0x002, n, 2 * n - 1));
        assertThat(rig.state(a)).isEqualTo(BlockState.FREE);
        assertThat(rig.state(b)).isEqualTo(BlockState.FREE);
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.LARGE_BLOCKS})
    @Proves({Rule.WRITE_TOO_MANY, Rule.WRITE_CHECK_ORDER})
    void moreThan64SectorsAreTooMany(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        int n = rig.limits.wsMin();
        int many = Limits.MAX_ADDRESSES / n * n + n;
        assertThat(rig.writeScalar(block, many).status()).isEqualTo(0x002);
        assertThat(rig.state(block)).isEqualTo(BlockState.FREE);
        // The number is looked at before the address, the state and the order.
        assertThat(rig.writeScalar(outside(rig.geometry)[0], many).status()).isEqualTo(0x002);
        assertThat(rig.writeScalar(block + n, many).status()).isEqualTo(0x002);
        rig.fill(block);
        assertThat(rig.writeScalar(block, many).status()).isEqualTo(0x002);
        assertThat(rig.writeScalar(rig.freeBlock(0), many - n)).isEqualTo(Outcome.SUCCESS);
    }

    @ContractTest(needs = Trait.CHUNKS)
    @Proves(Rule.WRITE_CHECK_ORDER)
    void theBlockComesBeforeTheSizeAndTheSizeBeforeTheOrder(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        int n = rig.limits.wsMin();
        int sectors = rig.geometry.sectorsPerBlock();
        for (int odd :
                IntStream.of(1, n + 1).filter(each -> each % n != 0 || n == 1).toArray()) {
            assertThat(rig.write(outside(rig.geometry)[2], odd)).isEqualTo(rig.refused(0x280, 0, odd));
            assertThat(rig.write(block + sectors, odd)).as("past the end").isEqualTo(rig.refused(0x280, 0, odd));
            if (n > 1) {
                assertThat(rig.write(block + n, odd)).as("not at the pointer").isEqualTo(rig.refused(0x002, 0, odd));
            }
        }
        rig.fill(block);
        assertThat(rig.write(block, 1)).as("closed").isIn((Object[]) faults(rig, 0, 1));
    }

    @ContractTest
    @Proves(Rule.WRITE_SCALAR)
    void aScalarWriteIsAVectorOfItsSectors(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        int sectors = rig.geometry.sectorsPerBlock();
        for (int at = 0, size; at < sectors; at += size) {
            size = Math.min(rig.limits.wsOpt(), sectors - at);
            assertThat(rig.writeScalar(block + at, size)).isEqualTo(Outcome.SUCCESS);
            assertThat(rig.writePointer(block)).isEqualTo(at + size);
        }
        rig.assertReadable(block, 0, sectors);
    }
}
