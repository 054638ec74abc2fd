package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.geometry.contract.Rig;
import io.ocssd.geometry.contract.Rig.Outcome;
import io.ocssd.scheduler.Scheduler;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of a process in the middle of writing: the image holds everything that it was told is done. */
final class KilledOwnerTest {
    private static final int KILLS = Boolean.getBoolean("ocssd.campaign") ? 60 : 4;

    @TempDir
    Path directory;

    @Test
    void whatCompletedSurvivesTheDeathOfTheProcess() throws Exception {
        Path file = directory.resolve("drive.img");
        Ocssd.create("emu:" + file + "?profile=tiny&factoryBad=0&channels=1&blocks=8");
        for (int seed = 0; seed < KILLS; seed++) {
            long[] writePointers = new long[16];
            long[] erases = new long[16];
            try (OwnerProcess owner = new OwnerProcess(file, "write")) {
                int lines = 1 + new SplittableRandom(seed).nextInt(1_000);
                for (String line; (line = owner.nextLine()) != null; ) {
                    String[] words = line.split(" ");
                    int last = Integer.parseInt(words[0]);
                    writePointers[last] = Long.parseLong(words[1]);
                    erases[last] = Long.parseLong(words[2]);
                    if (--lines == 0) {
                        owner.kill();
                    }
                }
            }
            try (Rig rig = new Rig(Ocssd.openDevice("emu:" + file, Scheduler.real()))) {
                for (int block = 0; block < 16; block++) {
                    check(rig, block, writePointers[block], erases[block], "seed=" + seed + ", block=" + block);
                }
            }
        }
    }

    /** A block may be one command further than what was told, since death may have come between both. */
    private static void check(Rig rig, int block, long told, long toldErases, String where) throws Exception {
        long ppa = rig.geometry.blockPpa(block);
        int written = rig.writePointer(ppa);
        if (told > 0 || toldErases > 0) {
            boolean further = rig.erases(ppa) == toldErases + 1 && told == 32 && written == 0;
            if (!further) {
                assertThat(rig.erases(ppa)).as(where).isEqualTo(toldErases);
                assertThat((long) written).as(where).isBetween(told, told + rig.limits.wsMin());
            }
        }
        rig.fill(ppa);
        for (int sector = 0; sector < written; sector++) {
            assertThat(rig.read(ppa + sector)).as(where).isEqualTo(Outcome.SUCCESS);
            rig.assertData(0, ppa + sector);
            rig.assertOob(0, ppa + sector);
        }
    }
}
