package io.ocssd.geometry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockState;
import io.ocssd.geometry.contract.Rig.Outcome;

/** Opening, closing and finishing zones, and how many may be open and active. */
abstract class ZoneStateContract extends Theme {
    /** Writes to so many zones, so that each is implicitly open, or closed again by the drive. */
    private static void write(Rig rig, int zones) throws Exception {
        for (int i = 0; i < zones; i++) {
            assertThat(rig.write(rig.freeBlock(0), rig.limits.wsMin())).isEqualTo(Outcome.SUCCESS);
        }
    }

    @ContractTest(needs = {Trait.ZONES, Trait.SEVERAL_UNITS})
    @Proves({Rule.ZONE_OPEN, Rule.ZONE_CLOSE})
    void anExplicitOpenAndAClose(Rig rig) throws Exception {
        long zone = rig.freeBlock(0);
        int n = rig.limits.wsMin();
        assertThat(rig.open(zone)).as("empty").isEqualTo(Outcome.SUCCESS);
        assertThat(rig.state(zone)).isEqualTo(BlockState.OPEN);
        assertThat(rig.writePointer(zone)).isZero();
        assertThat(rig.open(zone)).as("open already").isEqualTo(Outcome.SUCCESS);
        rig.writeUpTo(zone, n);
        assertThat(rig.close(zone)).as("explicitly open").isEqualTo(Outcome.SUCCESS);
        assertThat(rig.close(zone)).as("closed already").isEqualTo(Outcome.SUCCESS);
        assertThat(rig.state(zone)).as("a closed zone is partly written").isEqualTo(BlockState.OPEN);
        assertThat(rig.open(zone)).as("closed").isEqualTo(Outcome.SUCCESS);
        assertThat(rig.close(zone)).isEqualTo(Outcome.SUCCESS);
        rig.writeUpTo(zone, 2 * n);
        assertThat(rig.open(zone)).as("implicitly open").isEqualTo(Outcome.SUCCESS);
        rig.fill(zone);
        assertThat(rig.open(zone)).as("full").isEqualTo(rig.refused(0x1BF, 0, 1));
        assertThat(rig.close(zone)).as("full").isEqualTo(rig.refused(0x1BF, 0, 1));
        assertThat(rig.close(rig.freeBlock(0))).as("empty").isEqualTo(rig.refused(0x1BF, 0, 1));
        rig.assertReadable(zone, 0, rig.geometry.sectorsPerBlock());
    }

    @ContractTest(needs = Trait.ZONES)
    @Proves(Rule.ZONE_CLOSE_EMPTY)
    void aClosedZoneThatNothingWasWrittenToStaysActive(Rig rig) throws Exception {
        long zone = rig.freeBlock(0);
        assertThat(rig.open(zone)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.close(zone)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.state(zone)).isEqualTo(BlockState.OPEN);
        assertThat(rig.writePointer(zone)).isZero();
        assertThat(rig.close(zone)).as("closed already").isEqualTo(Outcome.SUCCESS);
        assertThat(rig.write(zone, rig.limits.wsMin())).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.erase(zone)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.close(zone)).as("empty").isEqualTo(rig.refused(0x1BF, 0, 1));
    }

    @ContractTest(needs = {Trait.ZONES, Trait.ACTIVE_LIMIT, Trait.SEVERAL_BLOCKS})
    @Proves({Rule.ZONE_CLOSE_EMPTY, Rule.ZONE_ACTIVE_LIMIT})
    void closedZonesCountAmongTheActiveOnes(Rig rig) throws Exception {
        long last = 0;
        for (int i = 0; i < rig.limits.maxActive(); i++) {
            last = rig.freeBlock(0);
            assertThat(rig.open(last)).isEqualTo(Outcome.SUCCESS);
            assertThat(rig.close(last)).isEqualTo(Outcome.SUCCESS);
        }
        long oneMore = rig.freeBlock(0);
        int n = rig.limits.wsMin();
        assertThat(rig.write(oneMore, n)).isEqualTo(rig.refused(0x1BD, 0, n));
        assertThat(rig.open(oneMore)).isEqualTo(rig.refused(0x1BD, 0, 1));
        assertThat(rig.erase(last)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.write(oneMore, n)).as("now there is a place").isEqualTo(Outcome.SUCCESS);
    }

    @ContractTest(needs = {Trait.ZONES, Trait.REOPENS, Trait.SEVERAL_BLOCKS})
    @Proves({Rule.ZONE_CLOSE_EMPTY, Rule.ZONE_POWER})
    void aClosedZoneThatNothingWasWrittenToIsEmptyAfterAClose(Stand stand) throws Exception {
        long zone;
        try (Rig rig = stand.open()) {
            zone = rig.freeBlock(1);
            assertThat(rig.open(zone)).isEqualTo(Outcome.SUCCESS);
            assertThat(rig.close(zone)).isEqualTo(Outcome.SUCCESS);
        }
        try (Rig rig = stand.reopen()) {
            assertThat(rig.state(zone)).isEqualTo(BlockState.FREE);
            rig.fill(zone);
        }
    }

    @ContractTest(needs = {Trait.ZONES, Trait.SEVERAL_UNITS})
    @Proves(Rule.ZONE_START)
    void whatConcernsAWholeZoneNamesItsStart(Rig rig) throws Exception {
        long zone = rig.freeBlock(0);
        int n = rig.limits.wsMin();
        rig.writeUpTo(zone, n);
        for (int sector : new int[] {1, rig.geometry.sectorsPerBlock() - 1, rig.geometry.sectorsPerBlock()}) {
            long inside = zone + sector;
            assertThat(rig.erase(inside)).isEqualTo(rig.refused(0x002, 0, 1));
            assertThat(rig.eraseScalar(inside, rig.geometry.sectorsPerBlock()).status())
                    .isEqualTo(0x002);
            assertThat(rig.finish(inside)).isEqualTo(rig.refused(0x002, 0, 1));
            assertThat(rig.open(inside)).isEqualTo(rig.refused(0x002, 0, 1));
            assertThat(rig.close(inside)).isEqualTo(rig.refused(0x002, 0, 1));
        }
        assertThat(rig.state(zone)).isEqualTo(BlockState.OPEN);
        assertThat(rig.writePointer(zone)).isEqualTo(n);
    }

    @ContractTest(needs = {Trait.ZONES, Trait.SEVERAL_UNITS, Trait.SEVERAL_BLOCKS})
    @Proves({Rule.ZONE_FINISH, Rule.ZONE_FINISH_READ})
    void aFinishMakesAZoneFull(Rig rig) throws Exception {
        int n = rig.limits.wsMin();
        long empty = rig.freeBlock(0);
        long open = rig.freeBlock(1);
        long closed = rig.freeBlock(2);
        long full = rig.freeBlock(3);
        rig.writeUpTo(open, 2 * n);
        rig.writeUpTo(closed, n);
        assertThat(rig.close(closed)).isEqualTo(Outcome.SUCCESS);
        rig.fill(full);
        for (long zone : new long[] {empty, open, closed, full}) {
            assertThat(rig.finish(zone)).isEqualTo(Outcome.SUCCESS);
            assertThat(rig.state(zone)).isEqualTo(BlockState.CLOSED);
            assertThat(rig.writePointer(zone)).isEqualTo(rig.geometry.sectorsPerBlock());
            assertThat(rig.write(zone, n).status()).isEqualTo(0x1B9);
        }
        rig.assertReadable(open, 0, 2 * n);
        assertThat(rig.read(open + 2 * n, empty, closed + n)).isEqualTo(rig.refused(0x287, 0, 3));
        rig.assertReadable(full, 0, rig.geometry.sectorsPerBlock());
        assertThat(rig.erase(open)).isEqualTo(Outcome.SUCCESS);
        rig.fill(open);
        rig.assertReadable(open, 0, rig.geometry.sectorsPerBlock());
    }

    @ContractTest(needs = {Trait.ZONES, Trait.REOPENS, Trait.SEVERAL_UNITS})
    @Proves(Rule.ZONE_FINISH_READ)
    void aFinishedZoneStaysSoAfterAClose(Stand stand) throws Exception {
        long zone;
        int n;
        try (Rig rig = stand.open()) {
            zone = rig.freeBlock(0);
            n = rig.limits.wsMin();
            rig.writeUpTo(zone, 2 * n);
            assertThat(rig.finish(zone)).isEqualTo(Outcome.SUCCESS);
        }
        try (Rig rig = stand.reopen()) {
            assertThat(rig.state(zone)).isEqualTo(BlockState.CLOSED);
            rig.assertReadable(zone, 0, 2 * n);
            if (!rig.has(Trait.FORGETS_FINISH)) {
                assertThat(rig.read(zone + 2 * n)).isEqualTo(rig.refused(0x287, 0, 1));
            }
            assertThat(rig.write(zone + 2 * n, n).status()).isEqualTo(0x1B9);
        }
    }

    @ContractTest(needs = {Trait.ZONES, Trait.SEVERAL_UNITS, Trait.SEVERAL_BLOCKS})
    @Proves({Rule.ZONE_FINISH, Rule.ZONE_OPEN, Rule.ZONE_CLOSE})
    void manyZonesInOneCommand(Rig rig) throws Exception {
        long a = rig.freeBlock(0);
        long b = rig.freeBlock(1);
        long full = rig.freeBlock(2);
        rig.fill(full);
        assertThat(rig.open(a, full, b)).isEqualTo(rig.refused(0x1BF, 1, 2));
        assertThat(rig.state(a)).isEqualTo(BlockState.OPEN);
        assertThat(rig.state(b)).isEqualTo(BlockState.OPEN);
        assertThat(rig.close(full, a, b)).isEqualTo(rig.refused(0x1BF, 0, 1));
        assertThat(rig.finish(a, full, b)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.device.report().count(BlockState.CLOSED)).isEqualTo(3);
    }

    @ContractTest(
            needs = {Trait.ZONES, Trait.OPEN_LIMIT, Trait.ACTIVE_LIMIT, Trait.SEVERAL_UNITS, Trait.SEVERAL_BLOCKS})
    @Proves({Rule.ZONE_OPEN_IMPLICIT, Rule.ZONE_ACTIVE_LIMIT})
    void oneActiveZoneTooMany(Rig rig) throws Exception {
        int n = rig.limits.wsMin();
        long first = rig.freeBlock(0);
        write(rig, rig.limits.maxActive());
        long oneMore = rig.freeBlock(0);
        assertThat(rig.write(oneMore, n)).isEqualTo(rig.refused(0x1BD, 0, n));
        assertThat(rig.append(oneMore, n).status()).isEqualTo(0x1BD);
        assertThat(rig.open(oneMore)).isEqualTo(rig.refused(0x1BD, 0, 1));
        assertThat(rig.state(oneMore)).isEqualTo(BlockState.FREE);
        assertThat(rig.finish(oneMore)).as("a finished zone is not active").isEqualTo(Outcome.SUCCESS);
        assertThat(rig.write(first + n, n)).as("an active one").isEqualTo(Outcome.SUCCESS);
        assertThat(rig.finish(first)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.write(rig.freeBlock(0), n)).as("now there is a place").isEqualTo(Outcome.SUCCESS);
        assertThat(rig.erase(rig.blockIn(BlockState.OPEN, 0))).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.append(rig.freeBlock(0), n)).as("and again").isEqualTo(Outcome.SUCCESS);
    }

    @ContractTest(
            needs = {Trait.ZONES, Trait.OPEN_LIMIT, Trait.ACTIVE_LIMIT, Trait.SEVERAL_UNITS, Trait.SEVERAL_BLOCKS})
    @Proves({Rule.ZONE_OPEN_LIMIT, Rule.ZONE_OPEN_IMPLICIT})
    void explicitlyOpenedZonesStayOpen(Rig rig) throws Exception {
        int n = rig.limits.wsMin();
        int most = rig.limits.maxOpen();
        long written = rig.freeBlock(0);
        rig.writeUpTo(written, n);
        long[] explicit = new long[most];
        for (int i = 0; i < most; i++) {
            explicit[i] = rig.freeBlock(0);
            assertThat(rig.open(explicit[i]))
                    .as("open %d closes the implicit one at last", i)
                    .isEqualTo(Outcome.SUCCESS);
        }
        assertThat(rig.write(written + n, n)).isEqualTo(rig.refused(0x1BE, 0, n));
        assertThat(rig.append(written, n).status()).isEqualTo(0x1BE);
        assertThat(rig.open(written)).isEqualTo(rig.refused(0x1BE, 0, 1));
        assertThat(rig.writePointer(written)).isEqualTo(n);
        assertThat(rig.write(explicit[0], n)).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.close(explicit[0])).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.write(written + n, n)).as("now there is a place").isEqualTo(Outcome.SUCCESS);
        assertThat(rig.open(explicit[0])).as("which can be taken again").isEqualTo(Outcome.SUCCESS);
        assertThat(rig.write(written + 2 * n, n)).isEqualTo(rig.refused(0x1BE, 0, n));
        rig.fill(explicit[0]);
        assertThat(rig.write(written + 2 * n, n)).as("a full zone is not open").isEqualTo(Outcome.SUCCESS);
    }

    @ContractTest(needs = Trait.CHUNKS)
    @Proves(Rule.ZONE_NO_MANAGEMENT)
    void aDriveWithoutZonesSaysSo(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        assertThat(rig.append(block, rig.limits.wsMin()).status()).isEqualTo(0x001);
        assertThat(rig.finish(block).status()).isEqualTo(0x001);
        assertThat(rig.open(block).status()).isEqualTo(0x001);
        assertThat(rig.close(block).status()).isEqualTo(0x001);
        assertThat(rig.state(block)).isEqualTo(BlockState.FREE);
    }
}
