/**
 * The page-mapped FTL: every logical page stands anywhere, and a map says where; internal to this module.
 *
 * <p>Start at {@code PageFtl}, which has the map, the open units (frontiers) and what garbage collection asks of the owner of
 * the data. It knows units only as a {@code UnitStore}. {@code CountingUnits} is the one without payload, with which {@code
 * ModelProvider} serves {@link io.ocssd.gc.PageModel}; {@code VblockUnits} is the one of the block device, which {@link
 * io.ocssd.ftl.page.BlockDevices} makes and opens.
 *
 * <p>What lies where. A unit is a vblock. Its payload is pages of 4 KiB; behind those that one sync made durable stands a batch of
 * records ({@code BatchLayout}) that names the logical page and the sequence of each, and what was trimmed. Moved pages get a
 * sequence of their own, so that of all copies of a page the one of the highest sequence counts. A checkpoint ({@code
 * CheckpointLayout}, {@code Checkpoints}) has the whole map; opening reads it, and the batches that are newer ({@code
 * PageRecovery}).
 *
 * <p>Invariants. A unit is erased only when all that was written and trimmed before it was empty is durable. The pages of an
 * atomic write are in one unit and in one batch. A trim is remembered by a unit that is there, or by the checkpoint. {@code
 * PageRules} has what they rest on, for tests to break.
 *
 * <p>All types belong to one task at a time, unless they say otherwise; the block device gives that task the turn.
 */
package io.ocssd.ftl.page;
