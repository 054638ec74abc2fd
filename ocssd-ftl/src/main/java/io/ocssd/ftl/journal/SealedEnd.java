package io.ocssd.ftl.journal;

/**
 * Where a vblock ends that recovery sealed.
 *
 * @param endSector sectors of its stream that count, at least 0
 * @param lengthBytes payload in them, in bytes, at least 0
 */
public record SealedEnd(long endSector, long lengthBytes) {
    /** Checks both. */
    public SealedEnd {
        if (endSector < 0 || lengthBytes < 0) {
            throw new IllegalArgumentException("endSector=" + endSector + ", lengthBytes=" + lengthBytes);
        }
    }
}
