package io.ocssd.geometry.zns;

import io.ocssd.device.BlockReport;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.RawPage;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.address.DeviceAddressFormat;
import io.ocssd.geometry.page.ChunkDescriptor;
import io.ocssd.geometry.page.GeometryPage;
import io.ocssd.scheduler.Signal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The administrative side of a zoned drive. It shows itself as chunks, as emulated zoned drives do: one group of PUs,
 * one unless its zones were dealt to several LUNs, whose chunks are its zones, with no more of them open than may be active. Thread-safe.
 */
final class ZnsAdmin implements DeviceAdmin {
    private final FlashDevice device;
    private final ErrorRecovery recovery;
    private final Presence presence;
    private final Signal notifications;
    private final DeviceAddressFormat addresses;
    private final PassThrough passThrough;
    private final String path;

    ZnsAdmin(
            FlashDevice device,
            PassThrough passThrough,
            String path,
            ErrorRecovery recovery,
            Presence presence,
            Signal notifications) {
        this.passThrough = passThrough;
        this.path = path;
        this.device = device;
        this.recovery = recovery;
        this.presence = presence;
        this.notifications = notifications;
        this.addresses = new DeviceAddressFormat(device.geometry());
    }

    @Override
    public ByteBuffer geometryPage() throws GoneException {
        presence.check();
        Limits limits = device.limits();
        Limits shown = new Limits(limits.wsMin(), limits.wsOpt(), limits.mwCunits(), limits.maxPartlyWritten());
        ByteBuffer bytes = ByteBuffer.allocate(GeometryPage.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        new GeometryPage(0, device.geometry(), shown, device.capabilities(), 0, device.timings()).encode(bytes, 0);
        return bytes;
    }

    @Override
    public List<RawPage> identifyPages() throws GoneException {
        presence.check();
        return IdentifyPages.read(passThrough, path);
    }

    @Override
    public void logPage(int logId, long offset, ByteBuffer target) throws DeviceException, GoneException {
        presence.check();
        if (logId != LOG_CHUNK_INFORMATION) {
            throw refused("get log page", NvmeStatus.INVALID_LOG_PAGE);
        }
        BlockReport report = device.report();
        long length = (long) device.geometry().blocks() * ChunkDescriptor.BYTES;
        if (offset < 0 || offset % Integer.BYTES != 0 || offset > length) {
            throw refused("get log page", NvmeStatus.INVALID_FIELD);
        }
        ByteBuffer entry = ByteBuffer.allocate(ChunkDescriptor.BYTES);
        for (long at = offset; at < length && target.hasRemaining(); ) {
            ChunkDescriptor.of(report, (int) (at / ChunkDescriptor.BYTES), addresses)
                    .encode(entry.clear(), 0);
            int within = (int) (at % ChunkDescriptor.BYTES);
            int bytes = Math.min(ChunkDescriptor.BYTES - within, target.remaining());
            target.put(entry.position(within).limit(within + bytes));
            at += bytes;
        }
    }

    @Override
    public int feature(int featureId) throws DeviceException, GoneException {
        presence.check();
        checkKnown("get features", featureId);
        return recovery.value();
    }

    @Override
    public void setFeature(int featureId, int value) throws DeviceException, GoneException {
        presence.check();
        checkKnown("set features", featureId);
        if (!ErrorRecovery.isPossible(value)) {
            throw refused("set features", NvmeStatus.INVALID_FIELD);
        }
        recovery.set(value);
    }

    @Override
    public Signal notifications() {
        return notifications;
    }

    private static void checkKnown(String command, int featureId) throws DeviceException {
        if (featureId != FEATURE_ERROR_RECOVERY) {
            throw refused(command, NvmeStatus.INVALID_FIELD);
        }
    }

    private static DeviceException refused(String command, int status) {
        return new DeviceException(command, status, NvmeStatus.name(status), "the controller", false, false);
    }
}
