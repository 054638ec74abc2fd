package io.ocssd.geometry.address;

import io.ocssd.device.Ppa;
import java.util.Objects;

/**
 * Goes through the sectors of a {@link StripeOrder} one by one, run by run, or many at once, without a division and without
 * allocating.
 *
 * <p>It begins before the first sector:
 *
 * <pre>{@code
 * StripeCursor cursor = new StripeOrder(geometry, limits.wsOpt()).cursor();
 * while (cursor.next()) {
 *     use(cursor.ppa());
 * }
 * }</pre>
 *
 * <p>One task at a time.
 */
public final class StripeCursor {
    private static final long CHANNEL_STEP = Ppa.of(1, 0, 0, 0);
    private static final long LUN_STEP = Ppa.of(0, 1, 0, 0);
    private static final long BLOCK_STEP = Ppa.of(0, 0, 1, 0);

    private final StripeOrder order;
    /** From the last channel to the first, and from the last LUN. */
    private final long channelsBack;

    private final long lunsBack;

    /** Sector 0 of the block under the cursor. */
    private long blockPpa;

    private int channelsLeft;
    private int lunsLeft;
    private int runStart;
    private int runEnd;
    /** Before the first of its run: {@code runStart - 1}. */
    private int sector;

    private boolean atEnd;

    StripeCursor(StripeOrder order) {
        this.order = order;
        this.channelsBack = Ppa.of(order.channels().count() - 1, 0, 0, 0);
        this.lunsBack = Ppa.of(0, order.luns().count() - 1, 0, 0);
        rewind();
    }

    /** Back before the first sector. */
    public void rewind() {
        moveTo(Ppa.of(
                order.channels().first(), order.luns().first(), order.blocks().first(), 0));
    }

    /**
     * Goes right before a place, so that {@link #next} arrives there. It divides.
     *
     * @param place 0 to the size of the order, which is its end
     * @throws IllegalArgumentException when there is no such place
     */
    public void seek(long place) {
        if (place == order.size()) {
            atEnd = true;
        } else {
            moveTo(order.ppaAt(place));
        }
    }

    private void moveTo(long ppa) {
        blockPpa = Ppa.blockOf(ppa);
        channelsLeft = order.channels().end() - 1 - Ppa.channel(ppa);
        lunsLeft = order.luns().end() - 1 - Ppa.lun(ppa);
        runStart = Ppa.sector(ppa) / order.runSectors() * order.runSectors();
        runEnd = runStart + order.runSectorsAt(runStart);
        sector = Ppa.sector(ppa) - 1;
        atEnd = false;
    }

    /** Goes to the next sector; false when there is none. */
    public boolean next() {
        if (atEnd) {
            return false;
        }
        sector++;
        return sector < runEnd || enterNextRun();
    }

    /**
     * Goes to the first sector of the next run; false when there is none. From before the first sector of a run it goes
     * there.
     */
    public boolean nextRun() {
        if (atEnd) {
            return false;
        }
        if (sector < runStart) {
            sector = runStart;
            return true;
        }
        return enterNextRun();
    }

    private boolean enterNextRun() {
        if (channelsLeft > 0) {
            channelsLeft--;
            blockPpa += CHANNEL_STEP;
        } else {
            blockPpa -= channelsBack;
            channelsLeft = order.channels().count() - 1;
            if (lunsLeft > 0) {
                lunsLeft--;
                blockPpa += LUN_STEP;
            } else {
                blockPpa -= lunsBack;
                lunsLeft = order.luns().count() - 1;
                if (!enterNextRow()) {
                    atEnd = true;
                    return false;
                }
            }
        }
        sector = runStart;
        return true;
    }

    private boolean enterNextRow() {
        if (runEnd < order.geometry().sectorsPerBlock()) {
            runStart = runEnd;
        } else if (Ppa.block(blockPpa) + 1 < order.blocks().end()) {
            blockPpa += BLOCK_STEP;
            runStart = 0;
        } else {
            return false;
        }
        runEnd = runStart + order.runSectorsAt(runStart);
        return true;
    }

    /**
     * The sector under the cursor, packed as {@link Ppa} says; meaningless before the first {@link #next} and after one that
     * was false.
     */
    public long ppa() {
        return blockPpa | sector;
    }

    /** Sectors from the one under the cursor to the end of its run. */
    public int leftInRun() {
        return runEnd - sector;
    }

    /**
     * Takes the next sectors into an array, for a vector command or several; the cursor ends on the last one taken.
     *
     * @param begin index of the first
     * @param end index after the last
     * @return how many were taken: all, or what was left
     * @throws IndexOutOfBoundsException when the range is not inside the array
     */
    public int take(long[] addresses, int begin, int end) {
        Objects.checkFromToIndex(begin, end, addresses.length);
        int index = begin;
        while (index < end && next()) {
            addresses[index] = ppa();
            index++;
        }
        return index - begin;
    }
}
