package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockState;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.contract.Rig;
import io.ocssd.geometry.contract.Rig.Outcome;
import io.ocssd.scheduler.Scheduler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When power goes, and how that is told: by plan, on request, in every kind of time. */
final class PowerSwitchTest {
    private static final String SHAPE = "?profile=tiny&factoryBad=0";

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void create() throws Exception {
        file = directory.resolve("drive.img");
        Ocssd.create("emu:" + file + SHAPE);
    }

    private interface Body {
        void with(Rig rig, PowerSwitch power) throws Exception;
    }

    private void on(boolean timed, String parameters, Body body) throws Exception {
        try (Scheduler scheduler = timed ? Scheduler.simulated(1) : Scheduler.real()) {
            scheduler.run("test", () -> {
                try (Rig rig = new Rig(Ocssd.openDevice("emu:" + file + parameters, scheduler))) {
                    body.with(rig, PowerSwitch.of(rig.device));
                }
                return null;
            });
        }
    }

    /** What is there of two blocks after the cut, in wsMin units; a full one is 16. */
    private int[] written(boolean timed) throws Exception {
        int[] units = new int[2];
        on(timed, "", (rig, power) -> {
            for (int i = 0; i < 2; i++) {
                units[i] = rig.writePointer(rig.geometry.blockPpa(i * 16)) / rig.limits.wsMin();
            }
        });
        return units;
    }

    private static void submit(Rig rig, int block, int sector, int sectors) throws Exception {
        IoCommand command = new IoCommand().write(rig.out, 0);
        for (int i = 0; i < sectors; i++) {
            command.add(rig.geometry.blockPpa(block) + sector + i);
        }
        assertThat(rig.queue.submit(command)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "before, all, 2, 0",
        "inside, all, 2, 0",
        "after, all, 2, 2",
        "inside, blocks, 4, 0",
        "before, both, 2, 0"
    })
    void atTheCommandThatTheUriNames(String moment, String loss, int first, int second) throws Exception {
        on(false, "?cut=3&cutAt=" + moment + "&cutLoss=" + loss, (rig, power) -> {
            assertThat(rig.write(0, 4)).isEqualTo(Outcome.SUCCESS);
            assertThat(power.commandsInFlight()).isEmpty();
            rig.read(0);
            int block = loss.equals("blocks") ? 0 : 16;
            int sector = block == 0 ? 4 : 0;
            int inFlight = moment.equals("before") ? 0 : 1;
            String when = moment.equals("inside") ? "at" : moment;
            assertThatThrownBy(() -> submit(rig, block, sector, 4))
                    .isInstanceOf(GoneException.class)
                    .hasMessage("power was cut " + when + " command 3 with " + inFlight + " commands in flight")
                    .satisfies(e ->
                            assertThat(((GoneException) e).commandsInFlight()).hasValue(inFlight));
            assertThat(power.commandsInFlight()).hasValue(inFlight);
            assertThatThrownBy(rig.device::report).isInstanceOf(GoneException.class);
        });
        assertThat(written(false)).containsExactly(first, second);
    }

    @ParameterizedTest
    @CsvSource({"BEFORE, 1, 0, 0", "INSIDE, 2, 0, 0", "AFTER, 2, 0, 2"})
    void inVirtualTimeTheOthersUnderWayAreTorn(CutMoment moment, int inFlight, int first, int second) throws Exception {
        on(true, "?programNanos=1000&eraseNanos=5", (rig, power) -> {
            power.cutAt(2, moment, CutLoss.ALL, 1);
            // On LUN 0, and takes twice as long as what is sent to LUN 1.
            submit(rig, 0, 0, 8);
            try {
                submit(rig, 16, 0, 4);
                rig.queue.await(2, Long.MAX_VALUE);
                throw new AssertionError("power was not cut");
            } catch (GoneException e) {
                assertThat(e.commandsInFlight()).hasValue(inFlight);
            }
        });
        assertThat(written(true)).containsExactly(first, second);
    }

    @ParameterizedTest
    @EnumSource(CutLoss.class)
    void onRequest(CutLoss loss) throws Exception {
        on(true, "", (rig, power) -> {
            rig.write(0, 4);
            submit(rig, 0, 4, 4);
            submit(rig, 16, 0, 2);
            assertThat(power.cut(loss, 7)).isEqualTo(2);
            assertThatThrownBy(() -> power.cut(loss, 7))
                    .isInstanceOf(GoneException.class)
                    .hasMessage("power was cut with 2 commands in flight");
            assertThat(power.commandsInFlight()).isEqualTo(OptionalInt.of(2));
        });
        int[] written = written(true);
        switch (loss) {
            case RANDOM -> assertThat(written[0]).isBetween(2, 4);
            case BLOCKS -> assertThat(written).containsExactly(4, 0);
            case ALL, BOTH -> assertThat(written).containsExactly(2, 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"ALL, CLOSED", "BOTH, CLOSED", "BLOCKS, FREE"})
    void anEraseUnderWay(CutLoss loss, BlockState after) throws Exception {
        on(true, "", (rig, power) -> {
            rig.fill(0);
            assertThat(rig.queue.submit(new IoCommand().erase().add(0))).isTrue();
            power.cut(loss, 1);
        });
        on(true, "", (rig, power) -> {
            assertThat(rig.state(0)).isEqualTo(after);
            assertThat(rig.erases(0)).isEqualTo(after == BlockState.FREE ? 1 : 0);
            if (after == BlockState.CLOSED) {
                assertThat(rig.read(31)).isEqualTo(Outcome.SUCCESS);
                rig.assertData(0, 31);
            }
        });
    }

    @Test
    void aPlanReplacesThatOfTheUriAndCanBeCancelled() throws Exception {
        on(false, "?cut=2", (rig, power) -> {
            power.cutAt(5, CutMoment.AFTER, CutLoss.RANDOM, 1);
            for (int i = 0; i < 4; i++) {
                rig.write(2L * i, 2);
            }
            power.cancel();
            rig.fill(0);
            assertThatThrownBy(() -> power.cutAt(0, CutMoment.AFTER, CutLoss.RANDOM, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("command=0");
        });
        assertThat(written(false)).containsExactly(16, 0);
    }

    @Test
    void aDeviceThatIsNoEmulatedDriveHasNoSwitch() throws Exception {
        try (FlashDevice device = Ocssd.openDevice("emu:" + file, Scheduler.real())) {
            FlashDevice behind = (FlashDevice) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {FlashDevice.class},
                    (proxy, method, arguments) -> method.invoke(device, arguments));
            assertThatThrownBy(() -> PowerSwitch.of(behind))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no emulated drive");
        }
    }
}
