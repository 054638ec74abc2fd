/**
 * The pages of a drive as bytes: what a drive says of itself over the wire, and back.
 *
 * <p>{@link io.ocssd.geometry.page.GeometryPage} (Open-Channel SSD 2.0, geometry, opcode 0xE2),
 * {@link io.ocssd.geometry.page.ChunkDescriptor} (chunk information log 0xCA), {@link
 * io.ocssd.geometry.page.ChunkNotification} (chunk notification log 0xD0) and {@link
 * io.ocssd.geometry.page.NamespacePage} (NVMe, identify namespace). Each has a layout class with a byte diagram, an
 * {@code encode} and a {@code decode} that believes nothing it reads: what makes no sense is a {@link
 * io.ocssd.error.NotRecognisedException} that says what was wrong. Bytes are little endian whatever the order of the buffer,
 * whose position and order stay as they are. Everything is immutable and may be used from any task.
 */
package io.ocssd.geometry.page;
