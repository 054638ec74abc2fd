package io.ocssd.geometry.emulator;

import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;

/**
 * The addresses of a command, taken apart: block and sector of each, the sector of a range possibly beyond what an address can
 * say. Made once, filled again and again.
 */
final class AddressList {
    private final int channels;
    private final int lunsPerChannel;
    private final int blocksPerLun;
    /** The address of sector 0 of the same block, whether it exists or not. */
    private final long[] blockPpas = new long[Limits.MAX_ADDRESSES];

    private final int[] sectors = new int[Limits.MAX_ADDRESSES];
    private final int[] blocks = new int[Limits.MAX_ADDRESSES];
    private final int[] luns = new int[Limits.MAX_ADDRESSES];
    private int count;

    AddressList(Geometry geometry) {
        this.channels = geometry.channels();
        this.lunsPerChannel = geometry.lunsPerChannel();
        this.blocksPerLun = geometry.blocksPerLun();
    }

    void clear() {
        count = 0;
    }

    /** Adds an address; there is room. */
    void add(long ppa) {
        int at = count++;
        long blockPpa = Ppa.blockOf(ppa);
        blockPpas[at] = blockPpa;
        sectors[at] = Ppa.sector(ppa);
        if (at > 0 && blockPpas[at - 1] == blockPpa) {
            blocks[at] = blocks[at - 1];
            luns[at] = luns[at - 1];
        } else {
            find(at, blockPpa);
        }
    }

    /** Adds {@code length} sectors of one block that follow each other; there is room. */
    void addRange(long firstPpa, int length) {
        add(firstPpa);
        int first = count - 1;
        for (int at = count; at < first + length; at++) {
            blockPpas[at] = blockPpas[first];
            sectors[at] = sectors[first] + at - first;
            blocks[at] = blocks[first];
            luns[at] = luns[first];
        }
        count = first + length;
    }

    private void find(int at, long blockPpa) {
        int channel = Ppa.channel(blockPpa);
        int lun = Ppa.lun(blockPpa);
        int block = Ppa.block(blockPpa);
        if (channel < channels && lun < lunsPerChannel && block < blocksPerLun) {
            luns[at] = channel * lunsPerChannel + lun;
            blocks[at] = luns[at] * blocksPerLun + block;
        } else {
            luns[at] = CommandSlot.NO_LUN;
            blocks[at] = BlockRules.NO_BLOCK;
        }
    }

    int count() {
        return count;
    }

    /** Linear number of the block of an address, or {@link BlockRules#NO_BLOCK}. */
    int block(int index) {
        return blocks[index];
    }

    /** Linear number of the LUN of an address, or {@link CommandSlot#NO_LUN}. */
    int lun(int index) {
        return luns[index];
    }

    int sector(int index) {
        return sectors[index];
    }

    /** The address of sector 0 of the block of an address. */
    long blockPpa(int index) {
        return blockPpas[index];
    }

    /** Whether two addresses are of the same block, existing or not. */
    boolean isSameBlock(int index, int other) {
        return blockPpas[index] == blockPpas[other];
    }

    /** First index behind {@code from} whose address is of another block. */
    int endOfRun(int from) {
        long blockPpa = blockPpas[from];
        int to = from + 1;
        while (to < count && blockPpas[to] == blockPpa) {
            to++;
        }
        return to;
    }

    /** First index behind {@code from} whose address does not follow its predecessor in the same block. */
    int endOfAscent(int from) {
        long blockPpa = blockPpas[from];
        int to = from + 1;
        while (to < count && sectors[to] == sectors[to - 1] + 1 && blockPpas[to] == blockPpa) {
            to++;
        }
        return to;
    }
}
