/**
 * The log of a store: write-ahead records and manifest in one stream, on vblocks of the LOG stream.
 *
 * <p>Start at {@link io.ocssd.lsm.log.LogWriter} and {@link io.ocssd.lsm.log.Recovery}. Every log begins with a snapshot of
 * the manifest; edits of it and write-ahead records follow as they come. Sequences replace positions: a write-ahead record
 * is needed as long as it holds an entry with a sequence above the manifest's flushed one, and a log as long as it holds
 * such a record or is the newest. Internal to the store.
 *
 * <p>The writer may be called from any task; it lets one task write at a time. What recovery finds damaged is a
 * {@link io.ocssd.error.CorruptException} that names log and offset.
 */
package io.ocssd.lsm.log;
