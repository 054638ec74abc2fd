package io.ocssd.ftl.media;

import io.ocssd.scheduler.HostCost;
import io.ocssd.scheduler.Scheduler;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC32C of parts of buffers, charged to the host's processor. Not thread-safe; one per task or structure. */
public final class Checksum {
    private static final int KIB = 1024;

    private final Scheduler scheduler;
    private final CRC32C crc = new CRC32C();

    /**
     * A fresh one.
     *
     * @param scheduler is charged for the work
     */
    public Checksum(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** CRC32C of a part of {@code buffer}; its position and limit are as before afterwards. */
    public int of(ByteBuffer buffer, int offset, int length) {
        int position = buffer.position();
        int limit = buffer.limit();
        crc.reset();
        // In this order, since a limit below the position would drag the position along.
        buffer.limit(offset + length).position(offset);
        crc.update(buffer);
        buffer.limit(limit).position(position);
        scheduler.charge(HostCost.CHECKSUM_KIB, kibibytes(length));
        return (int) crc.getValue();
    }

    /** Bytes as whole KiB, at least 1 for more than none: what copies and checksums are charged by. */
    public static long kibibytes(long bytes) {
        return (bytes + KIB - 1) / KIB;
    }

    /**
     * Whether a record has the CRC32C that is stored in it, which was computed with 0 in its own place.
     *
     * @param crcOffset where in the record it is stored; set to 0 for a moment
     */
    public boolean isValid(ByteBuffer buffer, int offset, int length, int crcOffset) {
        int at = offset + crcOffset;
        int stored = buffer.getInt(at);
        buffer.putInt(at, 0);
        int computed = of(buffer, offset, length);
        buffer.putInt(at, stored);
        return stored == computed;
    }
}
