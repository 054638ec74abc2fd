/**
 * Garbage collection: the collector, and the victim, pacing and wear policies that come with the library, found by name
 * through {@link java.util.ServiceLoader}; internal to this module.
 *
 * <p>Start at {@code Collector}, which does what the policies say to the units of one owner. Each policy is a class of its own
 * with the provider that describes it. They are built on few structures, all of them arrays by unit: {@code CountBuckets}
 * (lists by valid count, O(1)), {@code CandidateArray} (a random candidate in O(1)) and {@code HeapForest} (heaps that share
 * their arrays, O(log units)). All belong to one task at a time.
 */
package io.ocssd.ftl.gc;
