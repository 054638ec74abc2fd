package io.ocssd.device;

/** Outcome of a command; filled by {@link IoQueue#poll} and reused by whoever polls. Not thread-safe. */
public final class Completion {
    private long tag;
    private int status;
    private long failedAddresses;

    /** An empty outcome. */
    public Completion() {}

    /** Sets all fields; for device implementations. */
    public void set(long newTag, int newStatus, long newFailedAddresses) {
        this.tag = newTag;
        this.status = newStatus;
        this.failedAddresses = newFailedAddresses;
    }

    /** The tag of the command. */
    public long tag() {
        return tag;
    }

    /** What the device said, see {@link NvmeStatus}. */
    public int status() {
        return status;
    }

    /** Bit i is set when address i of the command failed. */
    public long failedAddresses() {
        return failedAddresses;
    }

    /** Whether the status is {@link NvmeStatus#SUCCESS}. */
    public boolean isSuccess() {
        return status == NvmeStatus.SUCCESS;
    }
}
