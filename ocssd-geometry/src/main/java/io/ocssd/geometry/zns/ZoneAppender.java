package io.ocssd.geometry.zns;

import io.ocssd.device.NvmeStatus;
import io.ocssd.geometry.natives.Errno;

/**
 * Appends by the command of the drive, which says itself where the data went ({@code append=command}). Thread-safe: who appends
 * to a zone has claimed it.
 *
 * <p>It passes by the block layer, so it takes CAP_SYS_ADMIN on most kernels, and a kernel that keeps write pointers of its own
 * (Linux 6.10) may refuse the next write to the zone once. Where it is not permitted or not known, an append is a write at the
 * write pointer, as without the parameter.
 */
final class ZoneAppender {
    /** {@link #append}: nothing was done; a write is to do it. */
    static final int DECLINED = Integer.MIN_VALUE;

    private final PassThrough passThrough;
    private final int namespace;
    private final int blockBytes;
    private final long mostBytes;
    private final boolean forced;
    /** Zones that the block layer does not know the write pointer of. */
    private final boolean[] passedBy;

    private volatile boolean permitted = true;

    private ZoneAppender(
            PassThrough passThrough, int namespace, int zones, int blockBytes, long mostBytes, boolean forced) {
        this.passThrough = passThrough;
        this.namespace = namespace;
        this.blockBytes = blockBytes;
        this.mostBytes = mostBytes;
        this.forced = forced;
        this.passedBy = new boolean[zones];
    }

    /**
     * An appender to a drive; null when it is none of NVMe.
     *
     * @param mostBytes the longest append that the drive takes
     * @param forced whether an append must go through a volatile cache
     */
    static ZoneAppender open(ZonedDisk disk, int zones, long mostBytes, boolean forced) {
        PassThrough passThrough = new PassThrough(disk);
        int namespace = passThrough.namespace();
        return namespace < 0 || mostBytes < disk.blockBytes()
                ? null
                : new ZoneAppender(passThrough, namespace, zones, disk.blockBytes(), mostBytes, forced);
    }

    /** Whether an append of so many sectors is tried by command. */
    boolean takes(int sectors) {
        return permitted && (long) sectors * blockBytes <= mostBytes;
    }

    /** Whether a write to the zone may be refused once by a block layer that does not know of an append. */
    boolean isPassedBy(int zone) {
        return passedBy[zone];
    }

    /** As {@link #isPassedBy}, for the write that finds out. */
    boolean wasPassedBy(int zone) {
        boolean was = passedBy[zone];
        passedBy[zone] = false;
        return was;
    }

    /**
     * Appends.
     *
     * @param startByte where the zone begins
     * @param sector the zone's write pointer, where the data has to go
     * @return 0; the status of the drive; the negative error number; or {@link #DECLINED}
     */
    int append(int zone, long startByte, int sector, long address, int sectors) {
        long first = startByte / blockBytes;
        int answer = passThrough.append(namespace, first, address, sectors, forced, first + sector);
        switch (answer) {
            case -Errno.EPERM, -Errno.EACCES, -Errno.ENOTTY, -Errno.EOPNOTSUPP, NvmeStatus.INVALID_OPCODE -> {
                permitted = false;
                return DECLINED;
            }
            // Longer than this drive or this kernel takes, or nothing free for it: nothing was done.
            case -Errno.EINVAL, -Errno.EAGAIN, -Errno.EBUSY, -Errno.ENOMEM, NvmeStatus.INVALID_FIELD -> {
                return DECLINED;
            }
            default -> {
                passedBy[zone] = true;
                return answer;
            }
        }
    }
}
