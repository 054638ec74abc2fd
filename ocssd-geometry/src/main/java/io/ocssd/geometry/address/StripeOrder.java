package io.ocssd.geometry.address;

import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;

/**
 * The order in which data is striped over LUNs: a run of sectors on LUN 0 of channel 0, then one on LUN 0 of the next
 * channel, so that all channels are busy before any LUN is asked twice; after the last channel the next LUN, after the last
 * LUN the next run of the block, after the last run the next block.
 *
 * <pre>
 *   runs of 4 sectors, 2 channels of 2 LUNs, blocks of 10 sectors; numbers are places in the order
 *
 *              ch 0 lun 0   ch 1 lun 0   ch 0 lun 1   ch 1 lun 1
 *   sec 0-3       0..3         4..7        8..11       12..15
 *   sec 4-7     16..19       20..23       24..27       28..31
 *   sec 8-9     32, 33       34, 35       36, 37       38, 39
 *   next block  40..43       ...
 * </pre>
 *
 * <p>A run is what is programmed at once, usually {@code wsOpt} sectors; where the sectors of a block are no multiple of
 * it, its last run is shorter. Blocks that are bad are in the order like all others.
 *
 * <p>An order covers all of a device, or ranges of its channels, LUNs and blocks. Immutable; cursors are not.
 */
public final class StripeOrder {
    private final Geometry geometry;
    private final int runSectors;
    private final Span channels;
    private final Span luns;
    private final Span blocks;

    /** A range of numbers. */
    record Span(int first, int count) {
        int end() {
            return first + count;
        }

        boolean has(int number) {
            return number >= first && number < end();
        }
    }

    /**
     * Over a whole device.
     *
     * @param runSectors sectors of a run, 1 to those of a block
     * @throws IllegalArgumentException when it is anything else
     */
    public StripeOrder(Geometry geometry, int runSectors) {
        this(
                geometry,
                checkRun(runSectors, geometry),
                new Span(0, geometry.channels()),
                new Span(0, geometry.lunsPerChannel()),
                new Span(0, geometry.blocksPerLun()));
    }

    private StripeOrder(Geometry geometry, int runSectors, Span channels, Span luns, Span blocks) {
        this.geometry = geometry;
        this.runSectors = runSectors;
        this.channels = channels;
        this.luns = luns;
        this.blocks = blocks;
    }

    private static int checkRun(int runSectors, Geometry geometry) {
        if (runSectors < 1 || runSectors > geometry.sectorsPerBlock()) {
            throw new IllegalArgumentException(
                    "runSectors=" + runSectors + " is not in 1.." + geometry.sectorsPerBlock());
        }
        return runSectors;
    }

    /**
     * The same over some channels only.
     *
     * @param begin the first
     * @param end the one after the last
     * @throws IllegalArgumentException when there is no such range, or it is empty
     */
    public StripeOrder channels(int begin, int end) {
        Span some = span("channels", begin, end, geometry.channels());
        return new StripeOrder(geometry, runSectors, some, luns, blocks);
    }

    /**
     * The same over some LUNs of each channel only.
     *
     * @param begin the first
     * @param end the one after the last
     * @throws IllegalArgumentException when there is no such range, or it is empty
     */
    public StripeOrder luns(int begin, int end) {
        Span some = span("luns", begin, end, geometry.lunsPerChannel());
        return new StripeOrder(geometry, runSectors, channels, some, blocks);
    }

    /**
     * The same over some blocks of each LUN only.
     *
     * @param begin the first
     * @param end the one after the last
     * @throws IllegalArgumentException when there is no such range, or it is empty
     */
    public StripeOrder blocks(int begin, int end) {
        Span some = span("blocks", begin, end, geometry.blocksPerLun());
        return new StripeOrder(geometry, runSectors, channels, luns, some);
    }

    private static Span span(String name, int begin, int end, int count) {
        if (begin < 0 || begin >= end || end > count) {
            throw new IllegalArgumentException(
                    name + ": begin=" + begin + ", end=" + end + " is no range inside 0.." + count);
        }
        return new Span(begin, end - begin);
    }

    /** The geometry of the addresses. */
    public Geometry geometry() {
        return geometry;
    }

    /** Sectors of a run that is not the last of its block. */
    public int runSectors() {
        return runSectors;
    }

    /** How many sectors the order has. */
    public long size() {
        return stripeSectors() * blocks.count();
    }

    /** Sectors of one block of every LUN. */
    private long stripeSectors() {
        return (long) width() * geometry.sectorsPerBlock();
    }

    /** LUNs that the order covers. */
    private int width() {
        return channels.count() * luns.count();
    }

    /** Sectors of the run that this sector of a block belongs to. */
    int runSectorsAt(int sector) {
        return Math.min(runSectors, geometry.sectorsPerBlock() - sector / runSectors * runSectors);
    }

    /**
     * The sector at a place of the order, packed as {@link Ppa} says. It divides: to go through the order use a cursor.
     *
     * @param place 0 to {@link #size} - 1
     * @throws IllegalArgumentException when there is no such place
     */
    public long ppaAt(long place) {
        if (place < 0 || place >= size()) {
            throw new IllegalArgumentException("place=" + place + " is not in 0.." + (size() - 1));
        }
        int block = (int) (place / stripeSectors());
        long inStripe = place % stripeSectors();
        long rowSectors = (long) runSectors * width();
        int row = (int) (inStripe / rowSectors);
        int run = runSectorsAt(row * runSectors);
        long inRow = inStripe - row * rowSectors;
        int column = (int) (inRow / run);
        return Ppa.of(
                channels.first() + column % channels.count(),
                luns.first() + column / channels.count(),
                blocks.first() + block,
                row * runSectors + (int) (inRow % run));
    }

    /**
     * The place of a sector in the order.
     *
     * @param ppa packed as {@link Ppa} says
     * @return its place, or -1 when the order does not cover it
     */
    public long placeOf(long ppa) {
        int channel = Ppa.channel(ppa);
        int lun = Ppa.lun(ppa);
        int block = Ppa.block(ppa);
        int sector = Ppa.sector(ppa);
        if (!channels.has(channel) || !luns.has(lun) || !blocks.has(block) || sector >= geometry.sectorsPerBlock()) {
            return -1;
        }
        int inRun = sector % runSectors;
        long column = (long) (lun - luns.first()) * channels.count() + channel - channels.first();
        return (block - blocks.first()) * stripeSectors()
                + (long) (sector - inRun) * width()
                + column * runSectorsAt(sector)
                + inRun;
    }

    /** A cursor before the first sector. */
    public StripeCursor cursor() {
        return new StripeCursor(this);
    }

    Span channels() {
        return channels;
    }

    Span luns() {
        return luns;
    }

    Span blocks() {
        return blocks;
    }
}
