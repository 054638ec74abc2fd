/**
 * Sorted tables: one table is one vblock, written once and in order, erased as a whole.
 *
 * <p>Start at {@link io.ocssd.lsm.table.TableWriter} and {@link io.ocssd.lsm.table.Table}. A table is data blocks of whole
 * entries, an index with the last key of each block, a Bloom filter and a footer at the very end; each part has a CRC32C
 * ({@link io.ocssd.lsm.table.BlockLayout}, {@link io.ocssd.lsm.table.IndexLayout},
 * {@link io.ocssd.lsm.table.BloomLayout}, {@link io.ocssd.lsm.table.FooterLayout}). Internal to the store. Tables may be
 * read from any task without a lock; writers and cursors belong to one task. Bytes that fail their check are a
 * {@link io.ocssd.error.CorruptException} that names vblock and block.
 */
package io.ocssd.lsm.table;
