package io.ocssd.geometry.zns;

import io.ocssd.device.ByteClass;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.IoCommand;
import io.ocssd.device.NvmeStatus;

/** What was done, counted command by command. Thread-safe. */
final class Tally {
    private final int sectorBytes;
    private final long[] bytes = new long[ByteClass.values().length];
    private long commands;
    private long readSectors;
    private long programmedSectors;
    private long erases;

    Tally(int sectorBytes) {
        this.sectorBytes = sectorBytes;
    }

    /** Counts a command that has completed. A program counts when all of it succeeded. */
    synchronized void count(ZnsSlot slot) {
        commands++;
        int good = slot.count() - Long.bitCount(slot.failed());
        if (slot.operation() == IoCommand.Operation.READ) {
            readSectors += NvmeStatus.isDataGood(slot.status()) ? slot.count() : good;
        } else if (slot.operation() == IoCommand.Operation.ERASE) {
            erases += good;
        } else if (slot.programs() && slot.isGood()) {
            programmedSectors += slot.count();
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] += slot.classBytes(i);
            }
        }
    }

    synchronized DeviceCounters snapshot() {
        long[] all = bytes.clone();
        long named = 0;
        for (long each : all) {
            named += each;
        }
        // What nobody named is payload.
        all[ByteClass.PAYLOAD.ordinal()] += programmedSectors * sectorBytes - named;
        return new DeviceCounters(commands, readSectors, programmedSectors, erases, all);
    }
}
