package io.ocssd.scheduler;

/**
 * What an operation of the host's processor costs in simulated runs, in nanoseconds of virtual time.
 *
 * <p>The constants were measured once on a two-core x86-64 server and rounded; they stand for a typical host, not for the
 * one that runs the simulation, so that equal seeds give equal results everywhere. Reports of simulated runs print this
 * table.
 */
public enum HostCost {
    /** Sending one command to a device: building it and one system call. */
    COMMAND(480),
    /** Copying one KiB within memory. */
    COPY_KIB(18),
    /** CRC32C over one KiB. */
    CHECKSUM_KIB(18),
    /** One look-up in an ordered structure in memory (memtable, block index). */
    LOOKUP(200),
    /** One insertion into an ordered structure in memory. */
    INSERT(500);

    private final long nanos;

    HostCost(long nanos) {
        this.nanos = nanos;
    }

    /** Nanoseconds that one operation takes. */
    public long nanos() {
        return nanos;
    }
}
