package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockState;
import io.ocssd.device.IoCommand;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.contract.Rig;
import io.ocssd.geometry.contract.Rig.Outcome;
import io.ocssd.scheduler.Scheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that fills a free block at once needs no place among the open blocks. When a power cut tears it the block is open
 * all the same, beyond the limits, and no further block is opened until there is a place again.
 */
final class CutBeyondLimitsTest {
    private static final int SEEDS = 40;
    private static final int MOST_SEEDS = Boolean.getBoolean("ocssd.campaign") ? 400 : 120;
    private static final String ZONES = "?profile=zns-small&sectors=32&sectorBytes=512&maxOpen=1&maxActive=1";
    private static final String CHUNKS =
            "?profile=tiny&channels=1&luns=1&sectors=32&sectorBytes=512&wsMin=4&wsOpt=4&mwCunits=0&maxOpen=1&factoryBad=0";

    @TempDir
    Path directory;

    @Test
    void zones() throws Exception {
        int beyond = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            try (Console drive = cut(ZONES, seed, 4, true)) {
                assertThat(drive.state(0)).as("seed=%d", seed).isEqualTo(BlockState.OPEN);
                if (drive.state(5) == BlockState.OPEN) {
                    beyond++;
                    assertThat(drive.write(2, 0, 1)).as("seed=%d", seed).isEqualTo(0x1BD);
                    assertThat(drive.finish(0)).isEqualTo(0x000);
                    assertThat(drive.write(2, 0, 1)).as("seed=%d", seed).isEqualTo(0x1BD);
                    assertThat(drive.write(5, drive.writePointer(5), 1)).isEqualTo(0x000);
                    assertThat(drive.finish(5)).isEqualTo(0x000);
                    assertThat(drive.write(2, 0, 1)).as("seed=%d", seed).isEqualTo(0x000);
                }
            }
        }
        assertThat(beyond).as("cuts that left two active zones").isPositive();
    }

    @Test
    void chunks() throws Exception {
        int beyond = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            try (Console drive = cut(CHUNKS, seed, 4, false)) {
                assertThat(drive.state(0)).as("seed=%d", seed).isEqualTo(BlockState.OPEN);
                if (drive.state(5) == BlockState.OPEN) {
                    beyond++;
                    assertThat(drive.write(2, 0, 4)).as("seed=%d", seed).isEqualTo(0x280);
                    drive.fill(0);
                    assertThat(drive.write(2, 0, 4)).as("seed=%d", seed).isEqualTo(0x280);
                    drive.fill(5);
                    assertThat(drive.write(2, 0, 4)).as("seed=%d", seed).isEqualTo(0x000);
                }
            }
        }
        assertThat(beyond).as("cuts that left two open blocks").isPositive();
    }

    /** However much of the program is there: it had no place, and leaves none for the one behind it. */
    @Test
    void whatIsTornGivesNoPlaceBack() throws Exception {
        for (int seed = 0; seed < MOST_SEEDS; seed++) {
            int cutSeed = seed;
            Path file = directory.resolve("drive.img");
            Files.deleteIfExists(file);
            try (Scheduler scheduler = Scheduler.simulated(seed)) {
                scheduler.run("cut", () -> {
                    try (Rig rig = new Rig(Images.openNew(file, CHUNKS.substring(1), scheduler))) {
                        assertThat(rig.write(rig.geometry.blockPpa(0), 4)).isEqualTo(Outcome.SUCCESS);
                        submit(rig, 5, 32);
                        submit(rig, 2, 4);
                        PowerSwitch.of(rig.device).cut(CutLoss.RANDOM, cutSeed);
                    }
                    return null;
                });
            }
            try (Console drive = Console.open("emu:" + file)) {
                assertThat(drive.state(2)).as("seed=%d", seed).isEqualTo(BlockState.FREE);
            }
        }
    }

    private static void submit(Rig rig, int block, int sectors) throws Exception {
        IoCommand command = new IoCommand().write(rig.out, 0).addRun(rig.geometry.blockPpa(block), sectors);
        assertThat(rig.queue.submit(command)).isTrue();
    }

    /** The only place for open zones has one that was opened by command, and must not be taken from it. */
    @Test
    void aZoneThatIsOpenAndEmpty() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            try (Console drive = cut(ZONES, seed, 0, true)) {
                assertThat(drive.state(0)).as("seed=%d", seed).isEqualTo(BlockState.FREE);
            }
        }
    }

    /**
     * A drive whose power was cut in the program that was to fill block 5, while block 0 had the only place.
     *
     * @param written sectors of block 0
     * @param opensByCommand whether block 0 is a zone that was opened by command
     */
    private Console cut(String shape, int seed, int written, boolean opensByCommand) throws Exception {
        Path file = directory.resolve("drive.img");
        Files.deleteIfExists(file);
        Ocssd.create("emu:" + file + shape);
        try (Console drive = Console.open("emu:" + file)) {
            if (written > 0) {
                assertThat(drive.write(0, 0, written)).isEqualTo(0x000);
            }
            if (opensByCommand) {
                assertThat(drive.open(0)).isEqualTo(0x000);
            }
            PowerSwitch.of(drive.device).cutAt(1, CutMoment.INSIDE, CutLoss.RANDOM, seed);
            assertThatThrownBy(() -> drive.write(5, 0, 32)).isInstanceOf(GoneException.class);
        }
        return Console.open("emu:" + file);
    }
}
