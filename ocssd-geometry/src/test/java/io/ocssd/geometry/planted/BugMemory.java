package io.ocssd.geometry.planted;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.error.GoneException;
import java.util.HashMap;
import java.util.Map;

/** What a bug has seen of a drive; outlives a close. */
public final class BugMemory {
    /** Sectors that a report is wrong by, by block. */
    final Map<Long, Integer> moved = new HashMap<>();

    long refusedSectors;
    /** What the feature was set to since the drive was opened; null for nothing. */
    Integer errorRecovery;

    private final Map<Long, byte[]> data = new HashMap<>();
    private final Map<Long, byte[]> oob = new HashMap<>();
    /** Of the block that was programmed last; -1 for none, or when it was touched otherwise since. */
    private long programmedLast = -1;

    /** Nothing seen yet. */
    public BugMemory() {}

    void opened() {
        refusedSectors = 0;
        errorRecovery = null;
    }

    void gone(PlantedBug bug, int wsMin) {
        if (bug == PlantedBug.CUT_LOSES_COMPLETED && programmedLast >= 0) {
            moved.put(programmedLast, -wsMin);
        }
    }

    /** Remembers what a program wrote. */
    void saw(Passing passing, Completion completion, Geometry geometry) {
        if (passing.isProgram() && completion.isSuccess()) {
            for (int i = 0; i < passing.sectors; i++) {
                data.put(passing.address(i), passing.data(i, geometry.sectorBytes()));
                if (passing.oob != null) {
                    byte[] bytes = new byte[geometry.oobBytes()];
                    passing.oob.bytes().get(passing.oobOffset + i * bytes.length, bytes);
                    oob.put(passing.address(i), bytes);
                }
            }
            programmedLast = Ppa.blockOf(passing.address(0));
        } else if (passing.operation == IoCommand.Operation.ERASE) {
            programmedLast = -1;
        }
    }

    void refused(PlantedBug bug, Passing passing, int status) {
        boolean disordered = status == 0x2F2 || status == 0x1BC;
        if (bug == PlantedBug.POINTER_MOVES_ON_REFUSAL && passing.isProgram() && disordered) {
            moved.put(Ppa.blockOf(passing.address(0)), 1);
        }
        if (bug == PlantedBug.REFUSED_PROGRAMS_COUNTED && passing.isProgram() && status != 0) {
            refusedSectors += passing.sectors;
        }
    }

    /** Gives a program without OOB what was there before the last erase. */
    void giveOldOob(Passing passing, int oobBytes) {
        if (oobBytes == 0 || passing.sectors > Limits.MAX_ADDRESSES) {
            return;
        }
        IoBuffer old = new IoBufferPool(passing.sectors * oobBytes, 1).tryTake();
        for (int i = 0; i < passing.sectors; i++) {
            old.bytes().put(i * oobBytes, oob.getOrDefault(passing.address(i), new byte[oobBytes]));
        }
        passing.oob = old;
        passing.oobOffset = 0;
    }

    /** The data of a sector that is the first of the window of an open block; else null. */
    byte[] firstOfWindow(FlashDevice device, long ppa) throws GoneException {
        if (!device.geometry().contains(ppa)) {
            return null;
        }
        BlockReport report = device.report();
        int block = device.geometry().blockIndex(ppa);
        boolean first = report.state(block) == BlockState.OPEN
                && device.limits().mwCunits() > 0
                && Ppa.sector(ppa)
                        == report.writePointer(block) - device.limits().mwCunits();
        return first ? data.get(ppa) : null;
    }

    /** Fills zeros that were read with what was there once. */
    void leak(Passing passing, Completion completion, int sectorBytes) {
        if (!passing.isRead() || !completion.isSuccess()) {
            return;
        }
        for (int i = 0; i < passing.sectors; i++) {
            byte[] old = data.get(passing.address(i));
            boolean zero = true;
            for (byte each : passing.data(i, sectorBytes)) {
                zero &= each == 0;
            }
            if (zero && old != null) {
                passing.putData(i, old);
            }
        }
    }
}
