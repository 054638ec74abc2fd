/**
 * The pages of Open-Channel SSD 2.0 drives as bytes and as values: geometry, chunk descriptors, chunk notifications, and what
 * is needed of the identify namespace page.
 *
 * <p>Start at {@link io.ocssd.geometry.page.GeometryPage}. Each value is a record that encodes and decodes itself; each
 * {@code ...Layout} says where its fields are. Whatever is decoded is checked: what is not possible is refused with an
 * exception of {@code io.ocssd.error} that names the field, so that a value that exists is a good one. The drives that
 * emulate, and the drivers that ask real ones, share them.
 *
 * <p>Everything here is immutable and may be used from any task. Encoding and decoding leave position and byte order of a
 * buffer alone; they make objects, and are not for the way of an I/O.
 */
package io.ocssd.geometry.page;
