package io.ocssd.geometry.page;

import io.ocssd.error.CorruptException;
import io.ocssd.geometry.address.AddressText;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a drive tells unasked of some of its sectors: one of the 64-byte entries of the chunk notification log (Open-Channel
 * SSD 2.0, log page 0xD0). {@code ChunkNotificationLayout} says where each field is. Immutable.
 *
 * @param count number of the notification, counted by the drive from 1
 * @param deviceAddress of the first sector that it is about, or any in the block or LUN that it is about
 * @param namespaceId as the drive has it, unsigned
 * @param causes at least one
 * @param scopes at least one
 * @param sectors how many it is about when its scope is sectors, 1 to 65536
 */
public record ChunkNotification(
        long count, long deviceAddress, int namespaceId, Set<Cause> causes, Set<Scope> scopes, int sectors) {
    /** Bytes of an entry. */
    public static final int BYTES = ChunkNotificationLayout.BYTES;

    private static final String WHAT = "chunk notification";

    /** Why a drive tells. */
    public enum Cause {
        /** The error rate has become low, but more than usual. */
        LOW_ERROR_RATE(0x1),
        /** The error rate has become medium. */
        MEDIUM_ERROR_RATE(0x2),
        /** The error rate has become high: the data should be moved. */
        HIGH_ERROR_RATE(0x4),
        /** The data is lost. */
        UNRECOVERABLE(0x8),
        /** The drive has refreshed the data itself. */
        REFRESHED(0x10),
        /** The wear index is farther from the average than {@link GeometryPage#wearThreshold}. */
        WEAR_OUTSIDE(0x100);

        private final int bit;

        Cause(int bit) {
            this.bit = bit;
        }
    }

    /** What a notification is about. */
    public enum Scope {
        /** The sectors from its address on. */
        SECTORS(0x1),
        /** The whole block of its address. */
        BLOCK(0x2),
        /** The whole LUN of its address. */
        LUN(0x4);

        private final int bit;

        Scope(int bit) {
            this.bit = bit;
        }
    }

    /** Checks every field, and copies the sets. */
    public ChunkNotification {
        if (count == 0) {
            throw new IllegalArgumentException("count=0 is that of an entry that holds none");
        }
        if (causes.isEmpty() || scopes.isEmpty()) {
            throw new IllegalArgumentException("causes=" + causes + ", scopes=" + scopes + ": one of each is needed");
        }
        causes = Collections.unmodifiableSet(EnumSet.copyOf(causes));
        scopes = Collections.unmodifiableSet(EnumSet.copyOf(scopes));
        Fields.check("sectors", sectors, 1, 1 << 16);
    }

    /** Whether there is a notification, and not an empty entry. */
    public static boolean isPresent(ByteBuffer source, int offset) {
        return Fields.part(source, offset, BYTES).getLong(ChunkNotificationLayout.COUNT_OFFSET) != 0;
    }

    /**
     * Writes the entry; reserved bytes become zero.
     *
     * @param target of any byte order; its position stays
     * @param offset of the first byte
     * @throws IndexOutOfBoundsException when there is no room for {@link #BYTES}
     */
    public void encode(ByteBuffer target, int offset) {
        int causeBits = 0;
        for (Cause each : causes) {
            causeBits |= each.bit;
        }
        int scopeBits = 0;
        for (Scope each : scopes) {
            scopeBits |= each.bit;
        }
        Fields.cleared(target, offset, BYTES)
                .putLong(ChunkNotificationLayout.COUNT_OFFSET, count)
                .putLong(ChunkNotificationLayout.ADDRESS_OFFSET, deviceAddress)
                .putInt(ChunkNotificationLayout.NAMESPACE_OFFSET, namespaceId)
                .putShort(ChunkNotificationLayout.STATE_OFFSET, (short) causeBits)
                .put(ChunkNotificationLayout.MASK_OFFSET, (byte) scopeBits)
                .putShort(ChunkNotificationLayout.SECTORS_OFFSET, (short) (sectors - 1));
    }

    /**
     * Reads an entry.
     *
     * @param source of any byte order; its position stays
     * @param offset of the first byte
     * @throws CorruptException when there is none ({@link #isPresent} tells), or it has a cause or a scope that is not known
     *     or none
     * @throws IndexOutOfBoundsException when there are fewer than {@link #BYTES}
     */
    public static ChunkNotification decode(ByteBuffer source, int offset) throws CorruptException {
        ByteBuffer bytes = Fields.part(source, offset, BYTES);
        try {
            return new ChunkNotification(
                    bytes.getLong(ChunkNotificationLayout.COUNT_OFFSET),
                    bytes.getLong(ChunkNotificationLayout.ADDRESS_OFFSET),
                    bytes.getInt(ChunkNotificationLayout.NAMESPACE_OFFSET),
                    causes(Short.toUnsignedInt(bytes.getShort(ChunkNotificationLayout.STATE_OFFSET))),
                    scopes(Byte.toUnsignedInt(bytes.get(ChunkNotificationLayout.MASK_OFFSET))),
                    Short.toUnsignedInt(bytes.getShort(ChunkNotificationLayout.SECTORS_OFFSET)) + 1);
        } catch (IllegalArgumentException e) {
            throw Fields.corrupt(WHAT, e);
        }
    }

    private static Set<Cause> causes(int bits) {
        Set<Cause> causes = EnumSet.noneOf(Cause.class);
        int rest = bits;
        for (Cause each : Cause.values()) {
            if ((bits & each.bit) != 0) {
                causes.add(each);
                rest &= ~each.bit;
            }
        }
        checkKnown("state", bits, rest);
        return causes;
    }

    private static Set<Scope> scopes(int bits) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        int rest = bits;
        for (Scope each : Scope.values()) {
            if ((bits & each.bit) != 0) {
                scopes.add(each);
                rest &= ~each.bit;
            }
        }
        checkKnown("mask", bits, rest);
        return scopes;
    }

    private static void checkKnown(String name, int bits, int unknown) {
        if (unknown != 0) {
            throw new IllegalArgumentException(
                    name + "=" + AddressText.hex(bits) + " has bits that mean nothing: " + AddressText.hex(unknown));
        }
    }
}
