package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.ByteClass;
import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;

/**
 * Makes blocks of the device below full, command by command: a zone is finished, another block is filled.
 *
 * <p>A block that was closed early must be full below, so that it can be read up to its write pointer and erased, and does
 * not count among the open ones. Not thread-safe.
 */
final class Closer {
    private final DeviceBelow below;
    private final QueueBuffers buffers;
    private final int[] blocks = new int[Limits.MAX_ADDRESSES];
    private final int[] writePointers = new int[Limits.MAX_ADDRESSES];
    private int count;
    private int at;
    private int sectors;

    Closer(DeviceBelow below, QueueBuffers buffers) {
        this.below = below;
        this.buffers = buffers;
    }

    /** Asks for a block to be closed. */
    void add(int block, int writePointer) {
        if (writePointer < below.sectors(block) && !below.isRandom(block)) {
            blocks[count] = block;
            writePointers[count++] = writePointer;
        }
    }

    /** Prepares the next command, or says that there is nothing more to do. */
    boolean next(IoCommand step) {
        if (at == count) {
            return false;
        }
        long ppa = below.geometry.blockPpa(blocks[at]);
        if (below.capabilities.zoned()) {
            step.finish().add(ppa);
            return true;
        }
        int most = Limits.MAX_ADDRESSES / below.limits.wsMin() * below.limits.wsMin();
        sectors = Math.min(most, below.sectors(blocks[at]) - writePointers[at]);
        step.write(buffers.filler(), 0)
                .addRun(ppa + writePointers[at], sectors)
                .count(ByteClass.PADDING, sectors * below.geometry.sectorBytes());
        return true;
    }

    /** A block that can't be closed is left as it is: what was promised of it holds in the plan all the same. */
    void completed(Completion completion) {
        if (below.capabilities.zoned() || completion.status() != NvmeStatus.SUCCESS) {
            at++;
            return;
        }
        long[] bytes = new long[ByteClass.values().length];
        bytes[ByteClass.PADDING.ordinal()] = (long) sectors * below.geometry.sectorBytes();
        below.adjustments.programmed(sectors, bytes);
        writePointers[at] += sectors;
        if (writePointers[at] == below.sectors(blocks[at])) {
            at++;
        }
    }
}
