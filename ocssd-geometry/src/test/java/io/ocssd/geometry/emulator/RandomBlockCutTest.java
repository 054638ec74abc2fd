package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockState;
import io.ocssd.error.GoneException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Losses of whole blocks: in a block that is written anywhere everything is safe as soon as anything of it is. */
final class RandomBlockCutTest {
    private static final String SHAPE =
            "?profile=tiny&channels=1&luns=1&sectors=32&sectorBytes=512&wsMin=4&wsOpt=4&factoryBad=0&randomBlocks=1";

    @TempDir
    Path directory;

    @Test
    void aProgramUnderWayHasHappenedWhereSomethingIsSafe() throws Exception {
        try (Console drive = cut(true)) {
            assertThat(drive.read(0, 3, 2)).isEqualTo(0x000);
            assertThat(drive.mark(0)).isEqualTo(1);
            assertThat(drive.mark(1)).isEqualTo(2);
        }
    }

    @Test
    void aProgramUnderWayLeavesNoTraceWhereNothingIsSafe() throws Exception {
        try (Console drive = cut(false)) {
            assertThat(drive.state(0)).isEqualTo(BlockState.FREE);
        }
    }

    private Console cut(boolean writtenBefore) throws Exception {
        Path file = directory.resolve("drive.img");
        Files.deleteIfExists(file);
        Ocssd.create("emu:" + file + SHAPE);
        try (Console drive = Console.open("emu:" + file)) {
            if (writtenBefore) {
                assertThat(drive.write(0, 3, 1)).isEqualTo(0x000);
            }
            PowerSwitch.of(drive.device).cutAt(1, CutMoment.INSIDE, CutLoss.BLOCKS, 1);
            assertThatThrownBy(() -> drive.write(0, 4, 2)).isInstanceOf(GoneException.class);
        }
        return Console.open("emu:" + file);
    }
}
