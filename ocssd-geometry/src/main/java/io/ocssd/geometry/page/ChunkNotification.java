package io.ocssd.geometry.page;

import static io.ocssd.geometry.page.ChunkNotificationLayout.ADDRESS_OFFSET;
import static io.ocssd.geometry.page.ChunkNotificationLayout.MASK_OFFSET;
import static io.ocssd.geometry.page.ChunkNotificationLayout.NAMESPACE_OFFSET;
import static io.ocssd.geometry.page.ChunkNotificationLayout.NUMBER_OFFSET;
import static io.ocssd.geometry.page.ChunkNotificationLayout.SECTORS_OFFSET;
import static io.ocssd.geometry.page.ChunkNotificationLayout.STATE_OFFSET;

import java.nio.ByteBuffer;

/**
 * One entry of the chunk notification log page (Open-Channel SSD 2.0, log 0xD0).
 *
 * @param number counts the notifications of the drive, from 1
 * @param address device address of the first sector concerned
 * @param namespaceId the namespace
 * @param state what happened: a sum of the constants here
 * @param mask what is concerned: a sum of {@link #SECTORS}, {@link #CHUNK} and {@link #PARALLEL_UNIT}
 * @param sectors how many sectors from the address on, 1 to 65536
 */
public record ChunkNotification(long number, long address, int namespaceId, int state, int mask, int sectors) {
    /** Length of an entry. */
    public static final int BYTES = ChunkNotificationLayout.BYTES;

    /** State: a low error rate. */
    public static final int ERROR_RATE_LOW = 1;
    /** State: a medium error rate. */
    public static final int ERROR_RATE_MEDIUM = 1 << 1;
    /** State: a high error rate. */
    public static final int ERROR_RATE_HIGH = 1 << 2;
    /** State: data that can't be recovered. */
    public static final int UNRECOVERABLE = 1 << 3;
    /** State: refreshed by the device. */
    public static final int REFRESHED = 1 << 4;
    /** State: the wear index is further from the average than the threshold. */
    public static final int WEAR_OUTSIDE_THRESHOLD = 1 << 8;

    /** Mask: the sectors named. */
    public static final int SECTORS = 1;
    /** Mask: the whole chunk. */
    public static final int CHUNK = 1 << 1;
    /** Mask: the whole parallel unit. */
    public static final int PARALLEL_UNIT = 1 << 2;

    private static final int MAX_SECTORS = 1 << 16;

    /** Checks the number of sectors. */
    public ChunkNotification {
        if (sectors < 1 || sectors > MAX_SECTORS) {
            throw new IllegalArgumentException("sectors=" + sectors + " is not in 1.." + MAX_SECTORS);
        }
    }

    /**
     * Writes the entry.
     *
     * @param target {@link #BYTES} bytes from {@code offset} on are overwritten
     */
    public void encode(ByteBuffer target, int offset) {
        ByteBuffer bytes = LittleEndian.view(target, offset, BYTES);
        for (int i = 0; i < BYTES; i += Long.BYTES) {
            bytes.putLong(i, 0);
        }
        bytes.putLong(NUMBER_OFFSET, number)
                .putLong(ADDRESS_OFFSET, address)
                .putInt(NAMESPACE_OFFSET, namespaceId)
                .putShort(STATE_OFFSET, (short) state)
                .put(MASK_OFFSET, (byte) mask)
                .putShort(SECTORS_OFFSET, (short) (sectors - 1));
    }

    /**
     * Reads an entry; every bit pattern is one.
     *
     * @param offset where in {@code source} it begins
     */
    public static ChunkNotification decode(ByteBuffer source, int offset) {
        ByteBuffer bytes = LittleEndian.view(source, offset, BYTES);
        return new ChunkNotification(
                bytes.getLong(NUMBER_OFFSET),
                bytes.getLong(ADDRESS_OFFSET),
                bytes.getInt(NAMESPACE_OFFSET),
                bytes.getShort(STATE_OFFSET) & 0xFFFF,
                bytes.get(MASK_OFFSET) & 0xFF,
                (bytes.getShort(SECTORS_OFFSET) & 0xFFFF) + 1);
    }
}
