package io.ocssd.geometry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockState;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.contract.Rig.Outcome;
import java.util.List;

/** How many chunks may be open at the same time. */
abstract class OpenLimitContract extends Theme {
    /** Opens blocks, LUN by LUN in turn, so that the limit of a LUN is not in the way; returns all free ones in that order. */
    private static List<Long> openAsManyAsMayBe(Rig rig) throws Exception {
        List<Long> inTurn = rig.freeBlocks().stream()
                .sorted((a, b) -> Long.compare(rank(rig, a), rank(rig, b)))
                .toList();
        for (int i = 0; i < rig.limits.maxOpen(); i++) {
            assertThat(rig.write(inTurn.get(i), rig.limits.wsMin())).isEqualTo(Outcome.SUCCESS);
        }
        return inTurn;
    }

    private static long rank(Rig rig, long ppa) {
        return (long) Ppa.block(ppa) * rig.geometry.luns() + rig.geometry.lunIndex(ppa);
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.OPEN_LIMIT, Trait.SEVERAL_BLOCKS, Trait.SEVERAL_UNITS})
    @Proves(Rule.WRITE_OPEN_LIMIT)
    void oneBlockMoreThanTheLimitDoesNotOpen(Rig rig) throws Exception {
        int n = rig.limits.wsMin();
        List<Long> blocks = openAsManyAsMayBe(rig);
        long oneMore = blocks.get(rig.limits.maxOpen());
        assertThat(rig.write(oneMore, n)).isEqualTo(rig.refused(0x280, 0, n));
        assertThat(rig.state(oneMore)).isEqualTo(BlockState.FREE);
        assertThat(rig.write(blocks.get(0) + n, n)).as("one that is open").isEqualTo(Outcome.SUCCESS);
        rig.fill(blocks.get(0));
        assertThat(rig.write(oneMore, n)).as("now there is a place").isEqualTo(Outcome.SUCCESS);
        long another = blocks.get(rig.limits.maxOpen() + 1);
        assertThat(rig.write(another, n)).isEqualTo(rig.refused(0x280, 0, n));
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.OPEN_LIMIT, Trait.SEVERAL_BLOCKS, Trait.SEVERAL_UNITS})
    @Proves({Rule.WRITE_OPEN_LIMIT, Rule.WRITE_ALL_OR_NOTHING})
    void aVectorThatIsRefusedLeavesThePlacesFree(Rig rig) throws Exception {
        int n = rig.limits.wsMin();
        List<Long> blocks = openAsManyAsMayBe(rig);
        rig.fill(blocks.get(0));
        long a = blocks.get(rig.limits.maxOpen());
        long b = blocks.get(rig.limits.maxOpen() + 1);
        // One place for two: and neither has taken it.
        for (int i = 0; i < 2 * rig.limits.maxOpen(); i++) {
            assertThat(rig.writeAll(true, Rig.join(Rig.run(a, n), Rig.run(b, n))))
                    .isEqualTo(rig.refused(0x280, n, 2 * n));
        }
        assertThat(rig.device.report().count(BlockState.OPEN)).isEqualTo(rig.limits.maxOpen() - 1);
        assertThat(rig.write(b, n)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.write(a, n)).isEqualTo(rig.refused(0x280, 0, n));
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.OPEN_LIMIT, Trait.SEVERAL_BLOCKS, Trait.SMALL_BLOCKS})
    @Proves(Rule.WRITE_OPEN_LIMIT_FILL)
    void aWriteThatFillsAtOnceNeedsNoPlace(Rig rig) throws Exception {
        List<Long> blocks = openAsManyAsMayBe(rig);
        int sectors = rig.geometry.sectorsPerBlock();
        long full = blocks.get(rig.limits.maxOpen());
        assertThat(rig.write(full, sectors)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.state(full)).isEqualTo(BlockState.CLOSED);
        // And it gave no place back that it never had.
        long oneMore = blocks.get(rig.limits.maxOpen() + 1);
        assertThat(rig.write(oneMore, rig.limits.wsMin()).status()).isEqualTo(0x280);
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.OPEN_LIMIT_LUN, Trait.SEVERAL_BLOCKS, Trait.SEVERAL_LUNS})
    @Proves(Rule.WRITE_OPEN_LIMIT_LUN)
    void oneBlockMoreOfALunThanItsLimitDoesNotOpen(Rig rig) throws Exception {
        int n = rig.limits.wsMin();
        int most = rig.limits.maxOpenPerLun();
        List<Long> ofLun = rig.freeBlocks().stream()
                .filter(each -> rig.geometry.lunIndex(each) == 0)
                .toList();
        for (int i = 0; i < most; i++) {
            assertThat(rig.write(ofLun.get(i), n)).isEqualTo(Outcome.SUCCESS);
        }
        assertThat(rig.write(ofLun.get(most), n)).isEqualTo(rig.refused(0x280, 0, n));
        assertThat(rig.state(ofLun.get(most))).isEqualTo(BlockState.FREE);
        long elsewhere = rig.freeBlocks().stream()
                .filter(each -> rig.geometry.lunIndex(each) == 1)
                .findFirst()
                .orElseThrow();
        assertThat(rig.write(elsewhere, n)).as("another LUN").isEqualTo(Outcome.SUCCESS);
        rig.fill(ofLun.get(0));
        assertThat(rig.write(ofLun.get(most), n)).isEqualTo(Outcome.SUCCESS);
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.OPEN_LIMIT, Trait.SEVERAL_BLOCKS, Trait.SEVERAL_UNITS, Trait.REOPENS})
    @Proves(Rule.WRITE_OPEN_LIMIT)
    void openBlocksAreCountedAfterAClose(Stand stand) throws Exception {
        List<Long> blocks;
        try (Rig rig = stand.open()) {
            blocks = openAsManyAsMayBe(rig);
        }
        try (Rig rig = stand.reopen()) {
            int n = rig.limits.wsMin();
            long oneMore = blocks.get(rig.limits.maxOpen());
            assertThat(rig.write(oneMore, n)).isEqualTo(rig.refused(0x280, 0, n));
            rig.fill(blocks.get(0));
            assertThat(rig.write(oneMore, n)).isEqualTo(Outcome.SUCCESS);
        }
    }

    @ContractTest(needs = {Trait.CHUNKS, Trait.OPEN_LIMIT, Trait.ERASE_OPEN, Trait.SEVERAL_BLOCKS})
    @Proves({Rule.WRITE_OPEN_LIMIT, Rule.ERASE_OPEN})
    void anEraseOfAnOpenBlockGivesItsPlaceBack(Rig rig) throws Exception {
        int n = rig.limits.wsMin();
        List<Long> blocks = openAsManyAsMayBe(rig);
        long oneMore = blocks.get(rig.limits.maxOpen());
        assertThat(rig.write(oneMore, n).status()).isEqualTo(0x280);
        assertThat(rig.erase(blocks.get(0))).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.write(oneMore, n)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.write(blocks.get(0), n).status()).isEqualTo(0x280);
    }
}
