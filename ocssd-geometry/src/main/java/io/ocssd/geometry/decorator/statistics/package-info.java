/**
 * Figures of any device: for every LUN and operation commands, sectors, bytes and latencies, and how full its queues are.
 *
 * <p>Start at {@link io.ocssd.geometry.decorator.statistics.StatisticsDevice} and its snapshots; or open {@code
 * statistics+...} by URI, see {@link io.ocssd.geometry.decorator.statistics.StatisticsDecorator}. Snapshots may be taken from
 * any task; a queue belongs to one. Latencies are kept within one percent (HdrHistogram).
 */
package io.ocssd.geometry.decorator.statistics;
