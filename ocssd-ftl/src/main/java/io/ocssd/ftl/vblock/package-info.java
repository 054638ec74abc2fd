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
 * <p>Vblocks may be used from any task, a writer and a read handle by one task at a time. A block that can't be erased is
 * retired; other errors of the media are {@link io.ocssd.error.DeviceException}.
 */
package io.ocssd.ftl.vblock;
