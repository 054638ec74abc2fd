package io.ocssd.geometry.zns;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockState;
import io.ocssd.device.FlashDevice;
import io.ocssd.geometry.contract.Rig;
import io.ocssd.geometry.contract.Rig.Outcome;
import io.ocssd.scheduler.Scheduler;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Active and open zones are counted three times: by the library, by the kernel's double, and by the model here. All agree after
 * every step of a random walk, and the library never asks the kernel for what the limits forbid: so neither hides a mistake of
 * the other, which answers with the same status.
 */
final class ActiveZonesTest {
    private static final int STEPS = Boolean.getBoolean("ocssd.campaign") ? 20_000 : 200;
    private static final int ZONES = 7;
    private static final int SECTORS = 3;
    private static final int MOST_OPEN = 2;
    private static final int MOST_ACTIVE = 4;

    @TempDir
    Path directory;

    private final int[] written = new int[ZONES];
    private final boolean[] active = new boolean[ZONES];
    private final boolean[] explicit = new boolean[ZONES];
    private final boolean[] full = new boolean[ZONES];

    private static int count(boolean[] zones) {
        int count = 0;
        for (boolean each : zones) {
            count += each ? 1 : 0;
        }
        return count;
    }

    private int place(int zone) {
        if (!active[zone] && count(active) == MOST_ACTIVE) {
            return 0x1BD;
        }
        return !explicit[zone] && count(explicit) == MOST_OPEN ? 0x1BE : 0;
    }

    private void set(int zone, boolean nowActive, boolean nowExplicit, boolean nowFull) {
        active[zone] = nowActive;
        explicit[zone] = nowExplicit;
        full[zone] = nowFull;
    }

    private int write(int zone) {
        int status = full[zone] ? 0x1B9 : place(zone);
        if (status == 0) {
            boolean fills = ++written[zone] == SECTORS;
            set(zone, !fills, explicit[zone] && !fills, fills);
        }
        return status;
    }

    private int open(int zone) {
        int status = full[zone] ? 0x1BF : place(zone);
        if (status == 0) {
            set(zone, true, true, false);
        }
        return status;
    }

    private int close(int zone) {
        if (!active[zone]) {
            return 0x1BF;
        }
        set(zone, true, false, false);
        return 0;
    }

    private int finish(int zone) {
        set(zone, false, false, true);
        return 0;
    }

    private int erase(int zone) {
        written[zone] = 0;
        set(zone, false, false, false);
        return 0;
    }

    @Test
    void allCountTheSame() throws Exception {
        ZonedDouble kernel = new ZonedDouble(ZONES, 16 << 10, SECTORS * 4096, 4096, MOST_OPEN, MOST_ACTIVE);
        long seed = 20261122;
        Random random = new Random(seed);
        try (Scheduler scheduler = Scheduler.real();
                FlashDevice device = new DoubledHost(directory, kernel).open(scheduler);
                Rig rig = new Rig(device)) {
            for (int step = 0; step < STEPS; step++) {
                int zone = random.nextInt(ZONES);
                String at = "seed " + seed + ", step " + step + ", zone " + zone;
                step(rig, random.nextInt(9), zone, at);
                assertThat(kernel.refusals())
                        .as(at + ": limits that the kernel had to keep")
                        .isZero();
                assertThat(kernel.active()).as(at + ": active in the drive").isEqualTo(count(active));
                assertThat(device.report().count(BlockState.OPEN))
                        .as(at + ": open in the report")
                        .isEqualTo(count(active));
            }
        }
    }

    private void step(Rig rig, int choice, int zone, String at) throws Exception {
        long ppa = rig.geometry.blockPpa(zone);
        int at0 = written[zone];
        switch (choice) {
            case 0 -> check(rig, rig.finish(ppa), finish(zone), at + " finish");
            case 1, 2 -> check(rig, rig.erase(ppa), erase(zone), at + " erase");
            case 3 -> check(rig, rig.open(ppa), open(zone), at + " open");
            case 4 -> check(rig, rig.close(ppa), close(zone), at + " close");
            default -> check(rig, rig.write(ppa + at0, 1), write(zone), at + " write");
        }
    }

    private static void check(Rig rig, Outcome outcome, int status, String at) {
        assertThat(outcome).as(at).isEqualTo(status == 0 ? Outcome.SUCCESS : rig.refused(status, 0, 1));
    }
}
