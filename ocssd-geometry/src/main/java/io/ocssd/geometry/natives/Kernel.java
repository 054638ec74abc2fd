package io.ocssd.geometry.natives;

import java.nio.ByteBuffer;

/**
 * The system calls that a block device is driven with. Thread-safe.
 *
 * <p>Every call returns what the kernel returned, or the negative {@link Errno} when it refused; nothing is tried again here.
 * Memory is given by its native address and must be kept reachable by the caller until the call has returned.
 */
public interface Kernel {
    /** {@link #open}: for reading only. */
    int O_RDONLY = 0x0;
    /** {@link #open}: for reading and writing. */
    int O_RDWR = 0x2;
    /** {@link #open}: of a block device, refused when somebody else has claimed it, and claimed by this opening then. */
    int O_EXCL = 0x80;
    /** {@link #open}: a write that has returned is on stable storage, through any cache of the drive. */
    int O_DSYNC = 0x1000;
    /** {@link #open}: data goes between device and the caller's memory, without a cache. */
    int O_DIRECT = 0x4000;
    /** {@link #open}: not for programs that this one starts. */
    int O_CLOEXEC = 0x80000;

    /**
     * The native address of the first byte of a direct buffer, whatever its position.
     *
     * @throws IllegalArgumentException when the buffer is not direct
     */
    long address(ByteBuffer direct);

    /**
     * The number of the block device that a path names, links followed.
     *
     * @return major number in the bits from 32 on, minor number below; or negative: {@link Errno#ENOENT},
     *     {@link Errno#ENOTBLK} when it is something else, {@link Errno#EACCES}
     */
    long blockDevice(String path);

    /** open(2); returns a descriptor. */
    int open(String path, int flags);

    /** close(2). */
    int close(int descriptor);

    /** pread(2): up to {@code bytes} from {@code offset} on; returns how many. */
    long pread(int descriptor, long address, long bytes, long offset);

    /** pwrite(2): up to {@code bytes} to {@code offset} on; returns how many. */
    long pwrite(int descriptor, long address, long bytes, long offset);

    /** ioctl(2) with one argument. */
    int ioctl(int descriptor, long request, long argument);

    /**
     * Sets up an io_uring.
     *
     * @param entries most that can be prepared at once; twice as many can be under way
     * @return null when there is none, or it is not permitted
     */
    Ring openRing(int entries);

    /** memset(3) to 0. */
    void zero(long address, long bytes);
}
