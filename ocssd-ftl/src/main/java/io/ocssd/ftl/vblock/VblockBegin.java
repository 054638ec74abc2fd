package io.ocssd.ftl.vblock;

import java.nio.ByteBuffer;

/** Tells blocks of vblocks by their first sector, for whoever looks at blocks of which nobody knows whose they are. */
public final class VblockBegin {
    private VblockBegin() {}

    /**
     * Whether a block that begins with this sector belongs to a vblock of this drive, as far as the sector tells.
     *
     * @param buffer little endian
     * @param offset where the sector begins
     */
    public static boolean isOne(ByteBuffer buffer, int offset, long driveId) {
        return BlockHeaderLayout.isHeader(buffer, offset, driveId);
    }

    /**
     * The id of the target whose vblock a block belongs to, as far as its first sector tells.
     *
     * @param buffer little endian; {@link #isOne} is true for it
     * @param offset where the sector begins
     */
    public static int targetId(ByteBuffer buffer, int offset) {
        return BlockHeaderLayout.targetId(buffer, offset);
    }
}
