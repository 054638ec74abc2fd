package io.ocssd.geometry.emulator;

import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;

/**
 * The places for active zones and, among them, for open ones.
 *
 * <p>When all places for open zones are taken, the zone that a write opened first and nobody opened by command is parked to
 * open another. So a further zone can be opened unless all open ones were opened by command. Not thread-safe: a zoned drive
 * has one LUN.
 */
final class ZonePlaces implements OpenPlaces {
    private final BlockStates blocks;
    private final int mostOpen;
    private final int mostActive;
    private int active;
    private int explicitlyOpen;
    /** Zones that were opened by a write, the one opened first in front; kept only when open ones are limited. */
    private final int[] openedByWrite;

    private int openedByWriteCount;

    /** Counts the zones that are active now; none of them is open. */
    ZonePlaces(BlockStates blocks, Limits limits) {
        this.blocks = blocks;
        this.mostOpen = limits.maxOpen();
        this.mostActive = limits.maxActive();
        this.openedByWrite = new int[Math.min(mostOpen, blocks.geometry().blocks())];
        for (int block = 0; block < blocks.geometry().blocks(); block++) {
            Condition condition = blocks.condition(block);
            if (condition.isOpen()) {
                throw new IllegalStateException("zone=" + block + " is open");
            }
            if (condition.isActive()) {
                active++;
            }
        }
    }

    @Override
    public int take(int block) {
        boolean isFree = blocks.condition(block) == Condition.FREE;
        if (isFree && mostActive > 0 && active >= mostActive) {
            return NvmeStatus.TOO_MANY_ACTIVE;
        }
        if (mostOpen > 0 && explicitlyOpen >= mostOpen) {
            return NvmeStatus.TOO_MANY_OPEN;
        }
        active += isFree ? 1 : 0;
        return NvmeStatus.SUCCESS;
    }

    @Override
    public void takeAnyway(int block) {
        active++;
    }

    @Override
    public void giveBack(int block) {
        active--;
    }

    @Override
    public int toPark() {
        // A torn program opens a zone that took no place: then there may be none that was opened by a write.
        boolean full = mostOpen > 0 && explicitlyOpen + openedByWriteCount >= mostOpen;
        return full && openedByWriteCount > 0 ? openedByWrite[0] : NONE;
    }

    @Override
    public void moved(int block, Condition before, Condition after) {
        explicitlyOpen += count(after == Condition.EXPLICITLY_OPEN) - count(before == Condition.EXPLICITLY_OPEN);
        if (before.isActive() && !after.isActive()) {
            active--;
        }
        if (mostOpen > 0) {
            if (before == Condition.OPEN) {
                remove(block);
            }
            if (after == Condition.OPEN) {
                openedByWrite[openedByWriteCount++] = block;
            }
        }
    }

    private static int count(boolean is) {
        return is ? 1 : 0;
    }

    private void remove(int block) {
        int at = 0;
        while (openedByWrite[at] != block) {
            at++;
        }
        openedByWriteCount--;
        System.arraycopy(openedByWrite, at + 1, openedByWrite, at, openedByWriteCount - at);
    }
}
