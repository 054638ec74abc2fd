package io.ocssd.geometry.decorator.statistics;

import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;

/** What must be known of a command when it completes. Used again and again; not thread-safe. */
final class StatisticsSlot {
    private final int[] luns = new int[Limits.MAX_ADDRESSES];
    /** Addresses in each LUN, and their bits. */
    private final int[] counts = new int[Limits.MAX_ADDRESSES];

    private final long[] bits = new long[Limits.MAX_ADDRESSES];
    private int lunCount;
    private IoCommand.Operation operation = IoCommand.Operation.READ;
    private long submittedNanos;

    static boolean movesData(IoCommand.Operation operation) {
        return switch (operation) {
            case READ, WRITE, COPY, APPEND -> true;
            case ERASE, FINISH, OPEN, CLOSE -> false;
        };
    }

    void take(IoCommand command, Geometry geometry, long nanos) {
        operation = command.operation();
        submittedNanos = nanos;
        lunCount = 0;
        for (int i = 0; i < command.count(); i++) {
            long ppa = command.address(i);
            if (geometry.contains(Ppa.blockOf(ppa))) {
                int at = place(geometry.lunIndex(ppa));
                counts[at]++;
                bits[at] |= 1L << i;
            }
        }
        if (command.isScalar() && movesData(operation) && lunCount > 0) {
            counts[0] = command.sectors();
            bits[0] = -1;
        }
    }

    private int place(int lun) {
        for (int i = 0; i < lunCount; i++) {
            if (luns[i] == lun) {
                return i;
            }
        }
        luns[lunCount] = lun;
        counts[lunCount] = 0;
        bits[lunCount] = 0;
        return lunCount++;
    }

    IoCommand.Operation operation() {
        return operation;
    }

    long submittedNanos() {
        return submittedNanos;
    }

    /** How many LUNs the command touches. */
    int lunCount() {
        return lunCount;
    }

    int lun(int index) {
        return luns[index];
    }

    /** Sectors or blocks of LUN number {@code index} that did not fail. */
    long sectors(int index, long failedAddresses) {
        return Math.max(0, counts[index] - Long.bitCount(bits[index] & failedAddresses));
    }
}
