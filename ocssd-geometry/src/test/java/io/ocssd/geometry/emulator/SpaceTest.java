package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.geometry.contract.Rig;
import io.ocssd.geometry.contract.Rig.Outcome;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a drive takes of its host: what was written, and no more. */
final class SpaceTest {
    private static final String SHAPE = "?profile=tiny&factoryBad=0";
    private static final long BLOCK_BYTES = 32 * 4096;
    /** What the file system needs for itself, and what is not data. */
    private static final long SLACK_BYTES = 256 << 10;

    @TempDir
    Path directory;

    private final Scheduler real = Scheduler.real();
    private Path file;

    @BeforeEach
    void create() throws IOException {
        file = directory.resolve("drive.img");
        Ocssd.create("emu:" + file + SHAPE);
    }

    private long takenBytes() throws Exception {
        Process du = new ProcessBuilder("du", "--block-size=1", file.toString()).start();
        String line = new String(du.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(du.waitFor()).isZero();
        return Long.parseLong(line.split("\\s")[0]);
    }

    private static void fillAll(Rig rig) throws Exception {
        for (int block = 0; block < rig.geometry.blocks(); block++) {
            rig.fill(rig.geometry.blockPpa(block));
        }
    }

    private static void eraseAll(Rig rig) throws Exception {
        for (int block = 0; block < rig.geometry.blocks(); block++) {
            assertThat(rig.erase(rig.geometry.blockPpa(block))).isEqualTo(Outcome.SUCCESS);
        }
    }

    @Test
    void anImageTakesWhatWasWrittenAndUsesErasedSpaceAgain() throws Exception {
        assertThat(takenBytes()).isLessThan(SLACK_BYTES);
        try (Rig rig = new Rig(Ocssd.openDevice("emu:" + file, real))) {
            rig.fill(0);
            assertThat(takenBytes()).isBetween(BLOCK_BYTES, BLOCK_BYTES + SLACK_BYTES);
            fillAll(rig);
            long full = takenBytes();
            assertThat(full).isLessThan(64 * BLOCK_BYTES + SLACK_BYTES);
            eraseAll(rig);
            fillAll(rig);
            assertThat(takenBytes()).isEqualTo(full);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"process", "host"})
    void erasedSpaceIsGivenBackWhereThatIsAskedFor(String persist) throws Exception {
        try (Rig rig = new Rig(Ocssd.openDevice("emu:" + file + "?space=return&persist=" + persist, real))) {
            fillAll(rig);
            assertThat(takenBytes()).isGreaterThan(64 * BLOCK_BYTES);
            eraseAll(rig);
            assertThat(takenBytes()).isLessThan(2 * SLACK_BYTES + JournalLayout.RECORDS_BYTES);
            fillAll(rig);
            rig.erase(0);
            rig.write(0, 8);
        }
        try (Rig rig = new Rig(Ocssd.openDevice("emu:" + file, real))) {
            assertThat(rig.writePointer(0)).isEqualTo(8);
            for (int block = 1; block < 64; block++) {
                long ppa = rig.geometry.blockPpa(block);
                assertThat(rig.read(ppa, ppa + 31)).isEqualTo(Outcome.SUCCESS);
                rig.assertData(0, ppa);
                rig.assertData(1, ppa + 31);
                rig.assertOob(1, ppa + 31);
            }
        }
    }

    @Test
    void theLockStaysWhileSpaceIsGivenBack() throws Exception {
        try (Rig rig = new Rig(Ocssd.openDevice("emu:" + file + "?space=return", real))) {
            rig.fill(0);
            rig.erase(0);
            try (OwnerProcess child = new OwnerProcess(file, "hold")) {
                assertThat(child.nextLine()).contains("BusyException");
            }
        }
    }

    @Test
    void whatCannotBeGivenBackIsSaid() {
        assertThatThrownBy(() -> HolePunch.open(Path.of("/dev/null"), 0)).hasMessageContaining("space=return");
        assertThatThrownBy(() -> HolePunch.open(directory.resolve("nothing"), 0))
                .hasMessageContaining("open(");
    }

    @Test
    void memoryGivesTheExtentsOfErasedBlocksBack() {
        MemoryBacking backing = new MemoryBacking(1 << 20);
        backing.write(ByteBuffer.allocate(1 << 20).put(0, (byte) 1).put(200_000, (byte) 2), 0);
        assertThat(backing.extents()).isEqualTo(16);
        // From the middle of extent 1 to the middle of extent 5.
        backing.discard(98_304, 262_144);
        assertThat(backing.extents()).isEqualTo(13);
        ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
        backing.read(bytes, 0);
        assertThat(bytes.get(0)).isEqualTo((byte) 1);
        assertThat(bytes.get(200_000)).isZero();
    }

    @Test
    void memoryThatWasGivenBackIsUsedAgainAndShowsNothingOfWhatItHeld() {
        MemoryBacking backing = new MemoryBacking(1 << 20);
        ByteBuffer ones = ByteBuffer.allocate(1 << 20);
        Arrays.fill(ones.array(), (byte) 1);
        backing.write(ones, 0);
        backing.discard(0, 1 << 20);
        // A part of extent 0, the end of extent 2 and the beginning of extent 3.
        backing.write(ones.clear().limit(100), 1000);
        backing.write(ones.clear().limit(300), (3 << 16) - 200);
        ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
        backing.read(bytes, 0);
        for (int i = 0; i < bytes.capacity(); i++) {
            boolean written = (i >= 1000 && i < 1100) || (i >= (3 << 16) - 200 && i < (3 << 16) + 100);
            assertThat(bytes.get(i)).as("byte %d", i).isEqualTo((byte) (written ? 1 : 0));
        }
    }

    @Test
    void aPoolKeepsSoManyExtentsAndGivesTheLastOfTheStretchFirst() {
        ExtentPool pool = new ExtentPool(160, 3);
        byte[][] extents = new byte[4][1];
        for (int i = 0; i < extents.length; i++) {
            pool.give(i == 2 ? 159 : i, extents[i]);
        }
        assertThat(pool.count()).isEqualTo(3);
        assertThat(pool.take(9)).isSameAs(extents[1]);
        assertThat(pool.take(150)).isSameAs(extents[2]);
        assertThat(pool.take(150)).as("of another stretch").isSameAs(extents[0]);
        assertThat(pool.take(150)).isNull();
        assertThat(pool.count()).isZero();
    }
}
