package io.ocssd.geometry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.geometry.contract.Rig.Outcome;

/** The states of a block: chunks and zones alike. */
abstract class StateContract extends Theme {
    @ContractTest(needs = Trait.SEVERAL_UNITS)
    @Proves({Rule.STATE_FIRST_WRITE, Rule.STATE_WRITE_MOVES, Rule.REPORT_WRITE_POINTER})
    void theFirstWriteOpensAndEveryWriteMovesThePointer(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        int first = rig.limits.wsOpt();
        int n = rig.limits.wsMin();
        assertThat(rig.write(block, first)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.state(block)).isEqualTo(BlockState.OPEN);
        assertThat(rig.writePointer(block)).isEqualTo(first);
        assertThat(rig.write(block + first, n)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.state(block)).isEqualTo(BlockState.OPEN);
        assertThat(rig.writePointer(block)).isEqualTo(first + n);
        assertThat(rig.device.report().count(BlockState.OPEN)).isEqualTo(1);
    }

    @ContractTest
    @Proves({Rule.STATE_FILL_CLOSES, Rule.STATE_CLOSED_READABLE, Rule.READ_CLOSED, Rule.REPORT_WRITE_POINTER})
    void theWriteThatReachesTheEndClosesAndMakesAllReadable(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        int sectors = rig.geometry.sectorsPerBlock();
        rig.writeUpTo(block, sectors - rig.limits.wsMin());
        assertThat(rig.state(block)).isNotEqualTo(BlockState.CLOSED);
        rig.writeUpTo(block, sectors);
        assertThat(rig.state(block)).isEqualTo(BlockState.CLOSED);
        assertThat(rig.writePointer(block)).isEqualTo(sectors);
        rig.assertReadable(block, 0, sectors);
    }

    @ContractTest(needs = Trait.SMALL_BLOCKS)
    @Proves(Rule.STATE_FILL_IN_ONE)
    void aWriteThatFillsAFreeBlockClosesItAtOnce(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        int sectors = rig.geometry.sectorsPerBlock();
        assertThat(rig.write(block, sectors)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.state(block)).isEqualTo(BlockState.CLOSED);
        assertThat(rig.writePointer(block)).isEqualTo(sectors);
    }

    @ContractTest
    @Proves({Rule.STATE_ERASE_FREES, Rule.STATE_ERASE_KEEPS})
    void anEraseFreesAClosedBlockAndKeepsWhatItIs(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        int index = rig.geometry.blockIndex(block);
        BlockReport before = rig.device.report();
        for (int round = 1; round <= 3; round++) {
            rig.fill(block);
            assertThat(rig.erase(block)).isEqualTo(Outcome.SUCCESS);
            BlockReport after = rig.device.report();
            assertThat(after.state(index)).isEqualTo(BlockState.FREE);
            assertThat(after.writePointer(index)).isZero();
            assertThat(after.type(index)).isEqualTo(before.type(index));
            assertThat(after.sectors(index)).isEqualTo(before.sectors(index));
            assertThat(after.wearIndex(index)).isGreaterThanOrEqualTo(before.wearIndex(index));
            if (rig.has(Trait.ERASE_COUNTS)) {
                assertThat(after.eraseCount(index)).isEqualTo(round);
            }
            before = after;
        }
    }

    @ContractTest(needs = Trait.OFFLINE_BLOCKS)
    @Proves({Rule.STATE_OFFLINE_STAYS, Rule.WEAR_FACTORY_BAD})
    void anOfflineBlockStaysOffline(Rig rig) throws Exception {
        long block = rig.blockIn(BlockState.OFFLINE, 0);
        assertThat(rig.write(block, rig.limits.wsMin()).status()).isNotZero();
        assertThat(rig.read(block)).isEqualTo(rig.refused(rig.has(Trait.ZONES) ? 0x1BB : 0x287, 0, 1));
        assertThat(rig.erase(block).status()).isNotZero();
        assertThat(rig.erase(block).status()).isNotZero();
        assertThat(rig.write(block, rig.limits.wsMin()).status()).isNotZero();
        assertThat(rig.state(block)).isEqualTo(BlockState.OFFLINE);
    }

    @ContractTest(needs = {Trait.OFFLINE_BLOCKS, Trait.REOPENS})
    @Proves({Rule.STATE_OFFLINE_STAYS, Rule.WEAR_FACTORY_BAD})
    void whatABlockIsSurvivesAClose(Stand stand) throws Exception {
        long offline;
        long full;
        long open;
        int n;
        try (Rig rig = stand.open()) {
            offline = rig.blockIn(BlockState.OFFLINE, 0);
            full = rig.freeBlock(0);
            open = rig.freeBlock(1);
            n = rig.limits.wsMin();
            rig.fill(full);
            assertThat(rig.erase(full)).isEqualTo(Outcome.SUCCESS);
            rig.fill(full);
            rig.writeUpTo(open, 2 * n);
        }
        try (Rig rig = stand.reopen()) {
            assertThat(rig.state(offline)).isEqualTo(BlockState.OFFLINE);
            assertThat(rig.state(full)).isEqualTo(BlockState.CLOSED);
            assertThat(rig.state(open)).isEqualTo(BlockState.OPEN);
            assertThat(rig.writePointer(open)).isEqualTo(2 * n);
            if (rig.has(Trait.ERASE_COUNTS)) {
                assertThat(rig.erases(full)).isEqualTo(1);
            }
            rig.fill(open);
            rig.assertReadable(full, 0, rig.geometry.sectorsPerBlock());
            rig.assertReadable(open, 0, rig.geometry.sectorsPerBlock());
        }
    }
}
