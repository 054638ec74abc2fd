package io.ocssd.geometry.timing;

import com.google.common.primitives.ImmutableLongArray;

/**
 * What the array of a LUN needs for a page, by kind of page, and for a block.
 *
 * @param order which kind each page is
 * @param pageBytes bytes of user data of a page of one plane, at least 1
 * @param readNanos tR by kind of page: array to register
 * @param programNanos tPROG by kind of page; where a word line is programmed at once, one figure for all of it
 * @param eraseNanos tBERS
 */
public record CellTimes(
        PageOrder order,
        int pageBytes,
        ImmutableLongArray readNanos,
        ImmutableLongArray programNanos,
        long eraseNanos) {

    /** Checks that there is a figure for every kind. */
    public CellTimes {
        if (pageBytes < 1) {
            throw new IllegalArgumentException("pageBytes=" + pageBytes);
        }
        int programs = order.pagesPerProgram() > 1 ? 1 : order.kinds();
        if (readNanos.length() != order.kinds() || programNanos.length() != programs) {
            throw new IllegalArgumentException("order=" + order + " has " + order.kinds() + " read and " + programs
                    + " program times, but given are readNanos=" + readNanos + ", programNanos=" + programNanos);
        }
        if (readNanos.stream().anyMatch(t -> t < 0) || programNanos.stream().anyMatch(t -> t < 0) || eraseNanos < 0) {
            throw new IllegalArgumentException(
                    "readNanos=" + readNanos + ", programNanos=" + programNanos + ", eraseNanos=" + eraseNanos);
        }
    }

    /** Times that are the same for all pages. */
    public static CellTimes uniform(int pageBytes, long readNanos, long programNanos, long eraseNanos) {
        return new CellTimes(
                PageOrder.SLC,
                pageBytes,
                ImmutableLongArray.of(readNanos),
                ImmutableLongArray.of(programNanos),
                eraseNanos);
    }
}
