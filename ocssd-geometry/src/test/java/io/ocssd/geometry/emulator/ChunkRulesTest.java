package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.Capabilities;
import io.ocssd.device.Limits;
import org.junit.jupiter.api.Test;

/** What chunks answer, condition by condition. Blocks of 16 sectors, wsMin 2, a window of 4; block 9 is shorter. */
final class ChunkRulesTest {
    private static final Capabilities ERASES_FREE = new Capabilities(false, false, true, false);
    private static final Capabilities ERASES_OPEN = new Capabilities(false, false, false, true);

    private final CreationParameters made = Made.of(
            "channels=1&luns=1&blocks=12&sectors=16&wsMin=2&wsOpt=4&mwCunits=4&factoryBad=0&randomBlocks=1&shortBlocks=1");
    private final BlockStates blocks = Made.blocks(made);
    private final ChunkRules rules = new ChunkRules(blocks, made.limits(), Capabilities.NONE);

    private int shortBlock() {
        int block = 0;
        while (blocks.sectors(block) == 16) {
            block++;
        }
        return block;
    }

    private int usualBlock() {
        return shortBlock() == 5 ? 6 : 5;
    }

    private int program(int block, int first, int length) {
        return rules.program(block, first, length, true, false);
    }

    @Test
    void aFreeBlockIsWrittenFromItsBeginning() {
        int block = usualBlock();
        assertThat(program(block, 0, 2)).isEqualTo(0x000);
        assertThat(program(block, 0, 16)).isEqualTo(0x000);
        assertThat(program(block, 2, 2)).isEqualTo(0x2F2);
    }

    @Test
    void anOpenBlockIsWrittenAtItsWritePointer() {
        int block = usualBlock();
        blocks.set(block, Condition.OPEN, 6, 0);
        assertThat(program(block, 6, 2)).isEqualTo(0x000);
        assertThat(program(block, 6, 10)).isEqualTo(0x000);
        assertThat(program(block, 4, 2)).isEqualTo(0x2F2);
        assertThat(program(block, 8, 2)).isEqualTo(0x2F2);
        assertThat(program(block, 0, 2)).isEqualTo(0x2F2);
    }

    @Test
    void closedOfflineAndMissingBlocksTakeNoWrites() {
        int block = usualBlock();
        blocks.set(block, Condition.CLOSED, 6, 0);
        assertThat(program(block, 6, 2)).isEqualTo(0x280);
        blocks.set(block, Condition.OFFLINE, 0, 0);
        assertThat(program(block, 0, 2)).isEqualTo(0x280);
        assertThat(program(BlockRules.NO_BLOCK, 0, 2)).isEqualTo(0x280);
    }

    @Test
    void theChecksComeInTheirOrder() {
        int block = usualBlock();
        // Past the end, no multiple, not at the pointer, not ascending and again, all at once; then one less at a time.
        assertThat(rules.program(block, 15, 3, false, true)).isEqualTo(0x280);
        assertThat(rules.program(block, 13, 3, false, true)).isEqualTo(0x002);
        assertThat(rules.program(block, 14, 2, false, true)).isEqualTo(0x2F2);
        assertThat(rules.program(block, 0, 2, false, false)).isEqualTo(0x2F2);
        assertThat(rules.program(block, 0, 2, true, true)).isEqualTo(0x2F2);
        assertThat(rules.program(block, 0, 1, true, false)).isEqualTo(0x002);
        assertThat(rules.program(block, 0, 18, true, false)).isEqualTo(0x280);
        blocks.set(block, Condition.CLOSED, 16, 0);
        assertThat(rules.program(block, 13, 3, false, true)).isEqualTo(0x280);
    }

    @Test
    void aShortBlockEndsWhereItEnds() {
        int block = shortBlock();
        int sectors = blocks.sectors(block);
        assertThat(sectors).isBetween(2, 14);
        assertThat(program(block, 0, sectors)).isEqualTo(0x000);
        assertThat(program(block, 0, sectors + 2)).isEqualTo(0x280);
    }

    @Test
    void aRandomBlockIsWrittenAnywhereUpToItsEnd() {
        assertThat(rules.programAnywhere(0, 1)).isEqualTo(0x000);
        assertThat(rules.programAnywhere(0, 16)).isEqualTo(0x000);
        assertThat(rules.programAnywhere(0, 17)).isEqualTo(0x280);
        blocks.set(0, Condition.OPEN, 0, 0);
        assertThat(rules.programAnywhere(0, 16)).isEqualTo(0x000);
        blocks.set(0, Condition.OFFLINE, 0, 0);
        assertThat(rules.programAnywhere(0, 1)).isEqualTo(0x280);
    }

    @Test
    void whatCanBeRead() {
        int block = usualBlock();
        assertThat(rules.readableEnd(block)).isZero();
        blocks.set(block, Condition.OPEN, 10, 0);
        assertThat(rules.readableEnd(block)).isEqualTo(6);
        blocks.set(block, Condition.OPEN, 4, 0);
        assertThat(rules.readableEnd(block)).isZero();
        blocks.set(block, Condition.CLOSED, 10, 0);
        assertThat(rules.readableEnd(block)).isEqualTo(10);
        blocks.set(block, Condition.OFFLINE, 0, 0);
        assertThat(rules.readableEnd(block)).isZero();
        assertThat(rules.readableEnd(0)).isZero();
        blocks.set(0, Condition.OPEN, 0, 0);
        assertThat(rules.readableEnd(0)).isEqualTo(16);
        assertThat(rules.unreadable(BlockRules.NO_BLOCK)).isEqualTo(0x287);
        assertThat(rules.readRange(block, 10, 20)).isEqualTo(0x000);
        assertThat(rules.readRange(BlockRules.NO_BLOCK, 0, 1)).isEqualTo(0x000);
    }

    @Test
    void whatCanBeErased() {
        int block = usualBlock();
        assertThat(rules.erase(block, 7)).isEqualTo(0x2C1);
        blocks.set(block, Condition.OPEN, 2, 0);
        assertThat(rules.erase(block, 7)).isEqualTo(0x2C1);
        blocks.set(block, Condition.CLOSED, 2, 0);
        assertThat(rules.erase(block, 7)).isEqualTo(0x000);
        blocks.set(block, Condition.OFFLINE, 0, 0);
        assertThat(rules.erase(block, 7)).isEqualTo(0x2C0);
        assertThat(rules.erase(BlockRules.NO_BLOCK, 7)).isEqualTo(0x2C1);
    }

    @Test
    void whatElseCanBeErasedWhereTheDriveCan() {
        int block = usualBlock();
        ChunkRules erasesFree = new ChunkRules(blocks, made.limits(), ERASES_FREE);
        ChunkRules erasesOpen = new ChunkRules(blocks, made.limits(), ERASES_OPEN);
        assertThat(erasesFree.erase(block, 0)).isEqualTo(0x000);
        assertThat(erasesOpen.erase(block, 0)).isEqualTo(0x2C1);
        blocks.set(block, Condition.OPEN, 2, 0);
        assertThat(erasesFree.erase(block, 0)).isEqualTo(0x2C1);
        assertThat(erasesOpen.erase(block, 0)).isEqualTo(0x000);
        blocks.set(block, Condition.OFFLINE, 0, 0);
        assertThat(erasesFree.erase(block, 0)).isEqualTo(0x2C0);
        assertThat(erasesOpen.erase(block, 0)).isEqualTo(0x2C0);
    }

    @Test
    void aRandomBlockIsErasedAsItIs() {
        assertThat(rules.erase(0, 7)).isEqualTo(0x2C1);
        blocks.set(0, Condition.OPEN, 0, 0);
        assertThat(rules.erase(0, 7)).isEqualTo(0x000);
    }

    @Test
    void aScalarEraseNamesAWholeBlock() {
        int block = usualBlock();
        blocks.set(block, Condition.CLOSED, 16, 0);
        assertThat(rules.eraseRange(block, 0, 16)).isEqualTo(0x000);
        assertThat(rules.eraseRange(block, 0, 15)).isEqualTo(0x080);
        assertThat(rules.eraseRange(block, 0, 17)).isEqualTo(0x080);
        assertThat(rules.eraseRange(block, 1, 16)).isEqualTo(0x080);
        assertThat(rules.eraseRange(block, 1, 15)).isEqualTo(0x080);
        assertThat(rules.eraseRange(BlockRules.NO_BLOCK, 1, 15)).isEqualTo(0x2C1);
        blocks.set(block, Condition.OFFLINE, 0, 0);
        assertThat(rules.eraseRange(block, 0, 16)).isEqualTo(0x2C0);
        assertThat(rules.eraseRange(block, 0, 15)).isEqualTo(0x080);
        int shorter = shortBlock();
        blocks.set(shorter, Condition.CLOSED, blocks.sectors(shorter), 0);
        assertThat(rules.eraseRange(shorter, 0, 16)).isEqualTo(0x080);
        assertThat(rules.eraseRange(shorter, 0, blocks.sectors(shorter))).isEqualTo(0x000);
    }

    @Test
    void whatFailsOnTheMedia() {
        assertThat(rules.failedProgram()).isEqualTo(0x2F1);
        assertThat(rules.afterFailedProgram()).isEqualTo(Condition.CLOSED);
        assertThat(rules.failedErase()).isEqualTo(0x2C1);
    }

    // ---- places

    @Test
    void placesOfTheWholeDrive() {
        ChunkPlaces places = new ChunkPlaces(blocks, new Limits(2, 4, 4, 2));
        assertThat(places.take(5)).isEqualTo(0x000);
        assertThat(places.take(6)).isEqualTo(0x000);
        assertThat(places.take(7)).isEqualTo(0x280);
        places.giveBack(5);
        assertThat(places.take(7)).isEqualTo(0x000);
        assertThat(places.take(5)).isEqualTo(0x280);
        assertThat(places.toPark()).isEqualTo(OpenPlaces.NONE);
    }

    @Test
    void aBlockFreesItsPlaceWhenItIsOpenNoMore() {
        ChunkPlaces places = new ChunkPlaces(blocks, new Limits(2, 4, 4, 1));
        assertThat(places.take(5)).isEqualTo(0x000);
        places.moved(5, Condition.FREE, Condition.OPEN);
        assertThat(places.take(6)).isEqualTo(0x280);
        places.moved(5, Condition.OPEN, Condition.CLOSED);
        assertThat(places.take(6)).isEqualTo(0x000);
        places.moved(5, Condition.CLOSED, Condition.FREE);
        assertThat(places.take(7)).isEqualTo(0x280);
        // A random block never had one.
        places.moved(0, Condition.OPEN, Condition.FREE);
        assertThat(places.take(7)).isEqualTo(0x280);
    }

    @Test
    void placesOfEachLun() {
        CreationParameters two = Made.of("channels=1&luns=2&blocks=8&sectors=16&factoryBad=0");
        BlockStates ofTwo = Made.blocks(two);
        ChunkPlaces places = new ChunkPlaces(ofTwo, new Limits(2, 4, 4, 3, 2, 0));
        assertThat(places.take(0)).isEqualTo(0x000);
        assertThat(places.take(1)).isEqualTo(0x000);
        assertThat(places.take(7)).isEqualTo(0x280);
        assertThat(places.take(8)).isEqualTo(0x000);
        // The second LUN has one left, but the drive has none.
        assertThat(places.take(9)).isEqualTo(0x280);
        places.giveBack(0);
        assertThat(places.take(9)).isEqualTo(0x000);
        assertThat(places.take(10)).isEqualTo(0x280);
        places.giveBack(1);
        assertThat(places.take(10)).isEqualTo(0x280);
        assertThat(places.take(2)).isEqualTo(0x000);
    }

    @Test
    void blocksFoundOpenHaveTheirPlaces() {
        blocks.set(5, Condition.OPEN, 2, 0);
        blocks.set(0, Condition.OPEN, 0, 0);
        blocks.set(6, Condition.CLOSED, 2, 0);
        ChunkPlaces places = new ChunkPlaces(blocks, new Limits(2, 4, 4, 2, 2, 0));
        assertThat(places.take(7)).isEqualTo(0x000);
        assertThat(places.take(8)).isEqualTo(0x280);
    }
}
