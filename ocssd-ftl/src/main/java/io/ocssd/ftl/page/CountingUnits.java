package io.ocssd.ftl.page;

import java.nio.ByteBuffer;

/** Units that keep the logical page of each place and nothing else. Belongs to one task at a time. */
final class CountingUnits implements UnitStore {
    private final int pagesPerUnit;
    private final int[] owners;
    private final long[] eraseCounts;
    private long erases;
    private long sequence;

    CountingUnits(int units, int pagesPerUnit) {
        this.pagesPerUnit = pagesPerUnit;
        this.owners = new int[Math.multiplyExact(units, pagesPerUnit)];
        this.eraseCounts = new long[units];
    }

    @Override
    public void open(int unit, boolean relocated) {
        // There is nothing to be prepared.
    }

    @Override
    public void append(int unit, int index, long page, ByteBuffer content) {
        owners[unit * pagesPerUnit + index] = (int) page;
        sequence++;
    }

    @Override
    public void move(int fromUnit, int fromIndex, int unit, int index, long page) {
        owners[unit * pagesPerUnit + index] = (int) page;
        sequence++;
    }

    @Override
    public int room(int unit) {
        return pagesPerUnit;
    }

    @Override
    public int sync(int unit) {
        return 0;
    }

    @Override
    public void seal(int unit) {
        // There is nothing to be closed.
    }

    @Override
    public long owner(int unit, int index) {
        return owners[unit * pagesPerUnit + index];
    }

    @Override
    public void trimmed(long page) {
        sequence++;
    }

    @Override
    public void keepTrims(int unit, PageMap map) {
        // None is remembered.
    }

    @Override
    public int pendingTrims() {
        return 0;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public long durableBefore() {
        return sequence;
    }

    @Override
    public long eraseCount(int unit) {
        return eraseCounts[unit];
    }

    @Override
    public long erase(int unit) {
        erases++;
        return ++eraseCounts[unit];
    }

    long erases() {
        return erases;
    }

    double meanErases() {
        return (double) erases / eraseCounts.length;
    }

    /** Standard deviation by mean; 0 when nothing was erased. */
    double eraseCountCov() {
        double mean = meanErases();
        double squares = 0;
        for (long each : eraseCounts) {
            squares += (each - mean) * (each - mean);
        }
        return erases == 0 ? 0 : Math.sqrt(squares / eraseCounts.length) / mean;
    }
}
