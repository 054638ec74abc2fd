package io.ocssd.geometry.emulator;

import io.ocssd.device.BlockReport;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Timings;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.address.DeviceAddressFormat;
import io.ocssd.geometry.page.ChunkDescriptor;
import io.ocssd.geometry.page.ChunkNotification;
import io.ocssd.geometry.page.GeometryPage;
import io.ocssd.scheduler.Signal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The administrative side of an emulated drive. A zoned one shows itself as chunks: one group of one PU whose chunks are its
 * zones, without a limit of active ones, for which the page has no place. Thread-safe.
 */
final class EmulatedAdmin implements DeviceAdmin {
    private static final int NAMESPACE = 1;

    private final Engine engine;
    private final GeometryPage page;
    private final Features features;
    private final NotificationLog log;
    private final Signal notifications;
    private final DeviceAddressFormat addresses;

    EmulatedAdmin(
            Engine engine,
            CreationParameters creation,
            Timings timings,
            Features features,
            NotificationLog log,
            Signal notifications) {
        this.engine = engine;
        this.page = new GeometryPage(
                0,
                creation.geometry(),
                shownLimits(creation),
                creation.capabilities(),
                creation.media().wearThreshold(),
                timings);
        this.features = features;
        this.log = log;
        this.notifications = notifications;
        this.addresses = new DeviceAddressFormat(creation.geometry());
    }

    /** A page knows nothing of closed zones, which are partly written like open ones: their limit is that of active ones. */
    private static Limits shownLimits(CreationParameters creation) {
        Limits limits = creation.limits();
        return creation.capabilities().zoned()
                ? new Limits(limits.wsMin(), limits.wsOpt(), limits.mwCunits(), limits.maxPartlyWritten())
                : limits;
    }

    @Override
    public ByteBuffer geometryPage() throws GoneException {
        engine.presence().check();
        ByteBuffer bytes = ByteBuffer.allocate(GeometryPage.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        page.encode(bytes, 0);
        return bytes;
    }

    @Override
    public void logPage(int logId, long offset, ByteBuffer target) throws DeviceException, GoneException {
        engine.presence().check();
        switch (logId) {
            case LOG_CHUNK_INFORMATION -> chunkInformation(offset, target);
            case LOG_CHUNK_NOTIFICATION -> chunkNotifications(offset, target);
            default -> throw refused("get log page", NvmeStatus.INVALID_LOG_PAGE);
        }
    }

    private void chunkInformation(long offset, ByteBuffer target) throws DeviceException, GoneException {
        BlockReport report = engine.report();
        fill(page.geometry().blocks(), ChunkDescriptor.BYTES, offset, target, (block, entry) -> {
            ChunkDescriptor.of(report, (int) block, addresses).encode(entry, 0);
        });
    }

    private void chunkNotifications(long offset, ByteBuffer target) throws DeviceException {
        int[] blocks;
        long oldest;
        synchronized (log) {
            oldest = log.oldest();
            blocks = new int[(int) (log.newest() - oldest + 1)];
            for (int i = 0; i < blocks.length; i++) {
                blocks[i] = log.block(oldest + i);
            }
        }
        fill(blocks.length, ChunkNotification.BYTES, offset, target, (index, entry) -> {
            long address = addresses.pack(page.geometry().blockPpa(blocks[(int) index]));
            new ChunkNotification(
                            oldest + index,
                            address,
                            NAMESPACE,
                            ChunkNotification.WEAR_OUTSIDE_THRESHOLD,
                            ChunkNotification.CHUNK,
                            1)
                    .encode(entry, 0);
        });
    }

    /** Writes one entry of a log. */
    private interface Entry {
        void encode(long index, ByteBuffer entry);
    }

    /** Gives the bytes of a log from an offset on, which may begin and end inside an entry. */
    private static void fill(long entries, int entryBytes, long offset, ByteBuffer target, Entry source)
            throws DeviceException {
        long length = entries * entryBytes;
        if (offset < 0 || offset % Integer.BYTES != 0 || offset > length) {
            throw refused("get log page", NvmeStatus.INVALID_FIELD);
        }
        ByteBuffer entry = ByteBuffer.allocate(entryBytes);
        for (long at = offset; at < length && target.hasRemaining(); ) {
            source.encode(at / entryBytes, entry.clear());
            int within = (int) (at % entryBytes);
            int bytes = Math.min(entryBytes - within, target.remaining());
            target.put(entry.position(within).limit(within + bytes));
            at += bytes;
        }
    }

    @Override
    public int feature(int featureId) throws DeviceException, GoneException {
        engine.presence().check();
        checkKnown("get features", featureId);
        return features.get(featureId);
    }

    @Override
    public void setFeature(int featureId, int value) throws DeviceException, GoneException {
        engine.presence().check();
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
