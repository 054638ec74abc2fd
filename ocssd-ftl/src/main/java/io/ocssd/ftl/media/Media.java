package io.ocssd.ftl.media;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.DurabilityClass;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import io.ocssd.scheduler.Scheduler;

/**
 * An open device with what everything above it shares: scheduler, idle paths, the count of open blocks. Thread-safe.
 */
public final class Media {
    private static final int MOST_IDLE = 32;

    private final FlashDevice device;
    private final Scheduler scheduler;
    private final Geometry geometry;
    private final Limits limits;
    private final long driveId;
    private final OpenBlocks openBlocks;
    private final boolean volatilePairs;
    private final IdlePool<MediaPath> idle = new IdlePool<>(MOST_IDLE, MediaPath::close);

    /** Wraps an open device. */
    public Media(FlashDevice device, Scheduler scheduler) {
        this.device = device;
        this.scheduler = scheduler;
        this.geometry = device.geometry();
        this.limits = device.limits();
        this.driveId = Fingerprint.ofDrive(device.info().serial());
        this.volatilePairs = device.durability() == DurabilityClass.VOLATILE_PAIRS;
        this.openBlocks = new OpenBlocks(limits.maxPartlyWritten());
    }

    /** The device. */
    public FlashDevice device() {
        return device;
    }

    /** Gives time and tasks. */
    public Scheduler scheduler() {
        return scheduler;
    }

    /** The device's shape. */
    public Geometry geometry() {
        return geometry;
    }

    /** What the device asks of its writers. */
    public Limits limits() {
        return limits;
    }

    /** Bytes of a sector. */
    public int sectorBytes() {
        return geometry.sectorBytes();
    }

    /** Bytes of the smallest program. */
    public int unitBytes() {
        return limits.wsMin() * geometry.sectorBytes();
    }

    /** Fingerprint of the drive, see {@link Fingerprint#ofDrive}. */
    public long driveId() {
        return driveId;
    }

    /** Whether a sector is safe only when mw_cunits more follow it in its block, or the block is closed. */
    public boolean volatilePairs() {
        return volatilePairs;
    }

    /** Blocks open for writing. */
    public OpenBlocks openBlocks() {
        return openBlocks;
    }

    /**
     * The device's report, with the blocks that no vblock can be made of shown as offline: those that are written anywhere,
     * and those of another size than the others.
     */
    public BlockReport report() throws GoneException {
        BlockReport report = device.report();
        for (int block = 0; block < geometry.blocks(); block++) {
            if (report.type(block) != BlockType.SEQUENTIAL || report.sectors(block) != geometry.sectorsPerBlock()) {
                report.set(block, BlockState.OFFLINE, 0, report.eraseCount(block));
            }
        }
        return report;
    }

    /** Asks the device to tell when sectors read with a high error count, if it can. */
    public void askForErrorCounts() throws GoneException {
        DeviceAdmin admin = device.admin();
        try {
            int asked = admin.feature(DeviceAdmin.FEATURE_MEDIA_FEEDBACK);
            int all = asked | DeviceAdmin.HIGH_ECC | DeviceAdmin.VERY_HIGH_ECC;
            if (asked != all) {
                admin.setFeature(DeviceAdmin.FEATURE_MEDIA_FEEDBACK, all);
            }
        } catch (DeviceException e) {
            // It does not tell, so nothing will be known until a read fails.
            return;
        }
    }

    /** Takes an idle path, or makes one. */
    public MediaPath borrow() throws GoneException {
        MediaPath path = idle.tryTake();
        return path != null ? path : new MediaPath(device);
    }

    /** Gives a path back with which nothing is under way, or whose device is gone. */
    public void giveBack(MediaPath path) {
        idle.giveBack(path);
    }

    /** Closes the idle paths and, after them, the device. Idempotent. */
    public void close() {
        idle.close();
        device.close();
    }
}
