package io.ocssd.geometry.emulator;

import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import io.ocssd.scheduler.Signal;
import java.nio.ByteBuffer;

/** The administrative side of an emulated drive. Thread-safe. */
final class EmulatedAdmin implements DeviceAdmin {
    private final Engine engine;
    private final Features features;
    private final Signal notifications;

    EmulatedAdmin(Engine engine, Features features, Signal notifications) {
        this.engine = engine;
        this.features = features;
        this.notifications = notifications;
    }

    @Override
    public ByteBuffer geometryPage() throws DeviceException, GoneException {
        engine.checkThere();
        throw refused("geometry", NvmeStatus.INVALID_OPCODE);
    }

    @Override
    public void logPage(int logId, long offset, ByteBuffer target) throws DeviceException, GoneException {
        engine.checkThere();
        throw refused("get log page", NvmeStatus.INVALID_LOG_PAGE);
    }

    @Override
    public int feature(int featureId) throws DeviceException, GoneException {
        engine.checkThere();
        checkKnown("get features", featureId);
        return features.get(featureId);
    }

    @Override
    public void setFeature(int featureId, int value) throws DeviceException, GoneException {
        engine.checkThere();
        checkKnown("set features", featureId);
        if (!Features.isPossible(featureId, value)) {
            throw refused("set features", NvmeStatus.INVALID_FIELD);
        }
        features.set(featureId, value);
    }

    @Override
    public Signal notifications() {
        return notifications;
    }

    private static void checkKnown(String command, int featureId) throws DeviceException {
        if (!Features.isKnown(featureId)) {
            throw refused(command, NvmeStatus.INVALID_FIELD);
        }
    }

    private static DeviceException refused(String command, int status) {
        return new DeviceException(command, status, NvmeStatus.name(status), "the controller", false, false);
    }
}
