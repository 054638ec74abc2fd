package io.ocssd.lsm.log;

/**
 * Body of the record that every log begins with: the whole manifest. Little endian.
 *
 * <pre>
 *    0  magic               8    "OCSSDKVS"
 *    8  owner               8    hash of the store's name
 *   16  flushed sequence    8    all entries up to it are in tables
 *   24  number of logs      4    those before this one that are still needed
 *   28  number of tables    4
 *   32  name length         2    then the name, UTF-8
 *   then for each log
 *    0  vblock id           8
 *    8  last sequence       8    of the entries in it
 *   then each table ({@link TableMetaLayout})
 * </pre>
 */
final class SnapshotLayout {
    /** "OCSSDKVS" read as a little-endian number. */
    static final long MAGIC = 0x5356_4B44_5353_434FL;

    static final int MAGIC_OFFSET = 0;
    static final int OWNER = MAGIC_OFFSET + 8;
    static final int FLUSHED_SEQUENCE = OWNER + 8;
    static final int LOGS = FLUSHED_SEQUENCE + 8;
    static final int TABLES = LOGS + 4;
    static final int NAME_LENGTH = TABLES + 4;
    /** Bytes before the name. */
    static final int HEADER_BYTES = NAME_LENGTH + 2;

    static final int LOG_ID = 0;
    static final int LOG_LAST_SEQUENCE = LOG_ID + 8;
    /** Bytes for each log. */
    static final int LOG_BYTES = LOG_LAST_SEQUENCE + 8;

    private SnapshotLayout() {}
}
