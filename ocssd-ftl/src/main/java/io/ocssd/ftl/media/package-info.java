/**
 * What label and vblocks both need of a device; internal to this module.
 *
 * <p>Start at {@link io.ocssd.ftl.media.Media}: the open device with its scheduler and a pool of {@link
 * io.ocssd.ftl.media.MediaPath}s (a queue, a buffer, a command), borrowed for one operation by one task at a time. {@link
 * io.ocssd.ftl.media.BlockFiller}, {@link io.ocssd.ftl.media.BlockEraser} and {@link io.ocssd.ftl.media.SectorReader} are
 * the operations, each over many blocks at once. {@link io.ocssd.ftl.media.Turn} is for what must go one after the other and
 * waits for the device meanwhile. Errors of single blocks are results; a device that went away is {@link
 * io.ocssd.error.GoneException}.
 */
package io.ocssd.ftl.media;
