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
 * @param notWritten bit i is set when address i of a program did not fail and was not written: the program was refused
 * @param notKnown bit i is set when address i of a program did not fail, and whether it was written is not known
 */
record Answer(Plan.Piece piece, int status, long failedAddresses, long nanos, long notWritten, long notKnown) {
    private static final int NOT_SENT = -1;

    static Answer of(Plan.Piece piece, Completion completion, long nanos) {
        long failed = completion.failedAddresses();
        // A device that does not say which address failed means all of them.
        boolean all = !completion.isSuccess() && failed == 0;
        return new Answer(piece, completion.status(), all ? -1L : failed, nanos, 0, 0);
    }

    /** The same with what became of the addresses of a program that did not fail. */
    Answer withFates(long refused, long unknown) {
        return new Answer(piece, status, failedAddresses, nanos, refused, unknown);
    }

    static Answer notSent(Plan.Piece piece) {
        return new Answer(piece, NOT_SENT, -1L, 0, 0, 0);
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

    /** Whether an address did not fail, but was not written either. */
    boolean isNotWritten(int index) {
        return (notWritten >>> index & 1) != 0 && !hasFailed(index);
    }

    /** Whether an address was programmed; null when that is not known. */
    Boolean isWritten(int index) {
        if ((notKnown >>> index & 1) != 0 && !hasFailed(index)) {
            return null;
        }
        return !hasFailed(index) && !isNotWritten(index);
    }

    /** What became of an address, in words. */
    String result(int index) {
        if (!isSent()) {
            return "not sent";
        }
        if (isNotWritten(index)) {
            return "not written";
        }
        if (isWritten(index) == null) {
            return "not known whether written";
        }
        return NvmeStatus.name((failedAddresses >>> index & 1) != 0 ? status : NvmeStatus.SUCCESS);
    }
}
