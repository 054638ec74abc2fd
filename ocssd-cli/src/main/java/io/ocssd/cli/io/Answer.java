package io.ocssd.cli.io;

import io.ocssd.device.Completion;
import io.ocssd.device.NvmeStatus;

/**
 * What a device answered to a command.
 *
 * @param piece the command
 * @param status as {@link NvmeStatus} has it; -1 when the command was not sent
 * @param failedAddresses bit i is set when address i of the command failed
 * @param nanos how long it took, on the clock of the scheduler
 */
record Answer(Plan.Piece piece, int status, long failedAddresses, long nanos) {
    private static final int NOT_SENT = -1;

    static Answer of(Plan.Piece piece, Completion completion, long nanos) {
        long failed = completion.failedAddresses();
        // A device that does not say which address failed means all of them.
        boolean all = !completion.isSuccess() && failed == 0;
        return new Answer(piece, completion.status(), all ? -1L : failed, nanos);
    }

    static Answer notSent(Plan.Piece piece) {
        return new Answer(piece, NOT_SENT, -1L, 0);
    }

    boolean isSent() {
        return status != NOT_SENT;
    }

    /** Whether the device did what it should. */
    boolean isGood() {
        return isSent() && NvmeStatus.isDataGood(status);
    }

    boolean hasFailed(int index) {
        return (failedAddresses >>> index & 1) != 0 && !isGood();
    }

    /** What became of an address, in words. */
    String result(int index) {
        if (!isSent()) {
            return "not sent";
        }
        return NvmeStatus.name((failedAddresses >>> index & 1) != 0 ? status : NvmeStatus.SUCCESS);
    }
}
