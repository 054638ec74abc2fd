/**
 * Latency added to the completions of any device: so much for each operation, more on some LUNs, fixed or drawn by a seed.
 *
 * <p>Start at {@link io.ocssd.geometry.decorator.delay.Delay} and hand it to a {@link
 * io.ocssd.geometry.decorator.delay.DelayedDevice}; or open {@code delay+...} by URI, see {@link
 * io.ocssd.geometry.decorator.delay.DelayDecorator}. The device may be used from any task, a queue belongs to one.
 */
package io.ocssd.geometry.decorator.delay;
