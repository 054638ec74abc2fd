/**
 * Keys, versions of entries, and cursors over them: what all parts of the store share.
 *
 * <p>Start at {@link io.ocssd.lsm.entry.Cursor}. Internal to the store. A cursor belongs to one task at a time; entries
 * are immutable; the memtable has one writer at a time and any number of readers.
 */
package io.ocssd.lsm.entry;
