package io.ocssd.geometry.decorator;

import io.ocssd.error.CorruptException;
import io.ocssd.error.NotFoundException;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.error.OcssdException;
import io.ocssd.error.TooNewException;
import io.ocssd.error.TooOldException;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Reads the records of a file that {@link RecordFile} wrote, one after another or at a known offset.
 *
 * <p>It may still be written: what is there when it is read is read. A {@link RecordFile} does not begin to write
 * it while it is being read. Not thread-safe.
 */
public final class RecordFileReader implements Closeable {
    private final Path path;
    private final RecordFormat format;
    private final RandomAccessFile file;
    private byte[] payload = new byte[0];
    private long offset;
    private long end = RecordFileLayout.HEADER_BYTES;

    private RecordFileReader(Path path, RecordFormat format, RandomAccessFile file) {
        this.path = path;
        this.format = format;
        this.file = file;
    }

    /**
     * Opens a file.
     *
     * @throws NotFoundException when there is none
     * @throws NotRecognisedException when it is of another kind
     * @throws TooNewException when a newer version wrote it; {@link TooOldException} when an older one did
     * @throws CorruptException when its header is damaged
     */
    public static RecordFileReader open(Path path, RecordFormat format) throws IOException {
        RandomAccessFile file;
        try {
            file = new RandomAccessFile(path.toFile(), "r");
        } catch (FileNotFoundException e) {
            throw new NotFoundException("no " + format.what() + " file can be read at " + path, "give its path");
        }
        try {
            LockedFile.whileReading(file);
            return over(path, format, file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Reads a file that is open already, and stays so. */
    static RecordFileReader over(Path path, RecordFormat format, RandomAccessFile file) throws IOException {
        RecordFileReader reader = new RecordFileReader(path, format, file);
        reader.checkHeader();
        return reader;
    }

    /**
     * Goes to the next record.
     *
     * @return false when there is none: the file ends here, or what follows is a torn tail
     * @throws CorruptException when a record is damaged and more follows it; it names the place
     */
    public boolean next() throws IOException {
        if (!read(end)) {
            return false;
        }
        offset = end;
        end = offset + RecordFileLayout.PAYLOAD_OFFSET + payload.length;
        return true;
    }

    /** The payload of the record that {@link #next} went to; a new array for every record. */
    public byte[] payload() {
        return payload;
    }

    /** Where the record begins that {@link #next} went to. */
    public long offset() {
        return offset;
    }

    /** Where the last record ends that was read. */
    public long end() {
        return end;
    }

    /** Bytes behind the last record that was read: a torn tail once {@link #next} has said that there is no more. */
    public long bytesLeft() throws IOException {
        return file.length() - end;
    }

    /**
     * Reads the payload of a record by its offset.
     *
     * @throws CorruptException when it is not there any more
     */
    public byte[] payloadAt(long recordOffset) throws IOException {
        if (!read(recordOffset)) {
            throw damaged(recordOffset);
        }
        return payload;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private boolean read(long at) throws IOException {
        long left = file.length() - at;
        if (left < RecordFileLayout.PAYLOAD_OFFSET) {
            return false;
        }
        byte[] head = new byte[RecordFileLayout.PAYLOAD_OFFSET];
        file.seek(at);
        file.readFully(head);
        ByteBuffer fields = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        int length = fields.getInt(RecordFileLayout.LENGTH_OFFSET);
        boolean isLength = length == ~fields.getInt(RecordFileLayout.FLIPPED_LENGTH_OFFSET)
                && length >= 1
                && length <= RecordFileLayout.MAX_PAYLOAD;
        if (!isLength) {
            if (restIsZero()) {
                return false;
            }
            throw damaged(at);
        }
        if (length > left - RecordFileLayout.PAYLOAD_OFFSET) {
            return false;
        }
        byte[] bytes = new byte[length];
        file.readFully(bytes);
        if (RecordFile.checksum(bytes, 0, length) != fields.getInt(RecordFileLayout.CHECKSUM_OFFSET)) {
            if (length == left - RecordFileLayout.PAYLOAD_OFFSET || restIsZero()) {
                return false;
            }
            throw damaged(at);
        }
        payload = bytes;
        return true;
    }

    private boolean restIsZero() throws IOException {
        byte[] some = new byte[4096];
        for (int read; (read = file.read(some)) > 0; ) {
            for (int i = 0; i < read; i++) {
                if (some[i] != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private CorruptException damaged(long at) {
        return new CorruptException(
                "the " + format.what() + " file " + path + " is damaged at offset " + at, "bring it back from a copy");
    }

    private void checkHeader() throws IOException {
        byte[] header = new byte[RecordFileLayout.HEADER_BYTES];
        if (file.length() < header.length) {
            throw notRecognised();
        }
        file.seek(0);
        file.readFully(header);
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        String magic = new String(
                header, RecordFileLayout.MAGIC_OFFSET, RecordFileLayout.MAGIC_BYTES, StandardCharsets.US_ASCII);
        if (!magic.equals(format.magic())) {
            throw notRecognised();
        }
        if (fields.getInt(RecordFileLayout.HEADER_CHECKSUM_OFFSET)
                != RecordFile.checksum(header, 0, RecordFileLayout.HEADER_CHECKSUM_OFFSET)) {
            throw damaged(0);
        }
        int version = fields.getInt(RecordFileLayout.VERSION_OFFSET);
        if (version != format.version()) {
            throw otherVersion(version);
        }
    }

    private NotRecognisedException notRecognised() {
        return new NotRecognisedException(
                path + " is no " + format.what() + " file; it was not changed", "give the path of one");
    }

    private OcssdException otherVersion(int version) {
        boolean newer = Integer.compareUnsigned(version, format.version()) > 0;
        String text = "the " + format.what() + " file " + path + " was made by " + (newer ? "a newer" : "an older")
                + " version (" + Integer.toUnsignedString(version) + ", this program knows " + format.version() + ")";
        return newer
                ? new TooNewException(text, "use the program that wrote it, or a later one")
                : new TooOldException(text, "make it anew");
    }
}
