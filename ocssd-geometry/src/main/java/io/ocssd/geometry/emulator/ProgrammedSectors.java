package io.ocssd.geometry.emulator;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What was written into a block since its last state record: which sectors, and checksums of their data and OOB.
 *
 * <p>Writes that follow each other add up; one that does not follow starts anew, as when a program is tried again. Not
 * thread-safe: guarded by whoever guards the block.
 */
final class ProgrammedSectors {
    private final Stretch data = new Stretch();
    private final Stretch oob = new Stretch();

    /** Sectors that were written one behind the other, into one area. */
    private static final class Stretch {
        private final CRC32C checksum = new CRC32C();
        private int first;
        private int sectors;

        private void add(int sector, int count, ByteBuffer bytes) {
            if (sectors == 0 || sector != first + sectors) {
                checksum.reset();
                first = sector;
                sectors = 0;
            }
            int start = bytes.position();
            checksum.update(bytes);
            bytes.position(start);
            sectors += count;
        }
    }

    /** Adds what remains in a buffer, which is left as it was. */
    void addData(int sector, int count, ByteBuffer bytes) {
        data.add(sector, count, bytes);
    }

    /** Adds what remains in a buffer, which is left as it was. */
    void addOob(int sector, int count, ByteBuffer bytes) {
        oob.add(sector, count, bytes);
    }

    /** First sector that was written. */
    int first() {
        return data.first;
    }

    /** How many sectors were written. */
    int sectors() {
        return data.sectors;
    }

    int dataChecksum() {
        return (int) data.checksum.getValue();
    }

    /** How many of the sectors had OOB written: all of them or none. */
    int oobSectors() {
        return oob.sectors == data.sectors && oob.first == data.first ? oob.sectors : 0;
    }

    int oobChecksum() {
        return (int) oob.checksum.getValue();
    }
}
