package io.ocssd.ftl.journal;

/**
 * Where a vblock ends that recovery sealed.
 *
 * @param endSector sectors of its stream that count, at least 0
 * @param lengthBytes payload in them, in bytes, at least 0
 * @param moves how often the vblock had gone on in another block, at least 0: where fewer such blocks are found, it is not whole
 */
public record SealedEnd(long endSector, long lengthBytes, int moves) {
    /** Checks them. */
    public SealedEnd {
        if (endSector < 0 || lengthBytes < 0 || moves < 0) {
            throw new IllegalArgumentException(
                    "endSector=" + endSector + ", lengthBytes=" + lengthBytes + ", moves=" + moves);
        }
    }
}
