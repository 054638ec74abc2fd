package io.ocssd.geometry.emulator;

import io.ocssd.error.CorruptException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Which epoch the journal of an image is in: two headers that are used in turn. */
final class JournalHeader {
    /** The epoch of an image whose journal was never used. */
    static final long NEVER_USED = 0;

    /** The place of the header that is written second, of epoch 2. */
    private static final int SECOND = 0;

    private JournalHeader() {}

    /**
     * Reads the epoch.
     *
     * @param image name of the file, for messages
     * @throws CorruptException when neither header is whole, though there are some
     */
    static long read(Backing backing, long ownerId, String image) throws IOException {
        long epoch = NEVER_USED;
        boolean begun = false;
        for (int i = 0; i < JournalLayout.HEADERS; i++) {
            ByteBuffer header = newHeader();
            backing.read(header, offset(i));
            if (isWhole(header, ownerId)) {
                epoch = Math.max(epoch, header.getLong(JournalLayout.HEADER_EPOCH_OFFSET));
            }
            begun |= i == SECOND && !isBlank(header);
        }
        if (epoch == NEVER_USED && begun) {
            throw new CorruptException(
                    "both headers of the journal of " + image + " are damaged",
                    "nothing was changed; bring the image back from a copy or make a new one");
        }
        return epoch;
    }

    /**
     * Begins to use the journal of an image for the first time. Both headers are there when this returns, the second one after
     * the first was durable: as long as it is blank, nothing was ever written to the journal.
     *
     * @return the epoch
     */
    static long begin(Backing backing, long ownerId) throws IOException {
        for (long epoch = NEVER_USED + 1; epoch <= JournalLayout.HEADERS; epoch++) {
            write(backing, ownerId, epoch);
            backing.force();
        }
        return JournalLayout.HEADERS;
    }

    /** Writes that an epoch has begun. The header of the one before it stays. */
    static void write(Backing backing, long ownerId, long epoch) throws IOException {
        ByteBuffer header = newHeader();
        header.putLong(JournalLayout.MAGIC_OFFSET, JournalLayout.MAGIC)
                .putInt(JournalLayout.VERSION_OFFSET, JournalLayout.VERSION)
                .putInt(JournalLayout.LENGTH_OFFSET, JournalLayout.HEADER_CHECKSUM_OFFSET)
                .putLong(JournalLayout.OWNER_ID_OFFSET, ownerId)
                .putLong(JournalLayout.HEADER_EPOCH_OFFSET, epoch)
                .putInt(JournalLayout.HEADER_CHECKSUM_OFFSET, checksum(header));
        backing.write(header, offset((int) (epoch % JournalLayout.HEADERS)));
    }

    private static boolean isWhole(ByteBuffer header, long ownerId) {
        return header.getLong(JournalLayout.MAGIC_OFFSET) == JournalLayout.MAGIC
                && header.getInt(JournalLayout.HEADER_CHECKSUM_OFFSET) == checksum(header)
                && header.getInt(JournalLayout.VERSION_OFFSET) == JournalLayout.VERSION
                && header.getLong(JournalLayout.OWNER_ID_OFFSET) == ownerId;
    }

    private static boolean isBlank(ByteBuffer header) {
        for (int i = 0; i < JournalLayout.HEADER_BYTES; i += Integer.BYTES) {
            if (header.getInt(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int checksum(ByteBuffer header) {
        return JournalLayout.checksum(header, 0, JournalLayout.HEADER_CHECKSUM_OFFSET);
    }

    private static ByteBuffer newHeader() {
        return ByteBuffer.allocateDirect(JournalLayout.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long offset(int index) {
        return ImageLayout.JOURNAL_HEADERS_OFFSET + (long) index * JournalLayout.HEADER_STRIDE;
    }
}
