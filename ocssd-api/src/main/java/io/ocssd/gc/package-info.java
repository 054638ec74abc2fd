/**
 * Garbage collection and wear: what is decided by whom.
 *
 * <p>Space comes back in <b>units</b>, spans that are erased as a whole (vblocks), numbered from 0. A unit is free, open for
 * writing, full, or a victim. Of each full unit it is known how many of its pages are valid, that is, not overwritten or
 * given back since. Four plug-points say what becomes of them:
 *
 * <ul>
 *   <li>{@link io.ocssd.gc.VictimPolicy}: which full unit is emptied next;
 *   <li>{@link io.ocssd.gc.Relocation}: how; the owner of the data moves a page, drops it, or answers that all is dead;
 *   <li>{@link io.ocssd.gc.Pacer}: how many pages are moved ahead of each page that is written;
 *   <li>{@link io.ocssd.gc.WearPolicy}: which free unit is opened next, and whether a unit that was erased too seldom is
 *       emptied out of turn.
 * </ul>
 *
 * <p>Victim, pacing and wear policies are chosen by name. To add one, implement its provider and name it in {@code
 * META-INF/services} of any jar; {@link io.ocssd.gc.GcPolicies} lists what is on the class path. Each instance belongs to one
 * collector, which calls it one call at a time. None of them may wait, and what they choose depends on nothing but the calls
 * made so far and the seed, so that runs can be repeated.
 *
 * <p>{@link io.ocssd.gc.PageModel} is a page-mapped FTL without payload, for experiments: millions of writes a second tell
 * what a policy costs.
 */
package io.ocssd.gc;
