package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.Geometry;
import io.ocssd.error.CorruptException;
import io.ocssd.geometry.decorator.RecordFile;
import io.ocssd.geometry.decorator.RecordFormat;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;

/**
 * Damage in a file: every change is a record of a {@link RecordFile}, so that it survives the process that made it.
 *
 * <p>A record's payload is a row of stop-bit numbers (7 bits a byte, the lowest first, the top bit set in all bytes but the
 * last), the first of which says what happened:
 *
 * <pre>
 *   1 drive       channels, luns of a channel, blocks of a LUN, sectors of a block, length and bytes of its serial (UTF-8)
 *   2 opened
 *   3 LUN dead    linear number of the LUN
 *   4 offline     linear number of the block
 *   5 closed      block, write pointer, 1 when its next erase fails or 0
 *   6 unreadable  block, first sector, number of sectors
 *   7 erased      block
 *   8 mended      (everything)
 * </pre>
 *
 * <p>The first record says which drive it is about, by its shape and serial number: a device tells nothing else by which
 * an image could be told from one that was made anew. Guarded by its {@link Damage}.
 */
final class DamageFile implements Closeable {
    static final RecordFormat FORMAT = new RecordFormat("OCSSDDMG", 1, "damage");

    private static final int DRIVE = 1;
    private static final int OPENED = 2;
    private static final int DEAD = 3;
    private static final int OFFLINE = 4;
    private static final int CLOSED = 5;
    private static final int UNREADABLE = 6;
    private static final int ERASED = 7;
    private static final int MENDED = 8;

    private final RecordFile file;
    private final Bytes<byte[]> record = Bytes.allocateElasticOnHeap();
    private final long openings;

    private DamageFile(RecordFile file, long openings) {
        this.file = file;
        this.openings = openings;
        // Tasks take turns under the lock of the damage: Chronicle's check that only one thread ever uses it is off.
        record.singleThreadedCheckDisabled(true);
    }

    /**
     * Opens a file, or makes it.
     *
     * @param serial of the drive; a file about another one is refused
     * @param into gets the damage that is in the file
     */
    static DamageFile open(Path path, Geometry geometry, String serial, Damage into) throws IOException {
        Replay replay = new Replay(path, geometry, serial, into);
        RecordFile file = RecordFile.append(path, FORMAT, replay::record);
        try {
            DamageFile opened = new DamageFile(file, replay.openings + 1);
            if (!replay.hasDrive) {
                opened.drive(geometry, serial);
            }
            opened.write(OPENED);
            return opened;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** How often the file was opened, this time included. */
    long openings() {
        return openings;
    }

    void dead(int lun) throws IOException {
        write(DEAD, lun);
    }

    void offline(int block) throws IOException {
        write(OFFLINE, block);
    }

    void closed(int block, int writePointer, boolean resetFails) throws IOException {
        write(CLOSED, block, writePointer, resetFails ? 1 : 0);
    }

    void unreadable(int block, int from, int to) throws IOException {
        write(UNREADABLE, block, from, to - from);
    }

    void erased(int block) throws IOException {
        write(ERASED, block);
    }

    void mended() throws IOException {
        write(MENDED);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void drive(Geometry geometry, String serial) throws IOException {
        record.clear();
        record.writeStopBit(DRIVE)
                .writeStopBit(geometry.channels())
                .writeStopBit(geometry.lunsPerChannel())
                .writeStopBit(geometry.blocksPerLun())
                .writeStopBit(geometry.sectorsPerBlock())
                .writeUtf8(serial);
        append();
    }

    private void write(int... numbers) throws IOException {
        record.clear();
        for (int each : numbers) {
            record.writeStopBit(each);
        }
        append();
    }

    private void append() throws IOException {
        file.append(record.toByteArray(), (int) record.readRemaining());
    }

    /** The file is about another drive: not wrong, but not what was meant. */
    private static final class OtherDriveException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OtherDriveException(String message) {
            super(message);
        }
    }

    /** Brings damage back, record by record. */
    private static final class Replay {
        private final Path path;
        private final Geometry geometry;
        private final String serial;
        private final Damage into;
        private boolean hasDrive;
        private long openings;

        Replay(Path path, Geometry geometry, String serial, Damage into) {
            this.path = path;
            this.geometry = geometry;
            this.serial = serial;
            this.into = into;
        }

        void record(byte[] payload, long offset) throws IOException {
            try {
                apply(Bytes.wrapForRead(payload));
            } catch (OtherDriveException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            } catch (RuntimeException e) {
                // Whatever it is: the bytes are whole, and no damage.
                throw new CorruptException(
                        "the damage file " + path + " makes no sense at offset " + offset + ": " + e.getMessage(),
                        "delete it to begin without damage");
            }
        }

        private void apply(Bytes<byte[]> in) {
            int what = (int) in.readStopBit();
            if (!hasDrive && what != DRIVE) {
                throw new IllegalStateException("it does not say which drive it is about");
            }
            switch (what) {
                case DRIVE -> checkDrive(in);
                case OPENED -> openings++;
                case DEAD -> into.kill(below(in, geometry.luns()));
                case OFFLINE -> into.takeOffline(block(in));
                case CLOSED -> into.closeEarly(block(in), below(in, geometry.sectorsPerBlock() + 1), below(in, 2) == 1);
                case UNREADABLE -> {
                    int block = block(in);
                    int from = below(in, geometry.sectorsPerBlock());
                    into.breakSectors(block, from, from + below(in, geometry.sectorsPerBlock() - from + 1));
                }
                case ERASED -> into.erased(block(in));
                case MENDED -> into.mendAll();
                default -> throw new IllegalStateException("record=" + what);
            }
        }

        private void checkDrive(Bytes<byte[]> in) {
            hasDrive = true;
            long[] shape = {in.readStopBit(), in.readStopBit(), in.readStopBit(), in.readStopBit()};
            boolean same = shape[0] == geometry.channels()
                    && shape[1] == geometry.lunsPerChannel()
                    && shape[2] == geometry.blocksPerLun()
                    && shape[3] == geometry.sectorsPerBlock();
            String of = in.readUtf8();
            if (!same || !serial.equals(of)) {
                long[] here = {
                    geometry.channels(), geometry.lunsPerChannel(), geometry.blocksPerLun(), geometry.sectorsPerBlock()
                };
                throw new OtherDriveException(
                        "the damage file " + path + " is about " + drive(of, shape) + ", and this is "
                                + drive(serial, here)
                                + "; give each drive a file of its own, and a drive that is made anew a new"
                                + " one; drives of one serial number and shape can't be told apart");
            }
        }

        private static String drive(String serial, long[] shape) {
            return "drive \"" + serial + "\" of " + shape[0] + " x " + shape[1] + " LUNs x " + shape[2] + " blocks x "
                    + shape[3] + " sectors";
        }

        private int block(Bytes<byte[]> in) {
            return below(in, geometry.blocks());
        }

        private static int below(Bytes<byte[]> in, int bound) {
            long number = in.readStopBit();
            if (number < 0 || number >= bound) {
                throw new IllegalStateException("number=" + number + " is not in 0.." + (bound - 1));
            }
            return (int) number;
        }
    }
}
