package io.ocssd.geometry.natives;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import io.ocssd.error.OcssdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The kernel of this host: a 64-bit Linux. Thread-safe, stateless. */
public final class LinuxKernel implements Kernel {
    private static final int S_IFMT = 0xF000;
    private static final int S_IFBLK = 0x6000;

    private LinuxKernel() {}

    /**
     * The kernel of this host.
     *
     * @throws OcssdException when it is no 64-bit Linux, or JNA is not there
     */
    public static Kernel instance() throws OcssdException {
        try {
            if (!Platform.isLinux() || Native.LONG_SIZE != Long.BYTES) {
                throw new OcssdException(
                        "a real drive needs a 64-bit Linux host",
                        "on any other host there are emulated drives: emu:FILE");
            }
            return Holder.INSTANCE;
        } catch (LinkageError e) {
            throw new OcssdException(
                    "a real drive needs JNA, which can't be loaded: " + e,
                    "put net.java.dev.jna:jna on the class path, and let jna.tmpdir name a folder that may be written",
                    e);
        }
    }

    private static final class Holder {
        static final LinuxKernel INSTANCE = new LinuxKernel();

        static {
            // A library that can't be loaded is to be found here and not in the midst of work.
            LibC.close(-1);
        }
    }

    @Override
    public long address(ByteBuffer direct) {
        if (!direct.isDirect()) {
            throw new IllegalArgumentException("the buffer is not direct");
        }
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }

    @Override
    public long blockDevice(String path) {
        try {
            Path file = Path.of(path);
            int mode = (Integer) Files.getAttribute(file, "unix:mode");
            if ((mode & S_IFMT) != S_IFBLK) {
                return -Errno.ENOTBLK;
            }
            long number = (Long) Files.getAttribute(file, "unix:rdev");
            // As glibc packs it: 12 bits of the major number in front of 8 of the minor one, the rest of both outside.
            long major = ((number >>> 8) & 0xFFF) | ((number >>> 32) & 0xFFFF_F000L);
            long minor = (number & 0xFF) | ((number >>> 12) & 0xFFFF_FF00L);
            return (major << Integer.SIZE) | minor;
        } catch (NoSuchFileException e) {
            return -Errno.ENOENT;
        } catch (AccessDeniedException e) {
            return -Errno.EACCES;
        } catch (IOException e) {
            return -Errno.EIO;
        }
    }

    @Override
    public int open(String path, int flags) {
        return answer(LibC.open(path, flags));
    }

    @Override
    public int close(int descriptor) {
        return answer(LibC.close(descriptor));
    }

    @Override
    public long pread(int descriptor, long address, long bytes, long offset) {
        long read = LibC.pread(descriptor, address, bytes, offset);
        return read >= 0 ? read : -Native.getLastError();
    }

    @Override
    public long pwrite(int descriptor, long address, long bytes, long offset) {
        long written = LibC.pwrite(descriptor, address, bytes, offset);
        return written >= 0 ? written : -Native.getLastError();
    }

    @Override
    public int ioctl(int descriptor, long request, long argument) {
        return answer(LibC.ioctl(descriptor, request, argument));
    }

    @Override
    public Ring openRing(int entries) {
        return LinuxRing.open(entries);
    }

    @Override
    public void zero(long address, long bytes) {
        LibC.memset(address, 0, bytes);
    }

    private static int answer(int returned) {
        return returned >= 0 ? returned : -Native.getLastError();
    }
}
