/**
 * What is done with a store to show and to prove what it can: sources of entries, and the demo.
 *
 * <p>Start at {@link io.ocssd.lsm.workload.Demo}, or at {@link io.ocssd.lsm.workload.Source} for entries to load. Nothing
 * here prints or asks; a {@link io.ocssd.lsm.workload.DemoListener} hears how far it is, a
 * {@link io.ocssd.lsm.workload.DemoReport} says how it went. Used by one thread at a time. Errors are those of the library;
 * findings of a verification are not thrown but counted.
 */
package io.ocssd.lsm.workload;
