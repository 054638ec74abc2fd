package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoQueue;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.decorator.ForwardingDevice;
import io.ocssd.scheduler.Signal;
import java.nio.ByteBuffer;

/** A device whose pages are full of zeros. */
final class PagedDevice extends ForwardingDevice {
    PagedDevice(FlashDevice inner) {
        super(inner, inner.info().uri());
    }

    @Override
    public DeviceAdmin admin() {
        DeviceAdmin of = super.admin();
        return new DeviceAdmin() {
            @Override
            public ByteBuffer geometryPage() {
                return ByteBuffer.allocate(4096);
            }

            @Override
            public void logPage(int logId, long offset, ByteBuffer target) {
                while (target.hasRemaining()) {
                    target.put((byte) 0);
                }
            }

            @Override
            public int feature(int featureId) throws DeviceException, GoneException {
                return of.feature(featureId);
            }

            @Override
            public void setFeature(int featureId, int value) throws DeviceException, GoneException {
                of.setFeature(featureId, value);
            }

            @Override
            public Signal notifications() {
                return of.notifications();
            }
        };
    }

    @Override
    public IoQueue openQueue(int depth) throws GoneException {
        return inner().openQueue(depth);
    }
}
