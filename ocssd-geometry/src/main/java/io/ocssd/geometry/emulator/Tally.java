package io.ocssd.geometry.emulator;

import io.ocssd.device.ByteClass;
import io.ocssd.device.DeviceCounters;

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
        int good = slot.count() - Long.bitCount(slot.failedAddresses());
        switch (slot.operation()) {
            case COPY, APPEND, FINISH, OPEN, CLOSE -> {}
            case READ -> readSectors += good;
            case ERASE -> erases += good;
            case WRITE -> {
                if (good == slot.count()) {
                    programmedSectors += good;
                    for (int i = 0; i < programmedBytes.length; i++) {
                        programmedBytes[i] += slot.classBytes(i);
                    }
                }
            }
        }
    }

    DeviceCounters snapshot() {
        return new DeviceCounters(commands, readSectors, programmedSectors, erases, programmedBytes);
    }
}
