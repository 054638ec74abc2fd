package io.ocssd.geometry.emulator;

import io.ocssd.device.ByteClass;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.NvmeStatus;

/** What was done, counted command by command. Not thread-safe. */
final class Tally {
    private final long[] programmedBytes = new long[ByteClass.values().length];
    private long commands;
    private long readSectors;
    private long programmedSectors;
    private long erases;

    /** Counts a command that has completed. A program counts when all of it succeeded. */
    void count(CommandSlot slot) {
        commands++;
        switch (slot.operation()) {
            case READ -> readSectors += NvmeStatus.isDataGood(slot.status()) ? slot.count() : good(slot);
            case ERASE -> erases += good(slot);
            case WRITE, APPEND, COPY -> countProgram(slot);
            case FINISH, OPEN, CLOSE -> {}
        }
    }

    private static int good(CommandSlot slot) {
        return slot.count() - Long.bitCount(slot.failedAddresses());
    }

    private void countProgram(CommandSlot slot) {
        if (slot.isGood()) {
            programmedSectors += slot.count();
            for (int i = 0; i < programmedBytes.length; i++) {
                programmedBytes[i] += slot.classBytes(i);
            }
        }
    }

    DeviceCounters snapshot() {
        return new DeviceCounters(commands, readSectors, programmedSectors, erases, programmedBytes);
    }
}
