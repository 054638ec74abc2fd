/**
 * A block device over the vblocks of a target, for programs that overwrite in place.
 *
 * <p>{@link io.ocssd.target.Target#formatBlockDevice} makes it, {@link io.ocssd.target.Target#openBlockDevice} opens it and
 * recovers it after a cut. {@link io.ocssd.block.BlockDevice} reads, writes, trims, and writes many sectors atomically; what was
 * {@linkplain io.ocssd.block.BlockDevice#flush flushed} survives any cut. A program that writes in order does better on {@link
 * io.ocssd.vblock} itself: nothing is moved there behind its back.
 *
 * <p>All may be used from any task. What goes wrong below is one of {@link io.ocssd.error}, misuse is an {@link
 * IllegalArgumentException}.
 */
package io.ocssd.block;
