package io.ocssd.device;

import io.ocssd.error.GoneException;

/**
 * The data path of a device: commands in, completions out.
 *
 * <p>A queue belongs to one task at a time (it may be handed on) and allocates nothing per command. Order is guaranteed only
 * between commands to the same block on one queue; everything else may complete in any order. Buffers of a command belong
 * to the device from a successful submit until its completion was polled.
 */
public interface IoQueue extends AutoCloseable {
    /** Most commands that can be under way, completions not yet polled included. */
    int depth();

    /** Commands submitted whose completions were not polled yet. */
    int inFlight();

    /**
     * Hands a command to the device. Does not wait.
     *
     * <p>What the drive can refuse it refuses by the status of the completion, like hardware.
     *
     * @return false when the queue is full; nothing happened then
     * @throws GoneException when the device is gone
     * @throws IllegalArgumentException when the command has no address or its buffers are missing or too small
     */
    boolean submit(IoCommand command) throws GoneException;

    /**
     * Takes one completion that is there. Does not wait.
     *
     * @return false when there is none
     * @throws GoneException when the device is gone; what was in flight is unknown then, and its buffers are the caller's
     *     again
     */
    boolean poll(Completion completion) throws GoneException;

    /**
     * Waits until at least {@code min} completions can be polled or the time has come: the only call of a device that lets
     * time pass.
     *
     * @param min number of completions; more than are in flight means all of them
     * @param deadlineNanos on the clock of the scheduler the device was opened with; {@link Long#MAX_VALUE} for none
     * @return how many completions can be polled
     * @throws GoneException when the device is gone
     */
    int await(int min, long deadlineNanos) throws GoneException;

    /** Gives the queue up. What is in flight is waited for first. Idempotent. */
    @Override
    void close();
}
