package io.ocssd.geometry.emulator;

import io.ocssd.error.BusyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;

/**
 * Who holds an image: one process, and in it one device.
 *
 * <p>Between processes a lock of the operating system decides, which goes with its process however that ends. Such a lock
 * belongs to the whole process and is dropped when the process closes <em>any</em> channel of the file; so inside a process
 * a table of the files that are open decides, before a second channel is made.
 */
final class ImageLock {
    /** Who has a file inside this process, by what identifies the file. */
    private static final Map<Object, Claim> HELD = new ConcurrentHashMap<>();

    /**
     * That one device has a file, from {@link #claim} to {@link #release}. A device that is forgotten and never closed keeps
     * its file: if its channel went, the lock would go, and the file system could give its identity to another file.
     */
    static final class Claim {
        private final Object identity;
        /** Who has the channel that the lock belongs to; only to be reachable from here. */
        Backing holder;

        private Claim(Object identity) {
            this.identity = identity;
        }
    }

    private ImageLock() {}

    /**
     * Claims a file for one device of this process; before a channel of it is opened.
     *
     * @return the claim, for {@link #release}
     * @throws BusyException when another device has it
     */
    static Claim claim(Path file) throws IOException {
        Claim claim = new Claim(identity(file));
        if (HELD.putIfAbsent(claim.identity, claim) != null) {
            throw busyHere(file);
        }
        return claim;
    }

    /** Whether a claim is on the file that has this name now. */
    static boolean isOn(Claim claim, Path file) throws IOException {
        return claim.identity.equals(identity(file));
    }

    private static Object identity(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key != null ? key : file.toRealPath();
    }

    static void release(Claim claim) {
        HELD.remove(claim.identity, claim);
    }

    /**
     * Takes the lock against other processes; it is held until the channel is closed.
     *
     * @throws BusyException when another process has it; the message says which
     */
    static void lock(Path file, FileChannel channel) throws IOException {
        try {
            if (channel.tryLock(ImageLayout.LOCK_PAGE_OFFSET, ImageLayout.LOCK_PAGE_BYTES, false) != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            throw busyHere(file);
        }
        throw busyThere(file, holder(channel));
    }

    /** Writes into the lock page that this process holds the image. */
    static void sign(Backing backing, long ownerId) throws IOException {
        ByteBuffer page = ByteBuffer.allocateDirect(LockPageLayout.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        page.putLong(LockPageLayout.MAGIC_OFFSET, LockPageLayout.MAGIC)
                .putInt(LockPageLayout.VERSION_OFFSET, LockPageLayout.VERSION)
                .putInt(LockPageLayout.LENGTH_OFFSET, LockPageLayout.CHECKSUM_OFFSET)
                .putLong(LockPageLayout.OWNER_ID_OFFSET, ownerId)
                .putLong(LockPageLayout.PROCESS_OFFSET, ProcessHandle.current().pid())
                .putInt(LockPageLayout.CHECKSUM_OFFSET, checksum(page));
        backing.write(page, ImageLayout.LOCK_PAGE_OFFSET);
    }

    /** Id of the process that signed; -1 when it can't be told. */
    private static long holder(FileChannel channel) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(LockPageLayout.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        boolean whole = channel.read(page, ImageLayout.LOCK_PAGE_OFFSET) == LockPageLayout.BYTES;
        boolean signed = whole
                && page.getLong(LockPageLayout.MAGIC_OFFSET) == LockPageLayout.MAGIC
                && page.getInt(LockPageLayout.CHECKSUM_OFFSET) == checksum(page);
        return signed ? page.getLong(LockPageLayout.PROCESS_OFFSET) : -1;
    }

    private static int checksum(ByteBuffer page) {
        CRC32C crc = new CRC32C();
        crc.update(page.slice(0, LockPageLayout.CHECKSUM_OFFSET));
        return (int) crc.getValue();
    }

    private static BusyException busyHere(Path file) {
        return busy(file, "process " + ProcessHandle.current().pid() + " (this one)", -1);
    }

    private static BusyException busyThere(Path file, long process) {
        return busy(file, process < 0 ? "another process" : "process " + process, process);
    }

    private static BusyException busy(Path file, String holder, long process) {
        return new BusyException(
                file + " is busy: held by " + holder, "close it there, or wait until it ends", process);
    }
}
