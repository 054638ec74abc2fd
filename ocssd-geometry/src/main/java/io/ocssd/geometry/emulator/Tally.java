package io.ocssd.geometry.emulator;

import io.ocssd.device.ByteClass;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.IoCommand;
import io.ocssd.device.NvmeStatus;
import java.util.Arrays;

/**
 * What was done, counted command by command. Not thread-safe; its counters are far enough from anything else in memory that
 * tallies of different threads do not take each other's cache lines.
 */
final class Tally {
    private static final int BYTE_CLASSES = ByteClass.values().length;
    /** Two cache lines, since processors fetch them in pairs. */
    private static final int PADDING = 128 / Long.BYTES;

    private static final int COMMANDS = PADDING;
    private static final int READ_SECTORS = COMMANDS + 1;
    private static final int PROGRAMMED_SECTORS = READ_SECTORS + 1;
    private static final int ERASES = PROGRAMMED_SECTORS + 1;
    private static final int PROGRAMMED_BYTES = ERASES + 1;
    private static final int END = PROGRAMMED_BYTES + BYTE_CLASSES;

    private final int sectorBytes;
    /** Bytes of payload that nobody named are not here: they are what is left of the programmed sectors. */
    private final long[] counts = new long[END + PADDING];

    Tally(int sectorBytes) {
        this.sectorBytes = sectorBytes;
    }

    /** Counts a command that has completed. A program counts when all of it succeeded. */
    void count(CommandSlot slot) {
        counts[COMMANDS]++;
        if (slot.isRead()) {
            counts[READ_SECTORS] += slot.isGood() || NvmeStatus.isDataGood(slot.status()) ? slot.count() : good(slot);
        } else if (slot.programs()) {
            countProgram(slot);
        } else if (slot.operation() == IoCommand.Operation.ERASE) {
            counts[ERASES] += good(slot);
        }
    }

    private static int good(CommandSlot slot) {
        return slot.count() - Long.bitCount(slot.failedAddresses());
    }

    private void countProgram(CommandSlot slot) {
        if (slot.isGood()) {
            counts[PROGRAMMED_SECTORS] += slot.count();
            if (slot.namesClasses()) {
                for (int i = 0; i < BYTE_CLASSES; i++) {
                    counts[PROGRAMMED_BYTES + i] += slot.classBytes(i);
                }
            }
        }
    }

    DeviceCounters snapshot() {
        long[] bytes = Arrays.copyOfRange(counts, PROGRAMMED_BYTES, END);
        bytes[ByteClass.PAYLOAD.ordinal()] +=
                counts[PROGRAMMED_SECTORS] * sectorBytes - Arrays.stream(bytes).sum();
        return new DeviceCounters(
                counts[COMMANDS], counts[READ_SECTORS], counts[PROGRAMMED_SECTORS], counts[ERASES], bytes);
    }
}
