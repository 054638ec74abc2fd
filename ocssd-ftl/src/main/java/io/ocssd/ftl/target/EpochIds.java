package io.ocssd.ftl.target;

import io.ocssd.ftl.vblock.VblockIds;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Vblock ids: the mount epoch in the upper half, a counter in the lower. The epoch is raised on the label once after each
 * opening of the drive, before the first id is handed out, so no id comes twice whatever was lost. Thread-safe.
 */
final class EpochIds implements VblockIds {
    /** Makes a new epoch durable. */
    @FunctionalInterface
    interface EpochRaiser {
        /**
         * Raises the epoch, unless another task has done so since the drive was opened.
         *
         * @param above the new one is above this
         * @return the epoch of this opening
         */
        int raise(int above) throws IOException;
    }

    private final EpochRaiser raiser;
    private final AtomicInteger counter = new AtomicInteger();
    private final AtomicInteger seenEpoch = new AtomicInteger();
    private volatile int epoch;

    EpochIds(EpochRaiser raiser) {
        this.raiser = raiser;
    }

    @Override
    public long next() throws IOException {
        if (epoch == 0) {
            epoch = raiser.raise(seenEpoch.get());
        }
        return (long) epoch << Integer.SIZE | Integer.toUnsignedLong(counter.incrementAndGet());
    }

    @Override
    public void seen(long id) {
        seenEpoch.accumulateAndGet((int) (id >>> Integer.SIZE), Math::max);
    }
}
