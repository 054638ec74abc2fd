package io.ocssd.device;

import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import io.ocssd.scheduler.Signal;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The administrative side of a device: its pages as bytes, its features, its notifications.
 *
 * <p>Thread-safe; slow compared with a queue. Bytes are those of the device's own specification, little endian.
 */
public interface DeviceAdmin {
    /** Log page with the state of every block: 32 bytes each (Open-Channel SSD 2.0, chunk information). */
    int LOG_CHUNK_INFORMATION = 0xCA;
    /** Log page of chunk notifications: 64 bytes each, oldest first (Open-Channel SSD 2.0). */
    int LOG_CHUNK_NOTIFICATION = 0xD0;

    /** Feature: error recovery; see {@link #DULBE}. */
    int FEATURE_ERROR_RECOVERY = 0x05;
    /** Feature: which reads of doubtful data are reported; see {@link #HIGH_ECC} and {@link #VERY_HIGH_ECC}. */
    int FEATURE_MEDIA_FEEDBACK = 0xCA;

    /**
     * Bit of {@link #FEATURE_ERROR_RECOVERY}: reads of sectors that are not readable fail with {@link
     * NvmeStatus#DEALLOCATED} instead of giving predefined data. This library sets it when it opens a device.
     */
    int DULBE = 1 << 16;
    /** Bit of {@link #FEATURE_MEDIA_FEEDBACK}: reads with a high ECC count say so. */
    int HIGH_ECC = 1;
    /** Bit of {@link #FEATURE_MEDIA_FEEDBACK}: reads with a very high ECC count say so. */
    int VERY_HIGH_ECC = 1 << 1;

    /** The page that describes the device: for Open-Channel SSDs the 4096 bytes of the geometry command. */
    ByteBuffer geometryPage() throws DeviceException, GoneException;

    /**
     * What else the device says of itself: the pages by which a real drive identifies itself. None of emulated drives.
     *
     * @throws GoneException when the device is gone; a page that can't be had says so itself
     */
    default List<RawPage> identifyPages() throws GoneException {
        return List.of();
    }

    /**
     * Reads part of a log page.
     *
     * @param logId which page
     * @param offset where to begin, in bytes; a multiple of 4
     * @param target is filled as far as the page goes; its position moves on
     * @throws DeviceException when the device does not know the page, or the offset is behind its end
     */
    void logPage(int logId, long offset, ByteBuffer target) throws DeviceException, GoneException;

    /**
     * Reads a feature.
     *
     * @throws DeviceException when the device does not know it
     */
    int feature(int featureId) throws DeviceException, GoneException;

    /**
     * Sets a feature.
     *
     * @throws DeviceException when the device does not know it, or refuses the value
     */
    void setFeature(int featureId, int value) throws DeviceException, GoneException;

    /** Is raised for every new entry of the notification log. */
    Signal notifications();
}
