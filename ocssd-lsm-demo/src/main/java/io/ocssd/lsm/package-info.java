/**
 * A log-structured key-value store that places its own data on vblocks, with nothing translating below it.
 *
 * <p>Start at {@link io.ocssd.lsm.KvStore#open}. One write-ahead log, which holds the manifest too, on vblocks of the LOG
 * stream; sorted tables, each of which is one vblock of the DATA stream; leveled compaction, which is the only garbage
 * collection there is: a table dies by the erase of its vblock, and nothing is ever copied for the sake of the flash.
 *
 * <p>A {@link io.ocssd.lsm.KvStore} may be used from any task of its scheduler, a {@link io.ocssd.lsm.KvIterator} by one
 * task at a time. A full target is a {@link io.ocssd.error.NoSpaceException}, damaged bytes are a
 * {@link io.ocssd.error.CorruptException} that names vblock and block, a drive that went away is a
 * {@link io.ocssd.error.GoneException}; misuse is an unchecked exception with {@code name=value} pairs.
 *
 * <p>The sub-packages are the store's inside and not for users.
 */
package io.ocssd.lsm;
