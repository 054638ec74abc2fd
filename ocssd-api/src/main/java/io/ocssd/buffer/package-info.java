/**
 * Memory that devices can read from and write to without a copy.
 *
 * <p>Start at {@link io.ocssd.buffer.IoBufferPool}: it cuts one 4 KiB-aligned slab outside the Java heap into equal
 * {@link io.ocssd.buffer.IoBuffer}s and hands them out without allocating. A buffer has one owner at a time: who takes it
 * from the pool, then whoever it is handed to (an append, a device queue), until it is released. Pools may be used from
 * any task; a buffer only by its owner, except {@link io.ocssd.buffer.IoBuffer#copyTo} and the other absolute reads.
 */
package io.ocssd.buffer;
