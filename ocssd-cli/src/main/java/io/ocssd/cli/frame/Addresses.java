package io.ocssd.cli.frame;

import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.geometry.address.AddressSyntaxException;
import io.ocssd.geometry.address.AddressText;

/**
 * Addresses as users write them: a number, or fields such as {@code ch=1,lun=0,blk=7,pg=3,sec=2}; {@link AddressText} has
 * the details. A page is the drive's smallest program.
 */
public final class Addresses {
    /** What to do about an address that the drive does not have. */
    public static final String GEOMETRY_HINT = "see ocssd device info for the geometry";

    private Addresses() {}

    /** Reads one; what is none is wrong usage. */
    public static AddressText parse(String text) {
        try {
            return AddressText.parse(text);
        } catch (AddressSyntaxException e) {
            throw Failure.usage(e.getMessage(), e.hint(), e);
        }
    }

    /** The sector that it names, packed; a number is packed already. One outside the geometry is refused. */
    public static long ppa(AddressText address, Geometry geometry, Limits limits) {
        try {
            if (!address.isNumber()) {
                return address.ppa(geometry, limits.wsMin());
            }
            geometry.checkAddress(address.number());
            return address.number();
        } catch (IllegalArgumentException e) {
            throw Failure.refused(e.getMessage(), GEOMETRY_HINT);
        }
    }
}
