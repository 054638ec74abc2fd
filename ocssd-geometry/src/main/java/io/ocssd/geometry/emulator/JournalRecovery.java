package io.ocssd.geometry.emulator;

import io.ocssd.error.CorruptException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * What the journal of an image says about blocks whose state records are older.
 *
 * <p>Of each block the records are taken that follow each other without a gap, from its first of the epoch on. Those that are
 * known to have been durable are believed. The others belong to commands that nobody was told had completed: of these the
 * ones count, up to the first that does not, whose sectors are what the checksums say. An erase needs no proof, and after it
 * nothing needs one that came before.
 */
final class JournalRecovery {
    private static final int READ_AT_ONCE = 512;

    private final ByteBuffer piece =
            ByteBuffer.allocateDirect(READ_AT_ONCE * JournalLayout.RECORD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final ImageLayout layout;
    private final Backing backing;
    private final String image;
    private final long epoch;
    /** Records up to this number were durable. */
    private int durable;

    private JournalRecovery(ImageLayout layout, Backing backing, String image, long epoch) {
        this.layout = layout;
        this.backing = backing;
        this.image = image;
        this.epoch = epoch;
    }

    /**
     * Reads the journal; nothing is written.
     *
     * @param image name of the file, for messages
     * @return the state record of every block that the journal knows better, by linear number
     * @throws CorruptException when a record is damaged that was durable once
     */
    static Map<Integer, ByteBuffer> run(ImageLayout layout, Backing backing, String image, long epoch)
            throws IOException {
        if (epoch == JournalHeader.NEVER_USED) {
            return Map.of();
        }
        return new JournalRecovery(layout, backing, image, epoch).run();
    }

    private Map<Integer, ByteBuffer> run() throws IOException {
        List<JournalRecord> found = new ArrayList<>();
        for (int first = 0; first < JournalLayout.CAPACITY; first += READ_AT_ONCE) {
            read(first, found);
        }
        checkComplete(found);
        Map<Integer, ByteBuffer> states = new TreeMap<>();
        for (List<JournalRecord> chain : chains(found)) {
            int proven = proven(chain);
            if (proven > 0) {
                JournalRecord last = chain.get(proven - 1);
                states.put(last.block(), last.state());
            }
        }
        return states;
    }

    private void read(int first, List<JournalRecord> found) throws IOException {
        piece.clear();
        backing.read(piece, layout.journalOffset() + (long) first * JournalLayout.RECORD_BYTES);
        for (int i = 0; i < READ_AT_ONCE; i++) {
            JournalRecord record = JournalRecord.read(piece, i, first + i + 1, epoch);
            if (record != null) {
                check(record);
                found.add(record);
                durable = Math.max(durable, record.durable());
            }
        }
    }

    private void check(JournalRecord record) throws CorruptException {
        boolean possible = record.block() >= 0
                && record.block() < layout.geometry().blocks()
                && record.first() >= 0
                && record.sectors() >= 0
                && record.sectors() <= layout.geometry().sectorsPerBlock() - record.first()
                && (record.oobSectors() == 0 || record.oobSectors() == record.sectors())
                && record.state().remaining() == BlockRecordLayout.BYTES
                && record.durable() < record.number()
                && record.previous() < record.number();
        if (!possible) {
            throw damaged(record.number(), "makes no sense");
        }
    }

    /** Of the records that were durable none may be missing. */
    private void checkComplete(List<JournalRecord> found) throws CorruptException {
        for (int number = 1; number <= durable; number++) {
            if (found.get(number - 1).number() != number) {
                throw damaged(number, "is damaged");
            }
        }
    }

    private CorruptException damaged(int number, String what) {
        return new CorruptException(
                "record " + number + " of the journal of " + image + " " + what,
                "nothing was changed; bring the image back from a copy or make a new one");
    }

    /** The records of each block, as far as none between them is missing. */
    private static Iterable<List<JournalRecord>> chains(List<JournalRecord> found) {
        Map<Integer, List<JournalRecord>> chains = new HashMap<>();
        for (JournalRecord record : found) {
            List<JournalRecord> chain = chains.computeIfAbsent(record.block(), block -> new ArrayList<>());
            int last = chain.isEmpty() ? 0 : chain.get(chain.size() - 1).number();
            if (record.previous() == last) {
                chain.add(record);
            }
        }
        return chains.values();
    }

    /** How many records of a chain count. */
    private int proven(List<JournalRecord> chain) throws IOException {
        int from = 0;
        for (int i = 0; i < chain.size(); i++) {
            if (chain.get(i).number() <= durable || chain.get(i).isEmptied()) {
                from = i + 1;
            }
        }
        while (from < chain.size() && isThere(chain.get(from))) {
            from++;
        }
        return from;
    }

    /** Whether the sectors of a program are as it wrote them. */
    private boolean isThere(JournalRecord record) throws IOException {
        if (record.sectors() == 0) {
            return true;
        }
        int sectorBytes = layout.geometry().sectorBytes();
        int oobBytes = layout.geometry().oobBytes();
        long data = layout.dataOffset(record.block(), record.first());
        long oob = layout.oobOffset(record.block(), record.first());
        return checksum(data, (long) record.sectors() * sectorBytes) == record.dataChecksum()
                && (record.oobSectors() == 0
                        || checksum(oob, (long) record.sectors() * oobBytes) == record.oobChecksum());
    }

    private int checksum(long offset, long bytes) throws IOException {
        CRC32C crc = new CRC32C();
        for (long done = 0; done < bytes; done += piece.limit()) {
            piece.clear().limit((int) Math.min(bytes - done, piece.capacity()));
            backing.read(piece, offset + done);
            crc.update(piece.flip());
        }
        return (int) crc.getValue();
    }
}
