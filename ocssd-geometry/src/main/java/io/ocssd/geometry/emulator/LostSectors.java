package io.ocssd.geometry.emulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;

/**
 * Sectors below a write pointer whose content is lost: reads of them fail until their block is erased.
 *
 * <p>In the image, each block has a stamp and a map. The map is a bit for each sector, least significant first, that is set
 * where the sector is lost; it counts when the stamp is one more than the erase count of the block (a stamp of 0 is that of a
 * block that never lost anything), so that an erase has nothing to write here. The map is written before its stamp.
 *
 * <p>Not thread-safe: what belongs to a block is guarded by whoever guards its LUN.
 */
final class LostSectors {
    private static final int LOADED_AT_ONCE = 4096;

    private final ImageLayout layout;
    private final Backing backing;
    /** By linear block number; null where nothing is lost. */
    private final BitSet[] lost;

    /** Nothing is lost. */
    LostSectors(ImageLayout layout, Backing backing) {
        this.layout = layout;
        this.backing = backing;
        this.lost = new BitSet[layout.geometry().blocks()];
    }

    /** Reads what the image says about blocks in these states. */
    static LostSectors load(ImageLayout layout, Backing backing, BlockStates states) throws IOException {
        LostSectors all = new LostSectors(layout, backing);
        int blocks = layout.geometry().blocks();
        ByteBuffer stamps =
                ByteBuffer.allocateDirect(LOADED_AT_ONCE * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int first = 0; first < blocks; first += LOADED_AT_ONCE) {
            int count = Math.min(LOADED_AT_ONCE, blocks - first);
            stamps.clear().limit(count * Integer.BYTES);
            backing.read(stamps, layout.lossStampOffset(first));
            for (int i = 0; i < count; i++) {
                int stamp = stamps.getInt(i * Integer.BYTES);
                if (stamp != 0 && stamp == stampOf(states.erases(first + i))) {
                    all.lost[first + i] = all.readMap(first + i);
                }
            }
        }
        return all;
    }

    /** Whether a block has lost anything. */
    boolean any(int block) {
        return lost[block] != null;
    }

    boolean isLost(int block, int sector) {
        return lost[block] != null && lost[block].get(sector);
    }

    /**
     * Loses sectors of a block.
     *
     * @param more the sectors; those that were lost before stay so
     * @param erases how often the block was erased
     * @throws IOException when the image could not be written; nothing more is lost then
     */
    void lose(int block, BitSet more, int erases) throws IOException {
        BitSet together = (BitSet) more.clone();
        if (lost[block] != null) {
            together.or(lost[block]);
        }
        byte[] map = new byte[layout.lossMapBytes()];
        byte[] bits = together.toByteArray();
        System.arraycopy(bits, 0, map, 0, bits.length);
        backing.write(ByteBuffer.wrap(map), layout.lossMapOffset(block));
        ByteBuffer stamp = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        backing.write(stamp.putInt(0, stampOf(erases)), layout.lossStampOffset(block));
        lost[block] = together;
    }

    /** A block was erased: it holds nothing that could be lost. */
    void erased(int block) {
        lost[block] = null;
    }

    private BitSet readMap(int block) throws IOException {
        ByteBuffer map = ByteBuffer.allocate(layout.lossMapBytes());
        backing.read(map, layout.lossMapOffset(block));
        return BitSet.valueOf(map.flip());
    }

    private static int stampOf(int erases) {
        return erases + 1;
    }
}
