package io.ocssd.device;

import java.util.ArrayList;
import java.util.List;

/**
 * The shape of a device.
 *
 * @param channels channels, 1 to 256
 * @param lunsPerChannel LUNs of each channel, 1 to 256
 * @param blocksPerLun blocks of each LUN, 1 to 2^24
 * @param sectorsPerBlock sectors of each block, 1 to 2^24
 * @param sectorBytes bytes of user data of a sector, a power of two from 512 to 65536
 * @param oobBytes out-of-band bytes of a sector, 0 to 64
 */
public record Geometry(
        int channels, int lunsPerChannel, int blocksPerLun, int sectorsPerBlock, int sectorBytes, int oobBytes) {

    /** Checks every field. */
    public Geometry {
        check("channels", channels, Ppa.MAX_CHANNELS);
        check("lunsPerChannel", lunsPerChannel, Ppa.MAX_CHANNELS);
        check("blocksPerLun", blocksPerLun, Ppa.MAX_BLOCKS);
        check("sectorsPerBlock", sectorsPerBlock, Ppa.MAX_BLOCKS);
        if (Integer.bitCount(sectorBytes) != 1 || sectorBytes < 512 || sectorBytes > 65536) {
            throw new IllegalArgumentException(
                    "sectorBytes=" + sectorBytes + " is not a power of two from 512 to 65536");
        }
        if (oobBytes < 0 || oobBytes > 64) {
            throw new IllegalArgumentException("oobBytes=" + oobBytes + " is not in 0..64");
        }
        if ((long) channels * lunsPerChannel * blocksPerLun > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("more than 2^31 - 1 blocks: channels=" + channels + ", lunsPerChannel="
                    + lunsPerChannel + ", blocksPerLun=" + blocksPerLun);
        }
    }

    /** LUNs of the whole device. */
    public int luns() {
        return channels * lunsPerChannel;
    }

    /** Blocks of the whole device. */
    public int blocks() {
        return luns() * blocksPerLun;
    }

    /** Bytes of user data of a block. */
    public long blockBytes() {
        return (long) sectorsPerBlock * sectorBytes;
    }

    /** Bytes of user data of the whole device, bad blocks included. */
    public long capacityBytes() {
        return blocks() * blockBytes();
    }

    /** Linear number of an address's LUN: channel x lunsPerChannel + LUN. */
    public int lunIndex(long ppa) {
        return Ppa.channel(ppa) * lunsPerChannel + Ppa.lun(ppa);
    }

    /** Linear number of an address's block, in the order of the block report: channel, LUN, block. */
    public int blockIndex(long ppa) {
        return lunIndex(ppa) * blocksPerLun + Ppa.block(ppa);
    }

    /** The address of sector 0 of block {@code block} of LUN number {@code lunIndex}. */
    public long blockPpa(int lunIndex, int block) {
        return Ppa.of(lunIndex / lunsPerChannel, lunIndex % lunsPerChannel, block, 0);
    }

    /** The address of sector 0 of the block with this linear number. */
    public long blockPpa(int blockIndex) {
        return blockPpa(blockIndex / blocksPerLun, blockIndex % blocksPerLun);
    }

    /** Whether every field of the address is inside this geometry. */
    public boolean contains(long ppa) {
        return Ppa.channel(ppa) < channels
                && Ppa.lun(ppa) < lunsPerChannel
                && Ppa.block(ppa) < blocksPerLun
                && Ppa.sector(ppa) < sectorsPerBlock;
    }

    /**
     * Checks an address and names each field that is out of bounds.
     *
     * @throws IllegalArgumentException when one is
     */
    public void checkAddress(long ppa) {
        if (contains(ppa)) {
            return;
        }
        List<String> wrong = new ArrayList<>();
        addIfOutside(wrong, "channel", Ppa.channel(ppa), channels);
        addIfOutside(wrong, "lun", Ppa.lun(ppa), lunsPerChannel);
        addIfOutside(wrong, "block", Ppa.block(ppa), blocksPerLun);
        addIfOutside(wrong, "sector", Ppa.sector(ppa), sectorsPerBlock);
        throw new IllegalArgumentException(
                "address " + Ppa.toString(ppa) + " is outside the geometry: " + String.join(", ", wrong));
    }

    private static void addIfOutside(List<String> wrong, String name, int value, int count) {
        if (value >= count) {
            wrong.add(name + "=" + value + " is not in 0.." + (count - 1));
        }
    }

    private static void check(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + "=" + value + " is not in 1.." + most);
        }
    }
}
