/** Runs benchmarks so that rows can be compared on a machine that is not idle. */
package io.ocssd.geometry.benchmark;
