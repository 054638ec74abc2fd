/**
 * Zoned drives of this host: {@code zns:/dev/nvme0n1}, zones shown as blocks.
 *
 * <p>{@link io.ocssd.geometry.zns.ZnsProvider} opens them. Data goes between the caller's buffers and the drive without a copy
 * and without a cache (O_DIRECT); zones are managed through the block layer's ioctls, so that no vendor's tool and on newer
 * kernels no capability is needed beyond the right to open the node. What the drive allows is known here as well
 * ({@code Zones}), since the block layer tells hardly more than "I/O error": the statuses of completions are those of NVMe all
 * the same.
 *
 * <p>A device may be used from any thread, a queue from one at a time. Opening throws an {@code io.ocssd.error} exception with
 * a hint, and never writes anything; see {@code Recognition} for what is refused.
 */
package io.ocssd.geometry.zns;
