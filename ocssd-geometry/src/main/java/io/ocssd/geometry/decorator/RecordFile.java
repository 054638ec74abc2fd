package io.ocssd.geometry.decorator;

import io.ocssd.error.BusyException;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A file that records are appended to; see {@code RecordFileLayout} for its bytes and {@link RecordFileReader} for reading.
 *
 * <p>What was appended survives the death of the program. One process writes a file at a time. Thread-safe.
 */
public final class RecordFile implements Closeable {
    /** Takes a record that is in a file already. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Takes it.
         *
         * @param payload the visitor's own
         * @param offset where it is in the file, for messages
         */
        void record(byte[] payload, long offset) throws IOException;
    }

    private final Path path;
    // Not a channel: an interrupt in the middle of a write must not close the file.
    private final RandomAccessFile file;
    private byte[] frame = new byte[256];
    private boolean closed;

    private RecordFile(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Makes an empty file. One of the same kind that is there is overwritten, anything else is left alone.
     *
     * @throws BusyException when something else is there, or the file is being read or written already
     */
    public static RecordFile create(Path path, RecordFormat format) throws IOException {
        RandomAccessFile file = LockedFile.toWrite(path);
        try {
            if (file.length() > 0 && !beginsWith(file, format)) {
                throw new BusyException(
                        path + " is there already and is no " + format.what() + " file; it was not changed",
                        "give another name, or delete it");
            }
            file.setLength(0);
            writeHeader(file, format);
            return new RecordFile(path, file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Opens a file, or makes it, and appends to what is there. A torn tail is cut off.
     *
     * @param visitor gets every record that is there
     * @throws BusyException when the file is being read or written already
     * @throws IOException when the file is of another kind or version, or damaged, or the visitor threw
     */
    public static RecordFile append(Path path, RecordFormat format, Visitor visitor) throws IOException {
        RandomAccessFile file = LockedFile.toWrite(path);
        try {
            if (file.length() == 0) {
                writeHeader(file, format);
                return new RecordFile(path, file);
            }
            // Over the same open file: closing another one of the same path would drop the lock.
            RecordFileReader reader = RecordFileReader.over(path, format, file);
            while (reader.next()) {
                visitor.record(reader.payload(), reader.offset());
            }
            file.setLength(reader.end());
            file.seek(reader.end());
            return new RecordFile(path, file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Appends a record.
     *
     * @param payload the first {@code length} bytes of it
     * @param length 1 to 16 MiB
     * @throws IOException when it could not be written; the file ends with the record before it
     */
    public synchronized void append(byte[] payload, int length) throws IOException {
        if (length < 1 || length > RecordFileLayout.MAX_PAYLOAD) {
            throw new IllegalArgumentException("length=" + length);
        }
        if (closed) {
            throw new IOException(path + " is closed");
        }
        int bytes = RecordFileLayout.PAYLOAD_OFFSET + length;
        if (frame.length < bytes) {
            frame = new byte[Math.max(bytes, 2 * frame.length)];
        }
        ByteBuffer.wrap(frame)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(RecordFileLayout.LENGTH_OFFSET, length)
                .putInt(RecordFileLayout.FLIPPED_LENGTH_OFFSET, ~length)
                .putInt(RecordFileLayout.CHECKSUM_OFFSET, checksum(payload, 0, length));
        System.arraycopy(payload, 0, frame, RecordFileLayout.PAYLOAD_OFFSET, length);
        long start = file.getFilePointer();
        try {
            file.write(frame, 0, bytes);
        } catch (IOException e) {
            file.setLength(start);
            throw e;
        }
    }

    /** Where the file is. */
    public Path path() {
        return path;
    }

    /** Lets go of the file. Idempotent. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        file.close();
    }

    static int checksum(byte[] bytes, int offset, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, offset, length);
        return (int) checksum.getValue();
    }

    private static boolean beginsWith(RandomAccessFile file, RecordFormat format) throws IOException {
        byte[] magic = new byte[RecordFileLayout.MAGIC_BYTES];
        if (file.length() < magic.length) {
            return false;
        }
        file.seek(RecordFileLayout.MAGIC_OFFSET);
        file.readFully(magic);
        file.seek(0);
        return new String(magic, StandardCharsets.US_ASCII).equals(format.magic());
    }

    private static void writeHeader(RandomAccessFile file, RecordFormat format) throws IOException {
        byte[] header = new byte[RecordFileLayout.HEADER_BYTES];
        ByteBuffer bytes = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(RecordFileLayout.MAGIC_OFFSET, format.magic().getBytes(StandardCharsets.US_ASCII));
        bytes.putInt(RecordFileLayout.VERSION_OFFSET, format.version());
        bytes.putInt(
                RecordFileLayout.HEADER_CHECKSUM_OFFSET, checksum(header, 0, RecordFileLayout.HEADER_CHECKSUM_OFFSET));
        file.seek(0);
        file.write(header);
    }
}
