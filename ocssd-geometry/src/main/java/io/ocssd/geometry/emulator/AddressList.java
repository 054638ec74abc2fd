package io.ocssd.geometry.emulator;

import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;

/**
 * The addresses of a command, taken apart: block and sector of each, the sector of a range possibly beyond what an address can
 * say. Made once, filled again and again.
 *
 * <p>As long as every address follows its predecessor in the same block, as in most commands, only the first one is kept;
 * then a command of 64 sectors costs hardly more than one of a single sector. The first address for which that does not hold
 * spreads the list.
 */
class AddressList extends Padding {
    private final int channels;
    private final int lunsPerChannel;
    private final int blocksPerLun;
    private int count;
    /** Whether each address follows its predecessor in the same block; what is below this line then says it all. */
    private boolean isAscent = true;

    private long firstBlockPpa;
    private int firstSector;
    private int firstBlock;
    private int firstLun;

    // The spread list. The address of sector 0 of the same block, whether it exists or not:
    private final long[] blockPpas = new long[Limits.MAX_ADDRESSES];
    private final int[] sectors = new int[Limits.MAX_ADDRESSES];
    private final int[] blocks = new int[Limits.MAX_ADDRESSES];
    private final int[] luns = new int[Limits.MAX_ADDRESSES];
    /** Where the first address of an ascent is: the index behind its last; 0 elsewhere. */
    private final int[] ends = new int[Limits.MAX_ADDRESSES];

    private int lastFirst;

    /** An empty list. */
    static AddressList of(Geometry geometry) {
        return new Padded(geometry);
    }

    private AddressList(Geometry geometry) {
        this.channels = geometry.channels();
        this.lunsPerChannel = geometry.lunsPerChannel();
        this.blocksPerLun = geometry.blocksPerLun();
    }

    void clear() {
        count = 0;
        isAscent = true;
    }

    /** Begins anew with {@code length} sectors of one block that follow each other; returns its {@link #lun}. */
    int set(long firstPpa, int length) {
        count = length;
        isAscent = true;
        firstBlockPpa = Ppa.blockOf(firstPpa);
        firstSector = Ppa.sector(firstPpa);
        int lun = lunOf(firstPpa);
        firstLun = lun;
        firstBlock = lun == CommandSlot.NO_LUN ? BlockRules.NO_BLOCK : lun * blocksPerLun + Ppa.block(firstPpa);
        return lun;
    }

    /** Adds an address; there is room. */
    void add(long ppa) {
        if (count == 0) {
            set(ppa, 1);
            return;
        }
        long blockPpa = Ppa.blockOf(ppa);
        int sector = Ppa.sector(ppa);
        if (isAscent) {
            if (blockPpa == firstBlockPpa && sector == firstSector + count) {
                count++;
                return;
            }
            spread();
        }
        int at = count++;
        blockPpas[at] = blockPpa;
        sectors[at] = sector;
        ends[at] = 0;
        if (blockPpas[at - 1] == blockPpa) {
            blocks[at] = blocks[at - 1];
            luns[at] = luns[at - 1];
            if (sector != sectors[at - 1] + 1) {
                lastFirst = at;
            }
        } else {
            lastFirst = at;
            int lun = lunOf(ppa);
            luns[at] = lun;
            blocks[at] = lun == CommandSlot.NO_LUN ? BlockRules.NO_BLOCK : lun * blocksPerLun + Ppa.block(ppa);
        }
        ends[lastFirst] = count;
    }

    private void spread() {
        isAscent = false;
        for (int at = 0; at < count; at++) {
            blockPpas[at] = firstBlockPpa;
            sectors[at] = firstSector + at;
            blocks[at] = firstBlock;
            luns[at] = firstLun;
            ends[at] = 0;
        }
        lastFirst = 0;
        ends[0] = count;
    }

    /** Linear number of the LUN of an address whose block exists. */
    private int lunOf(long ppa) {
        int channel = Ppa.channel(ppa);
        int lun = Ppa.lun(ppa);
        return channel < channels && lun < lunsPerChannel && Ppa.block(ppa) < blocksPerLun
                ? channel * lunsPerChannel + lun
                : CommandSlot.NO_LUN;
    }

    int count() {
        return count;
    }

    /** Whether each address follows its predecessor in the same block. */
    boolean isAscent() {
        return isAscent;
    }

    /** Linear number of the block of an address, or {@link BlockRules#NO_BLOCK}. */
    int block(int index) {
        return isAscent ? firstBlock : blocks[index];
    }

    /** Linear number of the LUN of an address, or {@link CommandSlot#NO_LUN}. */
    int lun(int index) {
        return isAscent ? firstLun : luns[index];
    }

    int sector(int index) {
        return isAscent ? firstSector + index : sectors[index];
    }

    /** The address of sector 0 of the block of an address. */
    long blockPpa(int index) {
        return isAscent ? firstBlockPpa : blockPpas[index];
    }

    /** Whether two addresses are of the same block, existing or not. */
    boolean isSameBlock(int index, int other) {
        return isAscent || blockPpas[index] == blockPpas[other];
    }

    /** First index behind {@code from} whose address is of another block. */
    int endOfRun(int from) {
        if (isAscent) {
            return count;
        }
        long blockPpa = blockPpas[from];
        int to = endOfAscent(from);
        while (to < count && blockPpas[to] == blockPpa) {
            to = endOfAscent(to);
        }
        return to;
    }

    /** First index behind {@code from} whose address does not follow its predecessor in the same block. */
    int endOfAscent(int from) {
        if (isAscent) {
            return count;
        }
        if (ends[from] != 0) {
            return ends[from];
        }
        long blockPpa = blockPpas[from];
        int to = from + 1;
        while (to < count && sectors[to] == sectors[to - 1] + 1 && blockPpas[to] == blockPpa) {
            to++;
        }
        return to;
    }

    /** One with room behind its fields, too; see {@link Padding}. */
    @SuppressWarnings("UnusedVariable")
    private static final class Padded extends AddressList {
        long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

        Padded(Geometry geometry) {
            super(geometry);
        }
    }
}
