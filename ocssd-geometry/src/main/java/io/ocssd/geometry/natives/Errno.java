package io.ocssd.geometry.natives;

/** Error numbers of Linux (asm-generic/errno-base.h and errno.h; the same on x86-64 and AArch64). */
public final class Errno {
    /** Operation not permitted. */
    public static final int EPERM = 1;
    /** No such file or directory. */
    public static final int ENOENT = 2;
    /** A signal came in between. */
    public static final int EINTR = 4;
    /** Input/output error. */
    public static final int EIO = 5;
    /** No such device or address. */
    public static final int ENXIO = 6;
    /** Try again. */
    public static final int EAGAIN = 11;
    /** Out of memory. */
    public static final int ENOMEM = 12;
    /** Permission denied. */
    public static final int EACCES = 13;
    /** Block device required. */
    public static final int ENOTBLK = 15;
    /** Device or resource busy. */
    public static final int EBUSY = 16;
    /** No such device. */
    public static final int ENODEV = 19;
    /** Invalid argument. */
    public static final int EINVAL = 22;
    /** Not for this kind of device. */
    public static final int ENOTTY = 25;
    /** No space left. */
    public static final int ENOSPC = 28;
    /** Read-only. */
    public static final int EROFS = 30;
    /** The kernel does not have this call. */
    public static final int ENOSYS = 38;
    /** No data available: what the block layer makes of a medium error. */
    public static final int ENODATA = 61;
    /** The time of a timer has come. */
    public static final int ETIME = 62;
    /** Value too large: what the block layer makes of too many active zones. */
    public static final int EOVERFLOW = 75;
    /** Operation not supported. */
    public static final int EOPNOTSUPP = 95;
    /** Device is shut down. */
    public static final int ESHUTDOWN = 108;
    /** Too many references: what the block layer makes of too many open zones. */
    public static final int ETOOMANYREFS = 109;

    private Errno() {}

    /** The symbol of an error number, or {@code errno N}. */
    public static String name(int errno) {
        return switch (errno) {
            case EPERM -> "EPERM";
            case ENOENT -> "ENOENT";
            case EINTR -> "EINTR";
            case EIO -> "EIO";
            case ENXIO -> "ENXIO";
            case EAGAIN -> "EAGAIN";
            case ENOMEM -> "ENOMEM";
            case EACCES -> "EACCES";
            case ENOTBLK -> "ENOTBLK";
            case EBUSY -> "EBUSY";
            case ENODEV -> "ENODEV";
            case EINVAL -> "EINVAL";
            case ENOTTY -> "ENOTTY";
            case ENOSPC -> "ENOSPC";
            case EROFS -> "EROFS";
            case ENOSYS -> "ENOSYS";
            case ENODATA -> "ENODATA";
            case ETIME -> "ETIME";
            case EOVERFLOW -> "EOVERFLOW";
            case EOPNOTSUPP -> "EOPNOTSUPP";
            case ESHUTDOWN -> "ESHUTDOWN";
            case ETOOMANYREFS -> "ETOOMANYREFS";
            default -> "errno " + errno;
        };
    }

    /** Whether the device is not there any more. */
    public static boolean isGone(int errno) {
        return errno == ENODEV || errno == ENXIO || errno == ESHUTDOWN;
    }

    /** Whether the same call may succeed a moment later. */
    public static boolean isPassing(int errno) {
        return errno == EAGAIN || errno == EBUSY || errno == ENOMEM;
    }
}
