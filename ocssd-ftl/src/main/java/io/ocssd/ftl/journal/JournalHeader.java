package io.ocssd.ftl.journal;

/**
 * What a journal block says of itself.
 *
 * @param driveId fingerprint of the drive's serial number
 * @param targetId the target
 * @param block linear number of the block that it was written to
 * @param sequence of this life of the block; only grows within a target
 */
record JournalHeader(long driveId, int targetId, int block, long sequence) {}
