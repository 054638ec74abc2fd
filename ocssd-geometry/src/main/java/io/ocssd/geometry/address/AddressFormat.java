package io.ocssd.geometry.address;

import java.util.Locale;

/**
 * The ways in which 64 bits name a place on an Open-Channel SSD 2.0 drive.
 *
 * <pre>
 *   PPA        channel 8 | LUN 8 | block 24 | sector 24                    the contracts' own, io.ocssd.device.Ppa
 *   GENERIC    channel 8 | LUN 8 | block 16 | sector 32                    liblightnvm's generic format, GenericAddress
 *   DEVICE     zero | channel | LUN | block | sector, as narrow as can be  on the wire, DeviceAddressFormat
 *   OFFSET     device address x sector bytes                               position in the block device, in bytes
 *   LOG_PAGE   linear number of the block x 32                             position in log page 0xCA, in bytes
 * </pre>
 *
 * <p>All but the last name a sector. A log page offset names a block: converting to it drops the sector, converting from it
 * gives sector 0.
 */
public enum AddressFormat {
    /** Packed as {@link io.ocssd.device.Ppa} says. */
    PPA,
    /** Packed as {@link GenericAddress} says. */
    GENERIC,
    /** What the drive itself uses; see {@link DeviceAddressFormat}. */
    DEVICE,
    /** Byte offset of a sector in the drive's address space, as a block device shows it, 0 to 2^63 - 1. */
    OFFSET,
    /** Byte offset of a block's descriptor in the chunk information log page (Open-Channel SSD 2.0, log page 0xCA). */
    LOG_PAGE;

    /** The name as users write it: {@code ppa}, {@code generic}, {@code device}, {@code offset}, {@code log-page}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
