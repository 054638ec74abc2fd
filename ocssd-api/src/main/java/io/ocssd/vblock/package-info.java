/**
 * Virtual blocks: append-only spans over blocks of one or more LUNs.
 *
 * <p>Start at {@link io.ocssd.vblock.Vblocks}, the allocator of a target. {@code allocate} opens a new vblock and gives its
 * one {@link io.ocssd.vblock.VblockWriter}; {@code append} returns the byte offset at which the bytes can be read for ever
 * after; {@code sync} makes everything appended so far durable; {@code seal} closes the blocks below. A
 * {@link io.ocssd.vblock.Vblock} reads at any byte offset and length, while its writer goes on too, and is erased as a
 * whole. Data is striped over the LUNs in ws_opt units, each LUN with a write pointer of its own.
 *
 * <p>After a crash a vblock that was not sealed is sealed at its last sync; what was appended after it may be gone, what
 * was synced never is. A vblock that was being erased is gone.
 *
 * <p>{@code Vblocks} and {@code Vblock} may be used from any task; a writer and a
 * {@link io.ocssd.vblock.ReadHandle} belong to one task at a time. Calls wait inside the device queue only. Errors of the
 * media are {@link io.ocssd.error.DeviceException}, a full target is {@link io.ocssd.error.NoSpaceException}, a device that
 * went away is {@link io.ocssd.error.GoneException}.
 */
package io.ocssd.vblock;
