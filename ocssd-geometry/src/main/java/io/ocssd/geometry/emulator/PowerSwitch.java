package io.ocssd.geometry.emulator;

import io.ocssd.device.FlashDevice;
import io.ocssd.error.GoneException;
import java.util.OptionalInt;

/**
 * Cuts the power of an open emulated drive, for tests of what stands on it.
 *
 * <p>After a cut every call on the drive says {@link GoneException}; closing it and opening it again shows what survived. A
 * switch may be used from any thread, whatever the drive is doing. What a cut leaves is decided by {@link CutLoss} and the
 * seed alone: the same commands, cut in the same place with the same seed, leave the same bytes.
 */
public final class PowerSwitch {
    private final Engine engine;

    private PowerSwitch(Engine engine) {
        this.engine = engine;
    }

    /**
     * The switch of a drive.
     *
     * @param device an emulated drive itself, not one behind a decorator
     * @throws IllegalArgumentException when it is another device
     */
    public static PowerSwitch of(FlashDevice device) {
        if (device instanceof EmulatedDevice emulated) {
            return new PowerSwitch(emulated.engine());
        }
        throw new IllegalArgumentException(
                "device=" + device.info().uri() + " (" + device.getClass().getName()
                        + ") is no emulated drive, or stands behind a decorator; its power can't be cut");
    }

    /**
     * Cuts the power now.
     *
     * @param loss how much of what is not safe is lost
     * @param seed decides whatever is left to chance
     * @return commands in flight, 0 or more
     * @throws GoneException when the drive is gone already
     */
    public int cut(CutLoss loss, long seed) throws GoneException {
        engine.cutPower(CutPlan.atOnce(loss, seed));
        return engine.presence().inFlightAtCut().orElseThrow();
    }

    /**
     * Plans a cut, in place of any that was planned before, also by the drive's URI.
     *
     * @param command the command that meets it, counted from 1 for the next that is submitted, on whatever queue
     * @param moment when power goes, seen from that command
     * @param loss how much of what is not safe is lost
     * @param seed decides whatever is left to chance
     */
    public void cutAt(long command, CutMoment moment, CutLoss loss, long seed) {
        if (command < 1) {
            throw new IllegalArgumentException("command=" + command + " is below 1");
        }
        engine.arm(new CutPlan(command, moment, loss, seed));
    }

    /** Drops the cut that was planned, if there was one. */
    public void cancel() {
        engine.arm(null);
    }

    /** Commands that were in flight when power was cut, as {@link GoneException#commandsInFlight} says too; empty before. */
    public OptionalInt commandsInFlight() {
        return engine.presence().inFlightAtCut();
    }
}
