package io.ocssd.geometry.decorator;

import io.ocssd.device.BlockReport;
import io.ocssd.device.Capabilities;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.DeviceInfo;
import io.ocssd.device.DurabilityClass;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Timings;
import io.ocssd.error.GoneException;

/**
 * A device that hands everything but its queues on to another one; decorators override what they change. Thread-safe as far
 * as the decorated device is.
 */
public abstract class ForwardingDevice implements FlashDevice {
    private final FlashDevice inner;
    private final String uri;

    /**
     * Wraps a device.
     *
     * @param inner is closed with this one
     * @param uri what this one was opened as
     */
    protected ForwardingDevice(FlashDevice inner, String uri) {
        this.inner = inner;
        this.uri = uri;
    }

    /** The decorated device. */
    protected final FlashDevice inner() {
        return inner;
    }

    @Override
    public DeviceInfo info() {
        DeviceInfo of = inner.info();
        return new DeviceInfo(uri, of.model(), of.serial(), of.specification(), of.persistence(), of.notes());
    }

    @Override
    public Geometry geometry() {
        return inner.geometry();
    }

    @Override
    public Limits limits() {
        return inner.limits();
    }

    @Override
    public Capabilities capabilities() {
        return inner.capabilities();
    }

    @Override
    public DeviceAdmin admin() {
        return inner.admin();
    }

    @Override
    public Timings timings() {
        return inner.timings();
    }

    @Override
    public DurabilityClass durability() {
        return inner.durability();
    }

    @Override
    public BlockReport report() throws GoneException {
        return inner.report();
    }

    @Override
    public DeviceCounters counters() {
        return inner.counters();
    }

    @Override
    public void close() {
        inner.close();
    }
}
