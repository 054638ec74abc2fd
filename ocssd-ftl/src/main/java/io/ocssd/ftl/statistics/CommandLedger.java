package io.ocssd.ftl.statistics;

import io.ocssd.device.ByteClass;
import io.ocssd.device.IoCommand;
import io.ocssd.device.NvmeStatus;

/**
 * Remembers what each command under way was for, so that it is counted when it ends, as the device counts: a program when all
 * of it succeeded, sectors read and blocks erased one by one. Belongs to the task that has the data path; allocates nothing.
 */
public final class CommandLedger {
    private static final ByteClass[] CLASSES = ByteClass.values();

    private final IoTallies tallies;
    private final IoTally tally;
    private final int sectorBytes;
    private final IoCommand.Operation[] operations;
    private final int[] sectors;
    /** Whether any class was named; all is payload otherwise. */
    private final boolean[] named;
    /** By slot and class, where one was named; what none was named for is payload, as on the device. */
    private final int[] bytes;

    private boolean closed;

    /**
     * A ledger that counts on a tally of its own until it is closed.
     *
     * @param slots most commands under way
     */
    public CommandLedger(IoTallies tallies, int slots, int sectorBytes) {
        this.tallies = tallies;
        this.tally = tallies.take();
        this.sectorBytes = sectorBytes;
        this.operations = new IoCommand.Operation[slots];
        this.sectors = new int[slots];
        this.named = new boolean[slots];
        this.bytes = new int[slots * CLASSES.length];
    }

    /** What it counts on. */
    public IoTally tally() {
        return tally;
    }

    /**
     * A command is about to be sent.
     *
     * @param slot 0 to slots - 1, of no other command under way
     */
    public void sent(int slot, IoCommand command) {
        IoCommand.Operation operation = command.operation();
        operations[slot] = operation;
        sectors[slot] = command.sectors();
        named[slot] = command.namesClasses();
        if (named[slot] && programs(operation)) {
            keepClasses(slot, command);
        }
        tally.add(IoTally.SENT, 1);
    }

    private void keepClasses(int slot, IoCommand command) {
        int unnamed = command.sectors() * sectorBytes;
        int first = slot * CLASSES.length;
        for (int i = 0; i < CLASSES.length; i++) {
            int of = command.classBytes(CLASSES[i]);
            bytes[first + i] = of;
            unnamed -= of;
        }
        bytes[first + ByteClass.PAYLOAD.ordinal()] += unnamed;
    }

    /** The command of a slot has ended. */
    public void ended(int slot, int status, long failedAddresses) {
        IoCommand.Operation operation = operations[slot];
        tally.add(IoTally.ENDED, 1);
        if (operation == IoCommand.Operation.READ) {
            tally.add(
                    IoTally.READ_SECTORS,
                    NvmeStatus.isDataGood(status) ? sectors[slot] : good(slot, status, failedAddresses));
        } else if (programs(operation)) {
            if (status == NvmeStatus.SUCCESS) {
                programmed(slot);
            }
        } else if (operation == IoCommand.Operation.ERASE) {
            tally.add(IoTally.ERASES, good(slot, status, failedAddresses));
        }
    }

    /** Gives the tally up; nothing is under way, or the device is gone. Idempotent. */
    public void close() {
        if (!closed) {
            closed = true;
            tallies.giveBack(tally);
        }
    }

    private void programmed(int slot) {
        tally.add(IoTally.PROGRAMMED_SECTORS, sectors[slot]);
        if (!named[slot]) {
            tally.add(IoTally.PROGRAMMED_BYTES + ByteClass.PAYLOAD.ordinal(), (long) sectors[slot] * sectorBytes);
            return;
        }
        int first = slot * CLASSES.length;
        for (int i = 0; i < CLASSES.length; i++) {
            int counted = bytes[first + i];
            if (counted != 0) {
                tally.add(IoTally.PROGRAMMED_BYTES + i, counted);
            }
        }
    }

    /** A command that failed and names no address has failed as a whole. */
    private int good(int slot, int status, long failedAddresses) {
        if (status != NvmeStatus.SUCCESS && failedAddresses == 0) {
            return 0;
        }
        return sectors[slot] - Long.bitCount(failedAddresses);
    }

    private static boolean programs(IoCommand.Operation operation) {
        return operation == IoCommand.Operation.WRITE
                || operation == IoCommand.Operation.COPY
                || operation == IoCommand.Operation.APPEND;
    }
}
