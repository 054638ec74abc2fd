package io.ocssd.geometry.decorator.faults;

/**
 * Numbers from one to another, written as {@code 5}, {@code 3-7}, {@code 3-*} (3 and above) or {@code *} (all).
 *
 * @param first the smallest
 * @param last the largest, {@link #NO_END} when there is none
 */
record NumberRange(long first, long last) {
    static final long NO_END = Long.MAX_VALUE;
    static final String POSSIBLE = "a number, a range such as 3-7 or 3-*, or *";

    private static final String ALL = "*";

    NumberRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("first=" + first + ", last=" + last);
        }
    }

    static NumberRange of(long number) {
        return new NumberRange(number, number);
    }

    /** All numbers from {@code first} on. */
    static NumberRange from(long first) {
        return new NumberRange(first, NO_END);
    }

    /**
     * Reads a range.
     *
     * @param least number that {@code *} begins with, and that none may be below
     * @throws IllegalArgumentException when it is none; the message says nothing of use
     */
    static NumberRange parse(String text, long least) {
        if (text.equals(ALL)) {
            return from(least);
        }
        int dash = text.indexOf('-');
        String first = dash < 0 ? text : text.substring(0, dash);
        String last = dash < 0 ? text : text.substring(dash + 1);
        NumberRange range = new NumberRange(Long.parseLong(first), last.equals(ALL) ? NO_END : Long.parseLong(last));
        if (range.first < least) {
            throw new IllegalArgumentException("first=" + range.first + ", least=" + least);
        }
        return range;
    }

    boolean contains(long number) {
        return first <= number && number <= last;
    }

    /** Whether it has every number from {@code least} on. */
    boolean isAll(long least) {
        return first <= least && last == NO_END;
    }

    /** Whether it has a number in {@code from} to {@code to}, exclusive. */
    boolean meets(long from, long to) {
        return first < to && from <= last;
    }

    @Override
    public String toString() {
        if (first == last) {
            return Long.toString(first);
        }
        return first + "-" + (last == NO_END ? ALL : Long.toString(last));
    }
}
