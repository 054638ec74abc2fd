package io.ocssd.lsm.log;

/**
 * Body of a record that changes the manifest; all of it happens or nothing. Little endian.
 *
 * <pre>
 *    0  flushed sequence    8    all entries up to it are in tables from now on
 *    8  number removed      4
 *   12  number upserted     4
 *   16  vblock ids of removed tables, 8 each
 *   then each table that is new or changed ({@link TableMetaLayout})
 * </pre>
 */
final class EditLayout {
    static final int FLUSHED_SEQUENCE = 0;
    static final int REMOVED = FLUSHED_SEQUENCE + 8;
    static final int UPSERTED = REMOVED + 4;
    /** Bytes before the ids. */
    static final int HEADER_BYTES = UPSERTED + 4;

    private EditLayout() {}
}
