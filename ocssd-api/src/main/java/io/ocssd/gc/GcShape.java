package io.ocssd.gc;

/**
 * What a policy is made for.
 *
 * @param units there are, numbered from 0
 * @param pagesPerUnit pages that each of them holds; at least 1
 * @param seed for whatever is left to chance
 */
public record GcShape(int units, int pagesPerUnit, long seed) {
    /** Checks the numbers. */
    public GcShape {
        if (units < 1 || pagesPerUnit < 1) {
            throw new IllegalArgumentException("units=" + units + ", pagesPerUnit=" + pagesPerUnit);
        }
    }
}
