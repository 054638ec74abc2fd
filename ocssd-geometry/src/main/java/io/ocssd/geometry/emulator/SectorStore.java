package io.ocssd.geometry.emulator;

import io.ocssd.device.Geometry;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Data and OOB of the sectors, moved between the buffers of commands and the image. Knows no rules. On a drive without payload
 * it keeps nothing, and gives nothing but the zeros of what was never written.
 */
final class SectorStore {
    private static final int CLEARED_AT_ONCE = 64 << 10;

    private final Geometry geometry;
    private final boolean payload;
    private final ImageLayout layout;
    private final Backing backing;

    SectorStore(CreationParameters parameters, ImageLayout layout, Backing backing) {
        this.geometry = parameters.geometry();
        this.payload = parameters.payload();
        this.layout = layout;
        this.backing = backing;
    }

    /** Gives the {@code length} addresses of a command from {@code from} on what is kept from a sector on. */
    void load(CommandSlot slot, int from, int length, int block, int sector) throws IOException {
        if (!payload) {
            return;
        }
        // One part at a time: data and OOB may be in the same buffer, and a buffer has one view of a part.
        backing.read(slot.data(from, length), layout.dataOffset(block, sector));
        if (slot.hasOob()) {
            backing.read(slot.oob(from, length), layout.oobOffset(block, sector));
        }
    }

    /** Gives the {@code length} addresses of a command from {@code from} on zeros. */
    void loadZeros(CommandSlot slot, int from, int length) {
        clear(slot.data(from, length));
        if (slot.hasOob()) {
            clear(slot.oob(from, length));
        }
    }

    /** Keeps what the {@code length} addresses of a command from {@code from} on have, from a sector on. */
    void keep(CommandSlot slot, int from, int length, int block, int sector) throws IOException {
        if (!payload) {
            return;
        }
        backing.write(slot.data(from, length), layout.dataOffset(block, sector));
        if (geometry.oobBytes() > 0) {
            ByteBuffer oob =
                    slot.hasOob() ? slot.oob(from, length) : slot.scratch().zeroOob(length);
            backing.write(oob, layout.oobOffset(block, sector));
        }
    }

    /** Keeps bytes that no command brought. */
    void keep(int block, int sector, ByteBuffer data, ByteBuffer oob) throws IOException {
        if (!payload) {
            return;
        }
        backing.write(data, layout.dataOffset(block, sector));
        if (geometry.oobBytes() > 0) {
            backing.write(oob, layout.oobOffset(block, sector));
        }
    }

    /** Makes {@code sectors} sectors of a block, from the first one on, zeros. */
    void clear(int block, int sectors) throws IOException {
        if (!payload) {
            return;
        }
        ByteBuffer zeros = ByteBuffer.allocateDirect(CLEARED_AT_ONCE);
        clear(zeros, layout.dataOffset(block, 0), (long) sectors * geometry.sectorBytes());
        clear(zeros, layout.oobOffset(block, 0), (long) sectors * geometry.oobBytes());
    }

    /** A block was erased: gives its space back where that is done. */
    void discard(int block) throws IOException {
        if (!payload || !backing.givesSpaceBack()) {
            return;
        }
        long sectors = geometry.sectorsPerBlock();
        backing.discard(layout.dataOffset(block, 0), sectors * geometry.sectorBytes());
        if (geometry.oobBytes() > 0) {
            backing.discard(layout.oobOffset(block, 0), sectors * geometry.oobBytes());
        }
    }

    private void clear(ByteBuffer zeros, long offset, long bytes) throws IOException {
        for (long done = 0; done < bytes; done += zeros.limit()) {
            zeros.clear().limit((int) Math.min(CLEARED_AT_ONCE, bytes - done));
            backing.write(zeros, offset + done);
        }
    }

    private static void clear(ByteBuffer buffer) {
        while (buffer.remaining() >= Long.BYTES) {
            buffer.putLong(0);
        }
        while (buffer.hasRemaining()) {
            buffer.put((byte) 0);
        }
    }
}
