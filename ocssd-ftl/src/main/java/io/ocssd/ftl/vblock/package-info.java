/**
 * Vblocks on the blocks of a target: allocator, writer, reader, recovery; internal to this module.
 *
 * <p>Start at {@link io.ocssd.ftl.vblock.FlashVblocks#open}. What lies where: {@code StripeLayout} numbers the sectors of a
 * vblock over its blocks; each block begins with a header ({@code BlockHeaderLayout}); the sectors behind it are the stream:
 * frames of staged bytes ({@code FrameLayout}), raw units between them, filler, and in the last unit a summary ({@code
 * SummaryLayout}).
 *
 * <p>Invariants. A frame is sent to the device only when every raw unit before it has been programmed, so a valid frame
 * vouches for the raw units before it. A frame names the end of the frame before it, so a chain of valid frames from the
 * start of the stream is all there is, and recovery cuts a vblock at the last frame of the chain that a sync wrote. Bytes
 * that the device can't read yet (the mw_cunits window) are served from the writer's buffers ({@code Window}).
 *
 * <p>A place of the stripe is one block until a program fails. Then the block is closed, and the place goes on in another
 * ({@code PlaceMover}), of which the header says from which sector on; {@code PlaceMap} finds a sector. What was under way is
 * programmed again out of the writer's buffers, so whatever is at or behind the failed sector is in the new block, and nothing
 * that was programmed is ever taken back. Frames and the summary tell how many moves there were before them: where a block of
 * one is missing, recovery takes nothing for payload that is not.
 *
 * <p>On a drive of class VOLATILE_PAIRS a sync pads until what it covers is safe ({@code SyncPadding}); the frame tells where
 * its padding ends. A closed block is as safe as a full one.
 *
 * <p>Vblocks may be used from any task, a writer and a read handle by one task at a time. A block that can't be erased,
 * or in which a program failed for no reason that the device gives, is retired; other errors of the media are {@link
 * io.ocssd.error.DeviceException}.
 */
package io.ocssd.ftl.vblock;
