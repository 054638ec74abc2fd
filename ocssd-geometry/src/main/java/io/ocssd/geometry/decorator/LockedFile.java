package io.ocssd.geometry.decorator;

import io.ocssd.error.BusyException;
import io.ocssd.error.NotFoundException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;

/**
 * Files that are open in one place at a time for writing, and are not read meanwhile by those who need them whole. The lock
 * goes when the file is closed. Stateless.
 */
public final class LockedFile {
    private LockedFile() {}

    /**
     * Opens a file for writing, or makes it. Nothing in it is changed.
     *
     * @throws BusyException when it is open already
     * @throws NotFoundException when it can't be opened
     */
    public static RandomAccessFile toWrite(Path path) throws IOException {
        RandomAccessFile file;
        try {
            file = new RandomAccessFile(path.toFile(), "rw");
        } catch (FileNotFoundException e) {
            throw new NotFoundException(
                    path + " can't be opened for writing: " + e.getMessage(), "see that its folder is there");
        }
        try {
            if (file.getChannel().tryLock() == null) {
                throw busy(path);
            }
            return file;
        } catch (OverlappingFileLockException e) {
            file.close();
            throw busy(path);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Keeps others from writing a file that is open for reading, until it is closed. A file that is being written already
     * goes on to be, and one whose file system knows no locks has none. Of several readers in one process the first one has
     * the lock.
     */
    static void whileReading(RandomAccessFile file) {
        try {
            // Null when another process writes it.
            file.getChannel().tryLock(0, Long.MAX_VALUE, true);
        } catch (OverlappingFileLockException | IOException e) {
            // It can be read all the same.
        }
    }

    private static BusyException busy(Path path) {
        return new BusyException(
                path + " is being read or written already; it was not changed", "give each device a file of its own");
    }
}
