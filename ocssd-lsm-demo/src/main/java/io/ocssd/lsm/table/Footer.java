package io.ocssd.lsm.table;

import io.ocssd.error.CorruptException;
import io.ocssd.error.TooNewException;
import io.ocssd.error.TooOldException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** What {@link FooterLayout} holds. */
record Footer(
        long owner,
        long vblockId,
        long entries,
        long deletes,
        long firstSequence,
        long lastSequence,
        long indexOffset,
        long bloomOffset,
        int indexLength,
        int bloomLength,
        int blocks,
        int indexCrc,
        int bloomCrc) {

    byte[] encode() {
        ByteBuffer bytes = ByteBuffer.allocate(FooterLayout.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(FooterLayout.MAGIC_OFFSET, FooterLayout.MAGIC);
        bytes.putInt(FooterLayout.VERSION, FooterLayout.CURRENT_VERSION);
        bytes.putInt(FooterLayout.LENGTH, FooterLayout.BYTES);
        bytes.putLong(FooterLayout.OWNER, owner);
        bytes.putLong(FooterLayout.VBLOCK_ID, vblockId);
        bytes.putLong(FooterLayout.ENTRIES, entries);
        bytes.putLong(FooterLayout.DELETES, deletes);
        bytes.putLong(FooterLayout.FIRST_SEQUENCE, firstSequence);
        bytes.putLong(FooterLayout.LAST_SEQUENCE, lastSequence);
        bytes.putLong(FooterLayout.INDEX_OFFSET, indexOffset);
        bytes.putLong(FooterLayout.BLOOM_OFFSET, bloomOffset);
        bytes.putInt(FooterLayout.INDEX_LENGTH, indexLength);
        bytes.putInt(FooterLayout.BLOOM_LENGTH, bloomLength);
        bytes.putInt(FooterLayout.BLOCKS, blocks);
        bytes.putInt(FooterLayout.INDEX_CRC, indexCrc);
        bytes.putInt(FooterLayout.BLOOM_CRC, bloomCrc);
        bytes.putInt(FooterLayout.CRC, checksum(bytes.array()));
        return bytes.array();
    }

    /** Checks and reads the footer of the table that is vblock {@code vblockId}, of {@code payloadBytes} bytes. */
    static Footer decode(byte[] raw, long owner, long vblockId, long payloadBytes) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.getLong(FooterLayout.MAGIC_OFFSET) != FooterLayout.MAGIC
                || bytes.getInt(FooterLayout.CRC) != checksum(raw)) {
            throw damaged(vblockId, "its footer fails its check");
        }
        int version = bytes.getInt(FooterLayout.VERSION);
        if (version > FooterLayout.CURRENT_VERSION) {
            throw new TooNewException(
                    "table " + vblockId + " has layout version " + version + ", this program knows "
                            + FooterLayout.CURRENT_VERSION,
                    "open it with the newer version that made it");
        }
        if (version < FooterLayout.CURRENT_VERSION) {
            throw new TooOldException(
                    "table " + vblockId + " was made by an older version, layout " + version, "recreate the store");
        }
        Footer footer = new Footer(
                bytes.getLong(FooterLayout.OWNER),
                bytes.getLong(FooterLayout.VBLOCK_ID),
                bytes.getLong(FooterLayout.ENTRIES),
                bytes.getLong(FooterLayout.DELETES),
                bytes.getLong(FooterLayout.FIRST_SEQUENCE),
                bytes.getLong(FooterLayout.LAST_SEQUENCE),
                bytes.getLong(FooterLayout.INDEX_OFFSET),
                bytes.getLong(FooterLayout.BLOOM_OFFSET),
                bytes.getInt(FooterLayout.INDEX_LENGTH),
                bytes.getInt(FooterLayout.BLOOM_LENGTH),
                bytes.getInt(FooterLayout.BLOCKS),
                bytes.getInt(FooterLayout.INDEX_CRC),
                bytes.getInt(FooterLayout.BLOOM_CRC));
        if (footer.owner != owner) {
            throw damaged(vblockId, "its footer names another store as its owner");
        }
        if (footer.vblockId != vblockId) {
            throw damaged(vblockId, "its footer says that it is table " + footer.vblockId);
        }
        if (bytes.getInt(FooterLayout.LENGTH) != FooterLayout.BYTES
                || footer.indexOffset < 0
                || footer.indexLength < 0
                || footer.bloomLength < 0
                || footer.blocks < 1
                || footer.bloomOffset != footer.indexOffset + footer.indexLength
                || footer.bloomOffset + footer.bloomLength > payloadBytes - FooterLayout.BYTES) {
            throw damaged(vblockId, "the parts that its footer names do not fit");
        }
        return footer;
    }

    static CorruptException damaged(long vblockId, String what) {
        return new CorruptException(
                "table " + vblockId + " is damaged: " + what, "run a check of the store and restore from a copy");
    }

    private static int checksum(byte[] raw) {
        CRC32C crc = new CRC32C();
        crc.update(raw, 0, FooterLayout.CRC);
        return (int) crc.getValue();
    }
}
