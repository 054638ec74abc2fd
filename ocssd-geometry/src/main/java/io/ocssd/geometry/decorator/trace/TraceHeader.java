package io.ocssd.geometry.decorator.trace;

import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;

/**
 * What a trace is about.
 *
 * @param uri what the device was opened as
 * @param geometry its shape
 * @param wsMin its smallest program, in sectors
 * @param wsOpt the program size that it likes best, in sectors
 * @param mwCunits sectors after a sector of an open block before it can be read
 * @param simulated whether times are virtual
 */
public record TraceHeader(String uri, Geometry geometry, int wsMin, int wsOpt, int mwCunits, boolean simulated) {
    static TraceHeader of(FlashDevice device, boolean simulated) {
        Limits limits = device.limits();
        return new TraceHeader(
                device.info().uri(), device.geometry(), limits.wsMin(), limits.wsOpt(), limits.mwCunits(), simulated);
    }
}
