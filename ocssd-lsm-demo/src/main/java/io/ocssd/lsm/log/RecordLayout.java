package io.ocssd.lsm.log;

/**
 * A record of a log. Little endian. Records follow each other without a gap, and none crosses the end of its log.
 *
 * <pre>
 *   0             4             8                    16     17     18        20
 *   +-------------+-------------+--------------------+------+------+---------+------ ... --+
 *   | body length | CRC32C from | id of the vblock   | kind | ver- | zero    | body        |
 *   |             | 8 to end    | it is written to   |      | sion |         |             |
 *   +-------------+-------------+--------------------+------+------+---------+------ ... --+
 * </pre>
 *
 * Kinds: 1 snapshot of the manifest ({@link SnapshotLayout}), 2 edit of it ({@link EditLayout}), 3 puts and deletes
 * ({@link BatchLayout}).
 */
final class RecordLayout {
    /** Version of this layout and of all bodies. */
    static final int CURRENT_VERSION = 1;

    /** Bytes of the body, 4 bytes. */
    static final int LENGTH = 0;
    /** CRC32C from {@link #VBLOCK_ID} to the end of the body, 4 bytes. */
    static final int CRC = LENGTH + 4;
    /** Id of the vblock, 8 bytes: a record of a former life of the blocks is none of this log. */
    static final int VBLOCK_ID = CRC + 4;
    /** Kind, 1 byte. */
    static final int KIND = VBLOCK_ID + 8;
    /** Version, 1 byte. */
    static final int VERSION = KIND + 1;
    /** Zero, 2 bytes. */
    static final int ZERO = VERSION + 1;
    /** Bytes before the body. */
    static final int HEADER_BYTES = ZERO + 2;

    static final int SNAPSHOT = 1;
    static final int EDIT = 2;
    static final int BATCH = 3;

    private RecordLayout() {}
}
