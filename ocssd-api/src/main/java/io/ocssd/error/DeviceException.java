package io.ocssd.error;

/**
 * A device refused or failed a command.
 *
 * <p>Keeps what the device said (status code and name, the first failed address) instead of flattening it, and answers
 * the two questions a caller has: may the same command succeed if sent again, and is the data good.
 */
public final class DeviceException extends OcssdException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String statusName;
    private final String address;
    private final boolean retryable;
    private final boolean dataGood;

    /**
     * Makes the error.
     *
     * @param action what was tried, for example "program"
     * @param status NVMe status, status code type in bits 10:8 and status code in bits 7:0
     * @param statusName the standard's name of {@code status}
     * @param address the first address that failed, as fields
     * @param retryable whether the very same command may succeed when sent again
     * @param dataGood whether the data transferred is valid in spite of the status
     */
    public DeviceException(
            String action, int status, String statusName, String address, boolean retryable, boolean dataGood) {
        super(
                String.format("%s at %s failed: %s (0x%03X)", action, address, statusName, status),
                retryable ? "try the command again" : "");
        this.status = status;
        this.statusName = statusName;
        this.address = address;
        this.retryable = retryable;
        this.dataGood = dataGood;
    }

    /** NVMe status: status code type in bits 10:8, status code in bits 7:0. */
    public int status() {
        return status;
    }

    /** The standard's name of {@link #status()}. */
    public String statusName() {
        return statusName;
    }

    /** The first address that failed, as fields. */
    public String address() {
        return address;
    }

    /** Whether the very same command may succeed when sent again. */
    public boolean isRetryable() {
        return retryable;
    }

    /** Whether the data transferred is valid in spite of the status (a high ECC count, say). */
    public boolean isDataGood() {
        return dataGood;
    }
}
