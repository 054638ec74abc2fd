/**
 * The contract of a flash device: addresses, geometry, limits, and the queue that is its one data path.
 *
 * <p>Start at {@link io.ocssd.device.FlashDevice}. All of it speaks the words of Open-Channel SSD 2.0 (channel, LUN, block,
 * sector), whatever the drive below is: chunks and zones are blocks here. An address is a packed long, see
 * {@link io.ocssd.device.Ppa}; a command is an {@link io.ocssd.device.IoCommand} that its sender reuses; its outcome comes
 * back in a {@link io.ocssd.device.Completion}. Nothing is allocated per command.
 *
 * <p>A device may be used from any task; a queue belongs to one task at a time. Media errors are statuses in completions,
 * a device that is gone throws {@link io.ocssd.error.GoneException}, misuse is unchecked.
 */
package io.ocssd.device;
