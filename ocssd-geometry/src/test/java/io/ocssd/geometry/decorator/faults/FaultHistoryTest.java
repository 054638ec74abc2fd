package io.ocssd.geometry.decorator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.Ppa;
import io.ocssd.geometry.decorator.TestDrive;
import io.ocssd.scheduler.Scheduler;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Drawn histories against a model: faults that are certain, and what chance does. */
final class FaultHistoryTest {
    private static final int SEEDS = Boolean.getBoolean("ocssd.campaign") ? 10_000 : 200;
    private static final int STEPS = 40;

    private static final List<String> SHAPES = List.of(
            TestDrive.SHAPE,
            "channels=1&luns=3&blocks=4&sectors=18&sectorBytes=512&oobBytes=0&wsMin=3&wsOpt=6&mwCunits=0&factoryBad=0",
            "channels=2&luns=1&blocks=5&sectors=16&sectorBytes=512&oobBytes=4&wsMin=1&wsOpt=2&mwCunits=3&factoryBad=0");

    private interface Arming {
        void arm(Faults faults, FaultModel model, FaultHistory history, SplittableRandom random);
    }

    private static void histories(Arming arming) throws Exception {
        int struck = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            try (Scheduler scheduler = seed % 2 == 0 ? Scheduler.real() : Scheduler.simulated(seed)) {
                int drawn = seed;
                struck += scheduler.run("history", () -> history(arming, drawn, scheduler));
            } catch (AssertionError | Exception e) {
                throw new AssertionError("seed=" + seed, e);
            }
        }
        assertThat(struck).as("faults that struck").isGreaterThan(3 * SEEDS);
    }

    private static int history(Arming arming, int seed, Scheduler scheduler) throws Exception {
        Faults faults = new Faults(seed);
        String shape = SHAPES.get(seed % SHAPES.size()) + "&programNanos=1000&readNanos=100&eraseNanos=5000";
        try (FaultyDevice device = new FaultyDevice(TestDrive.memory(shape, scheduler), faults, scheduler)) {
            FaultModel model = new FaultModel(device.geometry(), device.limits());
            FaultHistory history = new FaultHistory(device, model, seed);
            arming.arm(faults, model, history, new SplittableRandom(seed));
            history.run(STEPS);
            return model.struck;
        }
    }

    @Test
    void certainFaultsDoWhatTheModelSays() throws Exception {
        histories((faults, model, history, random) -> {
            for (FaultKind kind :
                    List.of(FaultKind.EARLY_CLOSE, FaultKind.NEXT_UNIT, FaultKind.UNREADABLE, FaultKind.HIGH_ECC)) {
                for (int i = random.nextInt(4); i > 0; i--) {
                    long ppa = history.blocks()[random.nextInt(6)] + random.nextInt(16);
                    Fault fault = new FaultFields(kind).fault().at(ppa);
                    faults.arm(kind == FaultKind.HIGH_ECC ? fault.always() : fault);
                    model.certain.get(kind).add(ppa);
                }
            }
            long weak = history.blocks()[random.nextInt(6)];
            faults.arm(Fault.resetFail().block(weak));
            model.certain.get(FaultKind.RESET_FAIL).add(Ppa.blockOf(weak));
            if (random.nextInt(5) == 0) {
                faults.arm(Fault.dead().lun(0, 0));
                model.kill(0);
            }
        });
    }

    @Test
    void theDriveKeepsToWhatChanceHasDone() throws Exception {
        histories((faults, model, history, random) -> {
            for (FaultKind kind : List.of(
                    FaultKind.EARLY_CLOSE,
                    FaultKind.NEXT_UNIT,
                    FaultKind.RESET_FAIL,
                    FaultKind.UNREADABLE,
                    FaultKind.HIGH_ECC)) {
                if (kind == FaultKind.HIGH_ECC || random.nextInt(4) > 0) {
                    Fault fault = new FaultFields(kind).fault().percent(kind == FaultKind.RESET_FAIL ? 3 : 12);
                    faults.arm(kind == FaultKind.HIGH_ECC ? fault.always() : fault);
                    model.chance.add(kind);
                }
            }
        });
    }
}
