package io.ocssd.geometry.natives;

import com.sun.jna.Native;

/** The system calls of io_uring, mapped directly; see {@link LibC}. */
final class RingCalls {
    static native long syscall(long number, long a, long b, long c, long d, long e, long f);

    static native long mmap(long address, long bytes, int protection, int flags, int descriptor, long offset);

    static native int munmap(long address, long bytes);

    static {
        Native.register(RingCalls.class, "c");
    }

    private RingCalls() {}
}
