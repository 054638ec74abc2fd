package io.ocssd.geometry.emulator;

import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The places for open chunks, of the whole drive and of each LUN. A block that is written anywhere needs none, since it could
 * never free it.
 *
 * <p>Thread-safe for commands that touch different LUNs.
 */
final class ChunkPlaces implements OpenPlaces {
    private final BlockStates blocks;
    private final int most;
    private final int mostPerLun;
    private final AtomicInteger taken = new AtomicInteger();
    private final int[] takenOfLun;

    /** Counts the blocks that are open now, even when they are more than the limits allow. */
    ChunkPlaces(BlockStates blocks, Limits limits) {
        this.blocks = blocks;
        this.most = limits.maxOpen();
        this.mostPerLun = limits.maxOpenPerLun();
        this.takenOfLun = new int[blocks.geometry().luns()];
        for (int block = 0; block < blocks.geometry().blocks(); block++) {
            if (blocks.condition(block) == Condition.OPEN && !blocks.isRandom(block)) {
                taken.incrementAndGet();
                takenOfLun[blocks.lun(block)]++;
            }
        }
    }

    @Override
    public int take(int block) {
        int lun = blocks.lun(block);
        if (mostPerLun > 0 && takenOfLun[lun] >= mostPerLun) {
            return NvmeStatus.WRITE_FAULT;
        }
        if (taken.incrementAndGet() > most && most > 0) {
            taken.decrementAndGet();
            return NvmeStatus.WRITE_FAULT;
        }
        takenOfLun[lun]++;
        return NvmeStatus.SUCCESS;
    }

    @Override
    public void takeAnyway(int block) {
        taken.incrementAndGet();
        takenOfLun[blocks.lun(block)]++;
    }

    @Override
    public void giveBack(int block) {
        taken.decrementAndGet();
        takenOfLun[blocks.lun(block)]--;
    }

    @Override
    public int toPark() {
        return NONE;
    }

    @Override
    public void moved(int block, Condition before, Condition after) {
        if (before == Condition.OPEN && !blocks.isRandom(block)) {
            giveBack(block);
        }
    }
}
