package io.ocssd.geometry.natives;

import com.sun.jna.Native;

/**
 * The C library, mapped directly: arguments are numbers, memory is addresses, errno is {@link Native#getLastError()}. A mapping
 * of structures would cost microseconds and garbage for every call.
 */
final class LibC {
    static native int open(String path, int flags);

    static native int close(int descriptor);

    static native long pread(int descriptor, long address, long bytes, long offset);

    static native long pwrite(int descriptor, long address, long bytes, long offset);

    static native long write(int descriptor, long address, long bytes);

    static native int eventfd(int count, int flags);

    static native int ioctl(int descriptor, long request, long argument);

    static native long memset(long address, int value, long bytes);

    static {
        Native.register(LibC.class, "c");
    }

    private LibC() {}
}
