package io.ocssd.geometry.emulator;

import java.nio.ByteBuffer;

/**
 * One record of the journal, as it was read. {@link JournalLayout} says where each field is.
 *
 * @param number its place in its epoch, counted from 1
 * @param previous number of the record before it of the same block, 0 for none
 * @param durable records of the epoch that were durable when it was made
 * @param block linear number
 * @param first first sector that was programmed
 * @param sectors how many were programmed, 0 for none
 * @param oobSectors how many of them had OOB written, 0 for none
 * @param state the state record of the block from then on
 */
record JournalRecord(
        int number,
        int previous,
        int durable,
        int block,
        int first,
        int sectors,
        int dataChecksum,
        int oobSectors,
        int oobChecksum,
        ByteBuffer state) {

    /**
     * Reads a record.
     *
     * @param records little endian
     * @param index which of them, counted from 0
     * @param number what its number must be
     * @return null when there is no whole record of this epoch
     */
    static JournalRecord read(ByteBuffer records, int index, int number, long epoch) {
        int at = index * JournalLayout.RECORD_BYTES;
        boolean mine = records.getLong(at + JournalLayout.EPOCH_OFFSET) == epoch
                && records.getInt(at + JournalLayout.NUMBER_OFFSET) == number;
        if (!mine || records.getInt(at + JournalLayout.CHECKSUM_OFFSET) != checksum(records, at)) {
            return null;
        }
        return new JournalRecord(
                number,
                records.getInt(at + JournalLayout.PREVIOUS_OFFSET),
                records.getInt(at + JournalLayout.DURABLE_OFFSET),
                records.getInt(at + JournalLayout.BLOCK_OFFSET),
                records.getInt(at + JournalLayout.FIRST_SECTOR_OFFSET),
                records.getInt(at + JournalLayout.SECTORS_OFFSET),
                records.getInt(at + JournalLayout.DATA_CHECKSUM_OFFSET),
                records.getInt(at + JournalLayout.OOB_SECTORS_OFFSET),
                records.getInt(at + JournalLayout.OOB_CHECKSUM_OFFSET),
                copyOf(state(records, at)));
    }

    /**
     * Writes a record at the place that its number names.
     *
     * @param records all places, little endian
     * @param programmed what was written since the last one of the block; null for nothing
     */
    static void write(
            ByteBuffer records,
            long epoch,
            int number,
            int previous,
            int durable,
            int block,
            ProgrammedSectors programmed,
            ByteBuffer state) {
        int at = (number - 1) * JournalLayout.RECORD_BYTES;
        for (int i = 0; i < JournalLayout.RECORD_BYTES; i += Long.BYTES) {
            records.putLong(at + i, 0);
        }
        records.putLong(at + JournalLayout.EPOCH_OFFSET, epoch)
                .putInt(at + JournalLayout.NUMBER_OFFSET, number)
                .putInt(at + JournalLayout.PREVIOUS_OFFSET, previous)
                .putInt(at + JournalLayout.DURABLE_OFFSET, durable)
                .putInt(at + JournalLayout.BLOCK_OFFSET, block);
        if (programmed != null) {
            records.putInt(at + JournalLayout.FIRST_SECTOR_OFFSET, programmed.first())
                    .putInt(at + JournalLayout.SECTORS_OFFSET, programmed.sectors())
                    .putInt(at + JournalLayout.DATA_CHECKSUM_OFFSET, programmed.dataChecksum());
            if (programmed.oobSectors() > 0) {
                records.putInt(at + JournalLayout.OOB_SECTORS_OFFSET, programmed.oobSectors())
                        .putInt(at + JournalLayout.OOB_CHECKSUM_OFFSET, programmed.oobChecksum());
            }
        }
        records.putInt(at + JournalLayout.STATE_LENGTH_OFFSET, state.remaining())
                .put(at + JournalLayout.STATE_OFFSET, state, state.position(), state.remaining())
                .putInt(at + JournalLayout.CHECKSUM_OFFSET, checksum(records, at));
    }

    /** The state record in the journal record at a place that holds one. */
    static ByteBuffer state(ByteBuffer records, int at) {
        return records.slice(at + JournalLayout.STATE_OFFSET, records.getInt(at + JournalLayout.STATE_LENGTH_OFFSET))
                .order(records.order());
    }

    private static ByteBuffer copyOf(ByteBuffer state) {
        return ByteBuffer.allocate(state.remaining()).put(state).flip().order(state.order());
    }

    /** Whether the block was erased by what this record tells, or never held anything. */
    boolean isEmptied() {
        return isEmpty(state);
    }

    /** Whether a state record is that of a block that holds nothing. */
    static boolean isEmpty(ByteBuffer state) {
        return state.getLong(state.position() + BlockRecordLayout.WRITE_POINTER_OFFSET) == 0;
    }

    private static int checksum(ByteBuffer records, int at) {
        return JournalLayout.checksum(records, at, at + JournalLayout.CHECKSUM_OFFSET);
    }
}
