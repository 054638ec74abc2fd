package io.ocssd.geometry.emulator;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import io.ocssd.error.OcssdException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Gives parts of a file back to the file system: fallocate(2) of Linux with FALLOC_FL_PUNCH_HOLE.
 *
 * <p>The only class here that needs JNA, and only who asks for {@code space=return} loads it. It has a file descriptor of its
 * own, since channels do not tell theirs. As a process loses its POSIX locks of a file when it closes any descriptor of it,
 * this one is kept until the image is closed. Thread-safe.
 */
final class HolePunch implements FileBacking.SpaceReturn {
    /** open(2): for reading and writing. */
    private static final int O_RDWR = 0x2;
    /** open(2): not for programs that this one starts. */
    private static final int O_CLOEXEC = 0x80000;
    /** fallocate(2): the file stays as long as it is. */
    private static final int FALLOC_FL_KEEP_SIZE = 0x1;
    /** fallocate(2): takes the space from a range; reads of it find zeros. */
    private static final int FALLOC_FL_PUNCH_HOLE = 0x2;
    /** errno: a signal came in between. */
    private static final int EINTR = 4;

    private static native int open(String path, int flags);

    private static native int close(int descriptor);

    private static native int fallocate(int descriptor, int mode, long offset, long length);

    static {
        Native.register(HolePunch.class, "c");
    }

    private final int descriptor;

    private HolePunch(int descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Opens the helper of a file, and sees whether its file system takes space back.
     *
     * @param bytes length of the file
     * @throws OcssdException when JNA is not there, or host or file system can't do it
     */
    static FileBacking.SpaceReturn open(Path file, long bytes) throws IOException {
        try {
            if (!Platform.isLinux() || Native.LONG_SIZE != Long.BYTES) {
                throw new OcssdException(
                        "space=return needs a 64-bit Linux host",
                        "leave it out: erased space is used again all the same");
            }
            return openHere(file, bytes);
        } catch (LinkageError e) {
            throw new OcssdException(
                    "space=return needs JNA, which can't be loaded: " + e,
                    "put net.java.dev.jna:jna on the class path, or leave space=return out",
                    e);
        }
    }

    private static HolePunch openHere(Path file, long bytes) throws IOException {
        int descriptor = open(file.toString(), O_RDWR | O_CLOEXEC);
        if (descriptor < 0) {
            throw failed("open", file.toString());
        }
        HolePunch punch = new HolePunch(descriptor);
        try {
            // Behind the end there is nothing to lose.
            punch.giveBack(bytes, 1);
        } catch (IOException e) {
            punch.close();
            throw new OcssdException(
                    "space=return is not possible for " + file + ": " + e.getMessage(),
                    "leave it out, or choose a file system that punches holes (ext4, XFS, Btrfs, tmpfs)",
                    e);
        }
        return punch;
    }

    @Override
    public void giveBack(long offset, long bytes) throws IOException {
        while (fallocate(descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, bytes) != 0) {
            if (Native.getLastError() != EINTR) {
                throw failed("fallocate", "offset=" + offset + ", bytes=" + bytes);
            }
        }
    }

    @Override
    public void close() {
        close(descriptor);
    }

    private static IOException failed(String call, String what) {
        return new IOException(call + "(" + what + ") failed, errno=" + Native.getLastError());
    }
}
