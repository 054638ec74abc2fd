package io.ocssd.geometry.decorator.faults;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.GoneException;
import java.util.EnumSet;

/**
 * A copy whose sources are looked at before anything else, as the drive does: all of them must be readable.
 *
 * <p>They are read by the device below like any read. What is absent there by the plan alone, and reads as zeros, the device
 * can't copy, and a copy that loses a unit can't be sent in one: then what was read is written.
 */
final class CopyThrough extends Intervention {
    private final Hits hits;
    private final QueueBuffers buffers;
    private final ReadAround reads;
    /** Whether what is read is written then. */
    private final boolean writes;

    private final IoBuffer data;
    private final IoBuffer oob;
    private Intervention program;
    private boolean isRead;
    private boolean refused;

    private CopyThrough(
            IoCommand original,
            Hits hits,
            DeviceBelow below,
            QueueBuffers buffers,
            Intervention program,
            boolean writes) {
        super(original, below);
        this.hits = hits;
        this.buffers = buffers;
        this.program = program;
        this.writes = writes;
        this.data = writes ? buffers.newData() : buffers.scratch();
        this.oob = writes && below.geometry.oobBytes() > 0 ? buffers.newOob() : null;
        IoCommand read = new IoCommand().read(data, 0).oob(oob, 0).priority(original.priority());
        for (int i = 0; i < original.count(); i++) {
            read.add(original.address(i));
        }
        this.reads = new ReadAround(read, hits, below, buffers);
    }

    /** What is done about a copy. */
    static Intervention of(IoCommand original, Hits hits, DeviceBelow below, QueueBuffers buffers) {
        // What should be moved soon is moved just now.
        hits.highEcc = 0;
        RefusedProgram refusal = RefusedProgram.of(original, below, buffers);
        if (refusal != null) {
            return new CopyThrough(original, hits, below, buffers, refusal, false);
        }
        EnumSet<Verdict> sources = EnumSet.noneOf(Verdict.class);
        for (int i = 0; i < original.count(); i++) {
            sources.add(Verdict.of(original.address(i), hits, i, below));
        }
        ProgramThrough program = new ProgramThrough(original, hits, below, buffers);
        boolean writes = program.losesMiddle() || (sources.contains(Verdict.ABSENT) && !below.admin.dulbe());
        return writes || !sources.equals(EnumSet.of(Verdict.FINE))
                ? new CopyThrough(original, hits, below, buffers, program, writes)
                : program;
    }

    @Override
    boolean needsQuiet() {
        return reads.needsQuiet() || program.needsQuiet();
    }

    @Override
    boolean leavesOut() {
        return refused || reads.leavesOut() || program.leavesOut();
    }

    @Override
    boolean next(IoCommand step) throws GoneException {
        if (!isRead) {
            if (reads.next(step)) {
                return true;
            }
            isRead = true;
            judge();
        }
        if (refused || program.next(step)) {
            return !refused;
        }
        setStatus(program.status());
        addBits(program.failedAddresses());
        return false;
    }

    private void judge() {
        int count = original.count();
        refused = !NvmeStatus.isDataGood(reads.status());
        below.adjustments.read(refused ? count - Long.bitCount(reads.failedAddresses()) : count);
        if (refused) {
            setStatus(reads.status());
            addBits(reads.failedAddresses());
        } else if (writes) {
            program = new ProgramThrough(write(), hits, below, buffers);
        }
    }

    private IoCommand write() {
        IoCommand write = new IoCommand().write(data, 0).oob(oob, 0).priority(original.priority());
        for (int i = 0; i < original.destinationCount(); i++) {
            write.add(original.destination(i));
        }
        for (ByteClass each : ByteClass.values()) {
            write.count(each, original.classBytes(each));
        }
        return write;
    }

    @Override
    void completed(Completion completion) {
        if (isRead) {
            program.completed(completion);
        } else {
            reads.completed(completion);
        }
    }
}
