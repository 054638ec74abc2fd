package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.BlockReport;
import io.ocssd.device.Completion;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.decorator.CommandShape;

/**
 * A program whose runs may be hit: the device below programs it, and then it is said to have failed.
 *
 * <p>So the rules are the device's: what it refuses is refused, and no fault is seen. A run that is closed early is
 * programmed in full; what lies from the failed sector on is below the plan's write pointer and nobody gets to see it, and
 * then the block is made full below. A run that loses a unit is programmed up to the end of that unit, so that both write
 * pointers agree; when more follows, the command is sent run by run, after a look at a report that says that all of it
 * would be accepted.
 */
final class ProgramThrough extends Intervention {
    private final Hits hits;
    private final Closer closer;
    private final ClassBytes bytes;
    private final int count;
    private boolean started;
    /** Whether each run is sent by itself, and not the whole command at once. */
    private boolean split;

    private int from;
    private int to;
    private int sent;
    private boolean closing;

    ProgramThrough(IoCommand original, Hits hits, DeviceBelow below, QueueBuffers buffers) {
        super(original, below);
        this.hits = hits;
        this.closer = new Closer(below, buffers);
        this.bytes = new ClassBytes(original, below.geometry);
        this.count = Addresses.count(original);
    }

    @Override
    boolean needsQuiet() {
        return hits.appendLater || losesMiddle();
    }

    /** Whether a unit is lost that is not the last of its run. */
    private boolean losesMiddle() {
        for (int i = 0; i < hits.programCount(); i++) {
            Hits.Program hit = hits.program(i);
            if (losesUnit(hit) && endOfUnit(hit, endOfRun(hit.from)) < endOfRun(hit.from)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a unit is lost; a block that is written anywhere has none. */
    private boolean losesUnit(Hits.Program hit) {
        int block = below.block(target(hit.from));
        return hit.kind == FaultKind.NEXT_UNIT && block >= 0 && !below.isRandom(block);
    }

    private long target(int index) {
        return Refusal.target(original, index);
    }

    private int endOfRun(int index) {
        int end = index + 1;
        while (end < count && Ppa.blockOf(target(end)) == Ppa.blockOf(target(index))) {
            end++;
        }
        return end;
    }

    private int startOfUnit(Hits.Program hit) {
        int wsMin = below.limits.wsMin();
        return hit.from + (hit.index - hit.from) / wsMin * wsMin;
    }

    private int endOfUnit(Hits.Program hit, int endOfRun) {
        return Math.min(endOfRun, startOfUnit(hit) + below.limits.wsMin());
    }

    @Override
    boolean next(IoCommand step) throws GoneException {
        if (!started) {
            started = true;
            start();
        }
        if (to < count) {
            from = to;
            to = split ? endOfRun(from) : count;
            sent = to;
            Hits.Program hit = split ? hits.programAt(from) : null;
            if (hit != null && losesUnit(hit)) {
                sent = endOfUnit(hit, to);
            }
            send(step);
            return true;
        }
        closing = true;
        return closer.next(step);
    }

    private void start() throws GoneException {
        if (!needsQuiet()) {
            return;
        }
        BlockReport report = below.report();
        if (hits.appendLater && below.block(original.address(0)) >= 0) {
            int writePointer = report.writePointer(below.block(original.address(0)));
            below.faults.armedNow().meetAppendAt(original, writePointer, hits);
        }
        if (losesMiddle()) {
            split = original.operation() == IoCommand.Operation.APPEND || isAcceptable(report);
            if (!split) {
                hits.clear();
            }
        }
    }

    private boolean isAcceptable(BlockReport report) {
        Acceptance acceptance = new Acceptance(below, report);
        for (int run = 0; run < count; run = endOfRun(run)) {
            int end = endOfRun(run);
            for (int i = run + 1; i < end; i++) {
                if (target(i) != target(i - 1) + 1) {
                    return false;
                }
            }
            if (!acceptance.takes(target(run), end - run)) {
                return false;
            }
        }
        return true;
    }

    private void send(IoCommand step) {
        if (from == 0 && sent == count) {
            CommandShape.copy(original, step);
            return;
        }
        Geometry geometry = below.geometry;
        switch (original.operation()) {
            case APPEND -> step.append(original.data(), original.dataOffset()).range(original.address(0), sent);
            case COPY -> {
                step.copy();
                for (int i = from; i < sent; i++) {
                    step.add(original.address(i)).addDestination(original.destination(i));
                }
            }
            default -> {
                step.write(original.data(), original.dataOffset() + from * geometry.sectorBytes());
                if (original.isScalar()) {
                    step.range(target(from), sent - from);
                } else {
                    step.addRun(target(from), sent - from);
                }
            }
        }
        if (original.oob() != null) {
            step.oob(original.oob(), original.oobOffset() + from * geometry.oobBytes());
        }
        bytes.count(step, from, sent);
        step.priority(original.priority());
    }

    @Override
    void completed(Completion completion) {
        if (closing) {
            closer.completed(completion);
            return;
        }
        setAddress(completion.address());
        boolean failed = completion.status() != NvmeStatus.SUCCESS;
        boolean othersProgrammed = isOfMedia(completion.status()) && completion.failedAddresses() != 0;
        long bits = completion.failedAddresses() << from;
        if (failed) {
            failed(completion.status());
            addBits(bits);
        }
        for (int run = from, end; run < to; run = end) {
            end = Math.min(to, endOfRun(run));
            boolean programmed = !failed || (othersProgrammed && (bits & Addresses.bits(run, end)) == 0);
            Hits.Program hit = hits.programAt(run);
            if (programmed && hit != null) {
                hit(hit, end, completion.address(), !failed);
            }
        }
    }

    /** Whether a program was accepted and failed then: its other runs were programmed. */
    private static boolean isOfMedia(int status) {
        return status == NvmeStatus.CHUNK_EARLY_CLOSE
                || status == NvmeStatus.WRITE_NEXT_UNIT
                || status == NvmeStatus.INTERNAL_ERROR;
    }

    /** Of several failures the status of the lowest number is the answer, as for reads. */
    private void failed(int status) {
        setStatus(status() == NvmeStatus.SUCCESS ? status : Math.min(status(), status));
    }

    /**
     * Says that a program has failed that has not.
     *
     * @param end behind the last index of the run
     * @param counted whether the device below has counted it
     */
    private void hit(Hits.Program hit, int end, long appendedAt, boolean counted) {
        boolean append = original.operation() == IoCommand.Operation.APPEND;
        long first = append ? appendedAt : target(hit.from);
        int block = below.block(first);
        int sector = Ppa.sector(first);
        boolean closes = hit.kind == FaultKind.EARLY_CLOSE;
        below.faults.count(hit.kind);
        int failedFrom = closes || below.isRandom(block) ? hit.index : startOfUnit(hit);
        int programmedTo = Math.min(sent, end);
        failed(below.programFailure(hit.kind, block));
        addBits(Addresses.bits(failedFrom, end));
        if (counted) {
            below.adjustments.programmed(programmedTo - failedFrom, bytes.between(failedFrom, programmedTo));
        }
        if (below.isRandom(block)) {
            return;
        }
        if (closes) {
            below.damage.closeEarly(block, sector + hit.index - hit.from, hit.resetFails);
            closer.add(block, sector + end - hit.from);
        } else {
            below.damage.breakSectors(block, sector + failedFrom - hit.from, sector + programmedTo - hit.from);
        }
    }
}
