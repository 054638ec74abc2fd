package io.ocssd.ftl;

import io.ocssd.device.BlockReport;
import io.ocssd.device.Capabilities;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.DeviceInfo;
import io.ocssd.device.DurabilityClass;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Limits;
import io.ocssd.device.Timings;
import io.ocssd.error.GoneException;

/** A device that is another one in every point; to be changed in some. */
public class ForwardingDevice implements FlashDevice {
    private final FlashDevice device;

    public ForwardingDevice(FlashDevice device) {
        this.device = device;
    }

    @Override
    public DeviceInfo info() {
        return device.info();
    }

    @Override
    public Geometry geometry() {
        return device.geometry();
    }

    @Override
    public Limits limits() {
        return device.limits();
    }

    @Override
    public Capabilities capabilities() {
        return device.capabilities();
    }

    @Override
    public DeviceAdmin admin() {
        return device.admin();
    }

    @Override
    public Timings timings() {
        return device.timings();
    }

    @Override
    public DurabilityClass durability() {
        return device.durability();
    }

    @Override
    public BlockReport report() throws GoneException {
        return device.report();
    }

    @Override
    public DeviceCounters counters() {
        return device.counters();
    }

    @Override
    public IoQueue openQueue(int depth) throws GoneException {
        return device.openQueue(depth);
    }

    @Override
    public void close() {
        device.close();
    }
}
