package io.ocssd.geometry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.geometry.contract.Rig.Outcome;

/** Blocks that are written anywhere, and blocks of another size. */
abstract class UnusualBlockContract extends Theme {
    private static long block(Rig rig, boolean random) throws Exception {
        BlockReport report = rig.device.report();
        for (int block = 0; block < rig.geometry.blocks(); block++) {
            boolean is = random
                    ? report.type(block) == BlockType.RANDOM
                    : report.type(block) == BlockType.SEQUENTIAL
                            && report.sectors(block) < rig.geometry.sectorsPerBlock();
            if (is && report.state(block) == BlockState.FREE) {
                return rig.geometry.blockPpa(block);
            }
        }
        throw new AssertionError("there is none");
    }

    @ContractTest(needs = {Trait.RANDOM_BLOCKS, Trait.SEVERAL_UNITS})
    @Proves({Rule.RANDOM_WRITE, Rule.RANDOM_READ})
    void aRandomBlockIsWrittenAnywhereAgainAndAgain(Rig rig) throws Exception {
        long block = block(rig, true);
        assertThat(rig.read(block)).as("free").isEqualTo(rig.refused(0x287, 0, 1));
        assertThat(rig.write(block + 5, 1)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.state(block)).isEqualTo(BlockState.OPEN);
        assertThat(rig.write(block + 2, 2)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.write(block + rig.sectors(block) - 1, 1)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.read(block + 5, block + 3, block + rig.sectors(block) - 1))
                .isEqualTo(Outcome.SUCCESS);
        rig.assertData(0, block + 5);
        rig.assertData(1, block + 3);
        rig.assertOob(1, block + 3);
        assertThat(rig.writeAll(false, block + 5)).as("again, without OOB").isEqualTo(Outcome.SUCCESS);
        assertThat(rig.read(block + 5)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.oob(0)).isEqualTo(new byte[rig.geometry.oobBytes()]);
        assertThat(rig.writeScalar(block + 4, 3)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.state(block)).isEqualTo(BlockState.OPEN);
    }

    @ContractTest(needs = {Trait.RANDOM_BLOCKS, Trait.SEVERAL_UNITS})
    @Proves(Rule.RANDOM_READ)
    void whatWasNeverWrittenOfAnOpenRandomBlockReadsAsZeros(Rig rig) throws Exception {
        long block = block(rig, true);
        assertThat(rig.write(block + 1, 1)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.read(block, block + 1, block + 2, block + rig.sectors(block) - 1))
                .isEqualTo(Outcome.SUCCESS);
        rig.assertZeros(0);
        rig.assertData(1, block + 1);
        rig.assertZeros(2);
        rig.assertZeros(3);
        assertThat(rig.read(block + rig.sectors(block))).isEqualTo(rig.refused(0x287, 0, 1));
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.RANDOM_BLOCKS, Trait.SEVERAL_UNITS})
    @Proves({Rule.RANDOM_WRITE, Rule.WRITE_PAST_END})
    void aRandomBlockHasAnEnd(Rig rig) throws Exception {
        long block = block(rig, true);
        int sectors = rig.sectors(block);
        assertThat(rig.write(block + sectors - 1, 2)).isEqualTo(rig.refused(0x280, 0, 2));
        assertThat(rig.write(block + sectors, 1)).isEqualTo(rig.refused(0x280, 0, 1));
        assertThat(rig.state(block)).isEqualTo(BlockState.FREE);
    }

    @ContractTest(needs = {Trait.RANDOM_BLOCKS, Trait.ERASE_OPEN, Trait.SEVERAL_UNITS})
    @Proves(Rule.RANDOM_ERASE)
    void anErasedRandomBlockIsFreeUntilItIsWritten(Rig rig) throws Exception {
        long block = block(rig, true);
        assertThat(rig.write(block + 3, 1)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.erase(block)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.state(block)).isEqualTo(BlockState.FREE);
        assertThat(rig.read(block + 3)).isEqualTo(rig.refused(0x287, 0, 1));
        assertThat(rig.write(block + 1, 1)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.state(block)).isEqualTo(BlockState.OPEN);
        assertThat(rig.read(block + 3, block + 1)).isEqualTo(Outcome.SUCCESS);
        rig.assertZeros(0);
        rig.assertData(1, block + 1);
    }

    @ContractTest(needs = {Trait.RANDOM_BLOCKS, Trait.REOPENS, Trait.SEVERAL_UNITS})
    @Proves({Rule.RANDOM_READ, Rule.REPORT_TYPE})
    void aRandomBlockSurvivesAClose(Stand stand) throws Exception {
        long block;
        try (Rig rig = stand.open()) {
            block = block(rig, true);
            assertThat(rig.write(block + 3, 1)).isEqualTo(Outcome.SUCCESS);
        }
        try (Rig rig = stand.reopen()) {
            assertThat(rig.device.report().type(rig.geometry.blockIndex(block))).isEqualTo(BlockType.RANDOM);
            assertThat(rig.state(block)).isEqualTo(BlockState.OPEN);
            assertThat(rig.read(block + 3, block + 2)).isEqualTo(Outcome.SUCCESS);
            rig.assertData(0, block + 3);
            rig.assertZeros(1);
        }
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.SHORT_BLOCKS})
    @Proves({Rule.DEVIATING_SIZE, Rule.REPORT_SIZE})
    void aShortBlockEndsAtItsOwnSize(Rig rig) throws Exception {
        long block = block(rig, false);
        int sectors = rig.sectors(block);
        int n = rig.limits.wsMin();
        rig.writeUpTo(block, sectors - n);
        assertThat(rig.write(block + sectors - n, 2 * n)).as("past its end").isEqualTo(rig.refused(0x280, 0, 2 * n));
        rig.writeUpTo(block, sectors);
        assertThat(rig.state(block)).isEqualTo(BlockState.CLOSED);
        assertThat(rig.writePointer(block)).isEqualTo(sectors);
        rig.assertReadable(block, 0, sectors);
        assertThat(rig.read(block + sectors)).isEqualTo(rig.refused(0x287, 0, 1));
        assertThat(rig.write(block + sectors, n)).isEqualTo(rig.refused(0x280, 0, n));
    }

    @ContractTest(needs = {Trait.SHORT_BLOCKS})
    @Proves({Rule.DEVIATING_SIZE, Rule.ERASE_SCALAR, Rule.STATE_ERASE_KEEPS})
    void aScalarEraseOfAShortBlockNamesItsOwnSize(Rig rig) throws Exception {
        long block = block(rig, false);
        int sectors = rig.sectors(block);
        rig.fill(block);
        assertThat(rig.eraseScalar(block, rig.geometry.sectorsPerBlock()).status())
                .isEqualTo(0x080);
        assertThat(rig.eraseScalar(block, sectors)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.sectors(block)).isEqualTo(sectors);
        assertThat(rig.state(block)).isEqualTo(BlockState.FREE);
    }
}
