/**
 * Address formats and devices: everything that knows what a drive is like on the wire or in an image file.
 *
 * <p>Applications do not start here but at {@code io.ocssd.Ocssd}, which finds the devices of this module by their URI
 * schemes. {@code io.ocssd.geometry.address} converts addresses, {@code io.ocssd.geometry.emulator} plays a drive,
 * {@code io.ocssd.geometry.zns} drives a real one.
 */
package io.ocssd.geometry;
