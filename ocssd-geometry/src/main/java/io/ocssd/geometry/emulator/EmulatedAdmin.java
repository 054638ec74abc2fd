package io.ocssd.geometry.emulator;

import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.DeviceException;
import io.ocssd.scheduler.Signal;
import java.nio.ByteBuffer;

/** The administrative side of an emulated drive; none of its commands is known yet. */
final class EmulatedAdmin implements DeviceAdmin {
    private final Signal notifications;

    EmulatedAdmin(Signal notifications) {
        this.notifications = notifications;
    }

    @Override
    public ByteBuffer geometryPage() throws DeviceException {
        throw unknown("geometry");
    }

    @Override
    public void logPage(int logId, long offset, ByteBuffer target) throws DeviceException {
        throw unknown("get log page");
    }

    @Override
    public int feature(int featureId) throws DeviceException {
        throw unknown("get features");
    }

    @Override
    public void setFeature(int featureId, int value) throws DeviceException {
        throw unknown("set features");
    }

    @Override
    public Signal notifications() {
        return notifications;
    }

    private static DeviceException unknown(String command) {
        int status = NvmeStatus.INVALID_OPCODE;
        return new DeviceException(command, status, NvmeStatus.name(status), "the controller", false, false);
    }
}
