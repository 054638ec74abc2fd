package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.GoneException;

/**
 * What is done in place of a command that meets faults or damage: commands to the device below, one after another, and an
 * answer at the end. Not thread-safe.
 */
abstract class Intervention {
    protected final IoCommand original;
    protected final DeviceBelow below;
    private int status = NvmeStatus.SUCCESS;
    private long failedAddresses;
    private long address;

    Intervention(IoCommand original, DeviceBelow below) {
        this.original = original;
        this.below = below;
    }

    /** Chooses what to do about a command, by the damage that there is now. */
    static Intervention of(IoCommand original, Hits hits, DeviceBelow below, QueueBuffers buffers) {
        if (!Addresses.areUsual(original) || below.refusesAnyway(original)) {
            return new Passing(original, below);
        }
        return switch (original.operation()) {
            case READ -> new ReadAround(original, hits, below, buffers);
            case WRITE, APPEND -> {
                Intervention refusal = RefusedProgram.of(original, below, buffers);
                yield refusal != null ? refusal : new ProgramThrough(original, hits, below, buffers);
            }
            case COPY -> CopyThrough.of(original, hits, below, buffers);
            case ERASE, FINISH, OPEN, CLOSE -> new EraseSome(original, hits, below, buffers);
        };
    }

    /** Whether everything that was submitted before must have completed, so that a report shows what the command meets. */
    boolean needsQuiet() {
        return false;
    }

    /**
     * Whether no step touches some block of the command. Then the device below does not keep the answer behind what was
     * submitted to that block before. Known when the answer is ready.
     */
    boolean leavesOut() {
        return false;
    }

    /**
     * Prepares the next command for the device below; called again when that has completed.
     *
     * @return false when there is none: the answer is ready
     */
    abstract boolean next(IoCommand step) throws GoneException;

    /** The command that was prepared last has completed. */
    abstract void completed(Completion completion);

    /** Status of the answer. */
    final int status() {
        return status;
    }

    /** Bits of the answer. */
    final long failedAddresses() {
        return failedAddresses;
    }

    /** Address of the answer, for an append. */
    final long address() {
        return address;
    }

    protected final void setStatus(int newStatus) {
        status = newStatus;
    }

    protected final void setAddress(long newAddress) {
        address = newAddress;
    }

    protected final void addBits(long bits) {
        failedAddresses |= bits;
    }
}
