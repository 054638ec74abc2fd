package io.ocssd.ftl.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Units that keep a number for each page, insist on the rules of flash, and fail before anything has changed. */
final class StrictUnits implements UnitStore {
    private static final int FREE = -1;
    private static final int SEALED = -2;

    private final int pages;
    private final boolean separate;
    private final boolean[] forMoved;
    private final long[] owners;
    private final long[] contents;
    /** Pages written to an open unit. */
    private final int[] fills;

    private final long[] erases;
    private SplittableRandom failing;
    private long sequence;
    long moves;

    /**
     * All erased.
     *
     * @param separate whether moved pages and others never meet in a unit
     */
    StrictUnits(int units, int pages, boolean separate) {
        this.pages = pages;
        this.separate = separate;
        this.forMoved = new boolean[units];
        this.owners = new long[units * pages];
        this.contents = new long[units * pages];
        this.fills = new int[units];
        this.erases = new long[units];
        Arrays.fill(fills, FREE);
    }

    void failSometimes(SplittableRandom random) {
        failing = random;
    }

    @Override
    public void open(int unit, boolean relocated) {
        assertThat(fills[unit]).isEqualTo(FREE);
        fills[unit] = 0;
        forMoved[unit] = relocated;
    }

    @Override
    public void append(int unit, int index, long page, ByteBuffer content) throws FailedOnPurpose {
        assertThat(separate && forMoved[unit]).isFalse();
        put(unit, index, page, content.getLong(0));
    }

    @Override
    public void move(int fromUnit, int fromIndex, int unit, int index, long page) throws FailedOnPurpose {
        assertThat(fills[fromUnit]).isEqualTo(SEALED);
        assertThat(owner(fromUnit, fromIndex)).isEqualTo(page);
        assertThat(separate && !forMoved[unit]).isFalse();
        put(unit, index, page, content(fromUnit, fromIndex));
        moves++;
    }

    @Override
    public int room(int unit) {
        return pages - fills[unit];
    }

    @Override
    public int sync(int unit) {
        return 0;
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
        return erases[unit];
    }

    @Override
    public void seal(int unit) {
        assertThat(fills[unit]).isEqualTo(pages);
        fills[unit] = SEALED;
    }

    @Override
    public long owner(int unit, int index) {
        assertThat(fills[unit]).isNotEqualTo(FREE);
        return owners[unit * pages + index];
    }

    long content(int unit, int index) {
        return contents[unit * pages + index];
    }

    @Override
    public long erase(int unit) throws FailedOnPurpose {
        assertThat(fills[unit]).isEqualTo(SEALED);
        maybeFail();
        fills[unit] = FREE;
        Arrays.fill(owners, unit * pages, (unit + 1) * pages, -1);
        return ++erases[unit];
    }

    private void put(int unit, int index, long page, long content) throws FailedOnPurpose {
        assertThat(fills[unit]).isEqualTo(index);
        maybeFail();
        sequence++;
        fills[unit]++;
        owners[unit * pages + index] = page;
        contents[unit * pages + index] = content;
    }

    private void maybeFail() throws FailedOnPurpose {
        if (failing != null && failing.nextInt(4) == 0) {
            throw new FailedOnPurpose();
        }
    }
}
