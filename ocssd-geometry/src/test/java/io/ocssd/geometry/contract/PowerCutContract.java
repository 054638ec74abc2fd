package io.ocssd.geometry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.device.BlockState;
import io.ocssd.device.IoCommand;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.contract.Rig.Outcome;
import java.util.Arrays;

/** What a power cut leaves, as the drive shows it when it is opened again. */
abstract class PowerCutContract extends Theme {
    private static final int SEEDS = 24;

    /** Fills up what is open, as an owner does after a cut, and says which sectors from {@code from} on are intact. */
    private static boolean[] intact(Rig rig, long block, int to) throws Exception {
        rig.fill(block);
        boolean[] intact = new boolean[to];
        for (int sector = 0; sector < to; sector++) {
            Outcome read = rig.read(block + sector);
            assertThat(read.status()).isIn(0x000, 0x281);
            intact[sector] = read.status() == 0
                    && Arrays.equals(rig.data(0), Rig.pattern(rig.geometry.sectorBytes(), block + sector, 0))
                    && Arrays.equals(rig.oob(0), Rig.pattern(rig.geometry.oobBytes(), block + sector, 1));
        }
        return intact;
    }

    private static int intactFromTheBeginning(boolean[] intact) {
        int sectors = 0;
        while (sectors < intact.length && intact[sectors]) {
            sectors++;
        }
        return sectors;
    }

    private static void assertCut(Rig rig, IoCommand command) {
        assertThatThrownBy(() -> rig.execute(command)).isInstanceOf(GoneException.class);
        assertThatThrownBy(() -> rig.device.report()).isInstanceOf(GoneException.class);
        assertThatThrownBy(() -> rig.read(0)).isInstanceOf(GoneException.class);
    }

    @ContractTest(needs = {Trait.LOSES_POWER, Trait.REOPENS, Trait.SEVERAL_UNITS, Trait.SEVERAL_BLOCKS})
    @Proves(Rule.CUT_BOUNDARY)
    void whatCompletedIsThere(Stand stand) throws Exception {
        long full;
        long open;
        long erased;
        int n;
        int sectors;
        int commands;
        try (Rig rig = stand.open()) {
            full = rig.freeBlock(0);
            open = rig.freeBlock(1);
            erased = rig.freeBlock(2);
            n = rig.limits.wsMin();
            sectors = rig.geometry.sectorsPerBlock();
            rig.fill(full);
            rig.fill(erased);
            rig.erase(erased);
            rig.writeUpTo(open, 2 * n);
            commands = (int) rig.device.counters().commands();
        }
        try (Rig rig = stand.openToBeCut(commands + 1, 3)) {
            rig.fill(full);
            rig.fill(erased);
            assertThat(rig.erase(erased)).isEqualTo(Outcome.SUCCESS);
            rig.writeUpTo(open, 2 * n);
            assertCut(rig, new IoCommand().read(rig.in, 0).add(full));
        }
        try (Rig rig = stand.reopen()) {
            assertThat(rig.state(full)).isEqualTo(BlockState.CLOSED);
            assertThat(rig.state(erased)).isEqualTo(BlockState.FREE);
            assertThat(rig.writePointer(open)).isEqualTo(2 * n);
            if (!rig.has(Trait.VOLATILE_PAIRS)) {
                rig.fill(open);
                rig.assertReadable(open, 0, sectors);
            }
            rig.assertReadable(full, 0, sectors);
        }
    }

    @ContractTest(needs = {Trait.LOSES_POWER, Trait.REOPENS, Trait.SEVERAL_UNITS, Trait.PAYLOAD})
    @Proves(Rule.CUT_PROGRAM)
    void aProgramUnderWayLeavesWholeUnitsAndPerhapsOneOfRubbish(Stand stand) throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            String where = "seed=" + seed;
            long block;
            int n;
            try (Rig rig = stand.openToBeCut(2, seed)) {
                block = rig.freeBlock(0);
                n = rig.limits.wsMin();
                rig.writeUpTo(block, n);
                IoCommand program = new IoCommand().write(rig.out, 0).oob(rig.oobOut, 0);
                for (int i = 0; i < 3 * n; i++) {
                    program.add(block + n + i);
                    Rig.pattern(
                            rig.out.bytes(),
                            i * rig.geometry.sectorBytes(),
                            rig.geometry.sectorBytes(),
                            block + n + i,
                            0);
                    Rig.pattern(
                            rig.oobOut.bytes(), i * rig.geometry.oobBytes(), rig.geometry.oobBytes(), block + n + i, 1);
                }
                assertCut(rig, program);
            }
            try (Rig rig = stand.reopen()) {
                int pointer = rig.writePointer(block);
                assertThat(pointer).as(where).isBetween(n, 4 * n);
                assertThat(pointer % n).as(where).isZero();
                boolean[] intact = intact(rig, block, pointer);
                if (!rig.has(Trait.VOLATILE_PAIRS)) {
                    int good = intactFromTheBeginning(intact);
                    assertThat(good % n).as(where + ", intact").isZero();
                    assertThat(pointer - good).as(where + ", rubbish").isIn(0, n);
                    assertThat(good).as(where + ", what completed before").isGreaterThanOrEqualTo(n);
                }
            }
        }
    }

    @ContractTest(needs = {Trait.LOSES_POWER, Trait.REOPENS, Trait.PAYLOAD, Trait.SMALL_BLOCKS})
    @Proves(Rule.CUT_ERASE)
    void anEraseUnderWayHasHappenedOrNotOrHalf(Stand stand) throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            String where = "seed=" + seed;
            long block;
            int sectors;
            try (Rig rig = stand.openToBeCut(2, seed)) {
                block = rig.freeBlock(0);
                sectors = rig.geometry.sectorsPerBlock();
                assertThat(rig.write(block, sectors)).isEqualTo(Outcome.SUCCESS);
                assertCut(rig, new IoCommand().erase().add(block));
            }
            try (Rig rig = stand.reopen()) {
                BlockState state = rig.state(block);
                assertThat(state).as(where).isIn(BlockState.FREE, BlockState.CLOSED);
                if (state == BlockState.CLOSED) {
                    int good = intactFromTheBeginning(intact(rig, block, sectors));
                    assertThat(good).as(where).isIn(0, sectors);
                    assertThat(rig.erase(block)).as(where).isEqualTo(Outcome.SUCCESS);
                }
                rig.fill(block);
                rig.assertReadable(block, 0, sectors);
            }
        }
    }

    @ContractTest(
            needs = {
                Trait.LOSES_POWER,
                Trait.REOPENS,
                Trait.VOLATILE_PAIRS,
                Trait.WINDOW,
                Trait.SEVERAL_UNITS,
                Trait.PAYLOAD
            })
    @Proves({Rule.CUT_PAIRS, Rule.CUT_WRITE_POINTER})
    void whatWasNotFollowedByEnoughSectorsMayBeLost(Stand stand) throws Exception {
        int lost = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            String where = "seed=" + seed;
            long block;
            long full;
            int written;
            int commands;
            try (Rig rig = stand.open()) {
                full = rig.freeBlock(0);
                rig.fill(full);
                block = rig.freeBlock(0);
                written = (rig.limits.mwCunits() / rig.limits.wsMin() + 3) * rig.limits.wsMin();
                rig.writeUpTo(block, written);
                commands = (int) rig.device.counters().commands();
            }
            try (Rig rig = stand.openToBeCut(commands + 1, seed)) {
                rig.fill(full);
                rig.writeUpTo(block, written);
                assertCut(rig, new IoCommand().read(rig.in, 0).add(full));
            }
            try (Rig rig = stand.reopen()) {
                assertThat(rig.writePointer(block)).as(where).isGreaterThanOrEqualTo(written);
                boolean[] intact = intact(rig, block, written);
                for (int sector = 0; sector < written; sector++) {
                    if (!intact[sector]) {
                        lost++;
                        assertThat(rig.read(block + sector)).as(where).isEqualTo(rig.refused(0x281, 0, 1));
                    }
                }
                int safe = written - rig.limits.mwCunits();
                assertThat(intactFromTheBeginning(intact)).as(where + ", safe").isGreaterThanOrEqualTo(safe);
                rig.assertReadable(full, 0, rig.geometry.sectorsPerBlock());
            }
        }
        assertThat(lost).as("of %d cuts some lose something", SEEDS).isPositive();
    }
}
