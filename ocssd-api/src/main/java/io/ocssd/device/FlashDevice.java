package io.ocssd.device;

import io.ocssd.error.GoneException;
import java.io.Closeable;

/**
 * A flash device: an emulated drive or real hardware.
 *
 * <p>Thread-safe. One owner has it at a time: a second open of the same drive or image is refused with
 * {@link io.ocssd.error.BusyException}, in the same process too.
 */
public interface FlashDevice extends Closeable {
    /** Who the device is. */
    DeviceInfo info();

    /** Its shape. */
    Geometry geometry();

    /** What it asks of its writers. */
    Limits limits();

    /** What it can do beyond reading, programming and erasing. */
    Capabilities capabilities();

    /** Its pages as bytes, its features and notifications. */
    DeviceAdmin admin();

    /** Typical times of its media. */
    Timings timings();

    /** What of a completed program survives a power cut. */
    DurabilityClass durability();

    /**
     * States and write pointers of all blocks, now.
     *
     * @throws GoneException when the device is gone
     */
    BlockReport report() throws GoneException;

    /** What it has done since it was opened. */
    DeviceCounters counters();

    /**
     * Opens a data path.
     *
     * @param depth most commands that can be under way, at least 1
     * @throws GoneException when the device is gone
     */
    IoQueue openQueue(int depth) throws GoneException;

    /** Lets go of the device; queues that are still open stop working. Idempotent. */
    @Override
    void close();
}
