package io.ocssd.geometry.planted;

import io.ocssd.device.DeviceAdmin;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import io.ocssd.scheduler.Signal;
import java.nio.ByteBuffer;

/** The administrative side of a device that takes any bit of the error recovery feature for DULBE. */
final class BuggyAdmin implements DeviceAdmin {
    private final DeviceAdmin admin;
    private final BugMemory memory;

    BuggyAdmin(DeviceAdmin admin, BugMemory memory) {
        this.admin = admin;
        this.memory = memory;
    }

    @Override
    public ByteBuffer geometryPage() throws DeviceException, GoneException {
        return admin.geometryPage();
    }

    @Override
    public void logPage(int logId, long offset, ByteBuffer target) throws DeviceException, GoneException {
        admin.logPage(logId, offset, target);
    }

    @Override
    public int feature(int featureId) throws DeviceException, GoneException {
        boolean remembered = featureId == FEATURE_ERROR_RECOVERY && memory.errorRecovery != null;
        return remembered ? memory.errorRecovery : admin.feature(featureId);
    }

    @Override
    public void setFeature(int featureId, int value) throws DeviceException, GoneException {
        if (featureId != FEATURE_ERROR_RECOVERY) {
            admin.setFeature(featureId, value);
            return;
        }
        admin.setFeature(featureId, value == 0 ? 0 : value | DULBE);
        memory.errorRecovery = value;
    }

    @Override
    public Signal notifications() {
        return admin.notifications();
    }
}
