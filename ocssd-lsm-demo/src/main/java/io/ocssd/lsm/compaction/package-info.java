/**
 * Leveled compaction, the only garbage collection of a store.
 *
 * <p>Start at {@link io.ocssd.lsm.compaction.Picker}, which chooses a {@link io.ocssd.lsm.compaction.Job}, and
 * {@link io.ocssd.lsm.compaction.Compactor}, which does it: output by output, each of which is durable before the manifest
 * names it, and named by the manifest before the inputs that it replaces are given up. Since what is done of an input is
 * cut off its range at every output, a job needs room for very few tables, may stop at any of them, and loses nothing in a
 * crash. Internal to the store; used by its compaction task alone.
 */
package io.ocssd.lsm.compaction;
