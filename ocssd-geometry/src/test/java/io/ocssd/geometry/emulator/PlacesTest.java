package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.DeviceAdmin;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** The places for open blocks, counted anew at an opening; and sectors that a cut has taken. */
final class PlacesTest {
    private static final String SHAPE =
            "channels=1&luns=2&blocks=8&sectors=8&sectorBytes=512&wsMin=4&wsOpt=4&mwCunits=0&factoryBad=0&randomBlocks=2";

    private static ChunkPlaces places(String limits, int... open) {
        CreationParameters made = Made.of(SHAPE + limits);
        BlockStates blocks = Made.blocks(made);
        for (int block : open) {
            blocks.set(block, Condition.OPEN, 4, 0);
        }
        blocks.set(15, Condition.CLOSED, 8, 0);
        return new ChunkPlaces(blocks, made.limits());
    }

    @Test
    void whatIsOpenHasItsPlace() {
        ChunkPlaces places = places("&maxOpen=3", 2, 12);
        assertThat(places.take(3)).isZero();
        assertThat(places.take(4)).isEqualTo(0x280);
        places.moved(12, Condition.OPEN, Condition.CLOSED);
        assertThat(places.take(4)).isZero();
        assertThat(places.take(13)).isEqualTo(0x280);
        places.giveBack(4);
        assertThat(places.take(13)).isZero();
    }

    @Test
    void soItIsInItsLun() {
        ChunkPlaces places = places("&maxOpenPerLun=2", 2, 12);
        assertThat(places.take(3)).isZero();
        assertThat(places.take(4)).isEqualTo(0x280);
        assertThat(places.take(13)).isZero();
        assertThat(places.take(14)).isEqualTo(0x280);
        places.moved(2, Condition.OPEN, Condition.FREE);
        assertThat(places.take(14)).as("another LUN").isEqualTo(0x280);
        assertThat(places.take(4)).isZero();
        places.giveBack(13);
        assertThat(places.take(14)).isZero();
    }

    @Test
    void moreThanTheLimitsMayBeOpenAtTheBeginning() {
        ChunkPlaces places = places("&maxOpen=1&maxOpenPerLun=1", 2, 3, 12);
        places.moved(2, Condition.OPEN, Condition.CLOSED);
        places.moved(12, Condition.OPEN, Condition.CLOSED);
        assertThat(places.take(13)).isEqualTo(0x280);
        assertThat(places.take(4)).isEqualTo(0x280);
        places.moved(3, Condition.OPEN, Condition.CLOSED);
        assertThat(places.take(13)).isZero();
    }

    @Test
    void aBlockThatIsWrittenAnywhereNeedsNone() {
        ChunkPlaces places = places("&maxOpen=1", 0, 1, 8);
        assertThat(places.take(2)).isZero();
        places.moved(0, Condition.OPEN, Condition.FREE);
        assertThat(places.take(3)).isEqualTo(0x280);
        assertThat(places.toPark()).isEqualTo(OpenPlaces.NONE);
    }

    @Test
    void sectorsThatAreLostFailAlone() throws Exception {
        CreationParameters made = Made.of(SHAPE);
        MemoryBacking bytes = new MemoryBacking(new ImageLayout(made.geometry(), made.payload()).bytes());
        Media[] media = new Media[1];
        try (Console drive = Console.on(SHAPE, bytes, each -> media[0] = each)) {
            drive.fill(2);
            drive.fill(3);
            BitSet lost = new BitSet();
            lost.set(5);
            media[0].lose(2, lost);
            assertThat(drive.read(drive.ppa(3, 5), drive.ppa(2, 4), drive.ppa(2, 5), drive.ppa(2, 6)))
                    .isEqualTo(0x281);
            assertThat(drive.failed()).isEqualTo(0b0100);
            assertThat(drive.mark(1)).isPositive();
            assertThat(drive.isUntouched(2)).isTrue();
            assertThat(drive.mark(3)).isPositive();
            lost.set(1);
            media[0].lose(2, lost);
            assertThat(drive.read(2, 0, 8)).isEqualTo(0x281);
            assertThat(drive.failed()).isEqualTo(0b10_0010);
            // Nothing is there that could be hard to read.
            drive.device.admin().setFeature(DeviceAdmin.FEATURE_MEDIA_FEEDBACK, DeviceAdmin.HIGH_ECC);
            assertThat(drive.read(drive.ppa(2, 4))).isZero();
            assertThat(drive.erase(drive.ppa(2, 0))).isZero();
            drive.fill(2);
            assertThat(drive.read(2, 0, 8)).isZero();
        }
    }
}
