package io.ocssd.geometry.decorator.statistics;

import io.ocssd.error.BusyException;
import io.ocssd.geometry.decorator.LockedFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where the figures of one device go: text, whose first line says what it is. What was there before stays until there are
 * new figures. For one task at a time.
 */
final class StatisticsFile implements Closeable {
    /** What every such file begins with. */
    private static final String FIRST_LINE = "ocssd statistics 1";

    private final Path path;
    private final RandomAccessFile file;

    private StatisticsFile(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Opens a file, or makes it.
     *
     * @throws BusyException when something else is there, or another device has it; it was not changed
     * @throws io.ocssd.error.NotFoundException when it can't be opened for writing
     */
    static StatisticsFile open(Path path) throws IOException {
        RandomAccessFile file = LockedFile.toWrite(path);
        try {
            if (file.length() > 0 && !isOurs(file)) {
                throw new BusyException(
                        path + " is there already and is no statistics file; it was not changed",
                        "give another name, or delete it");
            }
            return new StatisticsFile(path, file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static boolean isOurs(RandomAccessFile file) throws IOException {
        byte[] first = FIRST_LINE.getBytes(StandardCharsets.UTF_8);
        byte[] there = new byte[first.length];
        if (file.length() < there.length) {
            return false;
        }
        file.readFully(there);
        return new String(there, StandardCharsets.UTF_8).equals(FIRST_LINE);
    }

    /** Puts figures in the place of what is there. */
    void write(DeviceStatistics statistics) throws IOException {
        byte[] text = (FIRST_LINE + System.lineSeparator() + statistics).getBytes(StandardCharsets.UTF_8);
        try {
            file.seek(0);
            file.write(text);
            file.setLength(text.length);
        } catch (IOException e) {
            throw new IOException("the statistics could not be written to " + path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
