package io.ocssd.device;

/** Outcome of a command; filled by {@link IoQueue#poll} and reused by whoever polls. Not thread-safe. */
public final class Completion extends CompletionFields {
    @SuppressWarnings("UnusedVariable") // see Padding
    private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

    /** An empty outcome. */
    public Completion() {}

    /** Sets all fields; for device implementations. */
    public void set(long newTag, int newStatus, long newFailedAddresses, long newAddress) {
        this.tag = newTag;
        this.status = newStatus;
        this.failedAddresses = newFailedAddresses;
        this.address = newAddress;
    }

    /** Sets the tag alone; for queues that hand commands on under tags of their own. */
    public void tag(long newTag) {
        this.tag = newTag;
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

    /** Where an append put its first sector, packed as {@link Ppa} says; 0 for other commands. */
    public long address() {
        return address;
    }

    /** Whether the status is {@link NvmeStatus#SUCCESS}. */
    public boolean isSuccess() {
        return status == NvmeStatus.SUCCESS;
    }
}
