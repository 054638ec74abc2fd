package io.ocssd.cli.ftl;

import io.ocssd.block.BlockDevice;
import io.ocssd.block.BlockOptions;
import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.TargetOption;
import io.ocssd.target.OpenOptions;

/** Opens the block device that a verb means. */
final class OpenedBlockDevice {
    private OpenedBlockDevice() {}

    /** What is done with an open block device. */
    interface Body<R> {
        R run(BlockDevice device) throws Exception;
    }

    /** Opens the block device, does it, closes device and drive. */
    static <R> R with(Session session, TargetOption which, BlockOptions options, Body<R> body) throws Exception {
        return new Devices(session).withDrive(OpenOptions.defaults(), (drive, scheduler) -> {
            try (BlockDevice device = drive.target(which.nameOn(drive)).openBlockDevice(options)) {
                return body.run(device);
            }
        });
    }

    /** Checks a range that the user gave. */
    static void checkRange(BlockDevice device, long sector, long count) {
        if (sector < 0 || count < 0 || sector > device.sectors() - count) {
            throw Failure.refused(
                    "the block device has sectors 0 to " + (device.sectors() - 1) + ", and " + count + " from " + sector
                            + " on were asked for",
                    "give another --sector or --count");
        }
    }
}
