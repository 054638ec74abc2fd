package io.ocssd.ftl.media;

import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.error.DeviceException;

/** Makes exceptions of what a device answered. */
public final class Failures {
    private Failures() {}

    /**
     * The exception for a failed command.
     *
     * @param action what was tried, for example "program"
     * @param ppa the first address that failed
     */
    public static DeviceException of(String action, int status, long ppa) {
        return new DeviceException(
                action, status, NvmeStatus.name(status), Ppa.toString(ppa), false, NvmeStatus.isDataGood(status));
    }

    /** Index of the first address that failed; 0 when the device named none. */
    public static int firstFailed(long failedAddresses) {
        return failedAddresses == 0 ? 0 : Long.numberOfTrailingZeros(failedAddresses);
    }
}
