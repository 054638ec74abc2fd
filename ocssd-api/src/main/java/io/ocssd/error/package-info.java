/**
 * What can go wrong, as types.
 *
 * <p>{@link io.ocssd.error.OcssdException} is the root of every operating error: a drive that says no, an image that is
 * damaged, a target that is full. Each carries a sentence that says what was wrong and, through
 * {@link io.ocssd.error.OcssdException#hint()}, what to do about it. Misuse (an argument out of bounds, a closed
 * object) is an unchecked {@link IllegalArgumentException} or {@link IllegalStateException} with {@code name=value}
 * pairs. Expected states (queue full, pool empty) are return values and never exceptions.
 *
 * <p>All types here are immutable and may be shared between threads.
 */
package io.ocssd.error;
