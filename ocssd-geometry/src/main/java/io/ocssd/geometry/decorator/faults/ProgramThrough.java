package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Completion;
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
 * pointers agree; when more would follow, all runs are sent in one command without that.
 *
 * <p>A run that would have filled its block needs no place among the open blocks, and may find none when it loses a unit: then
 * it is programmed in full, and its block is closed early.
 */
final class ProgramThrough extends Intervention {
    private final Hits hits;
    private final QueueBuffers buffers;
    private final Closer closer;
    private final ClassBytes bytes;
    private final ProgramShape shape;
    private final int count;
    private boolean started;
    /** Whether runs are sent in part. */
    private boolean shortens;
    /** Whether an append that is sent in part would have filled its zone. */
    private boolean appendFills;
    /** What is sent then; null for an append, which is one run. */
    private ShortenedWrite shortened;
    /** Whether runs that fill their blocks are sent in full all the same. */
    private boolean fullyFilling;

    private boolean sent;
    private boolean closing;

    ProgramThrough(IoCommand original, Hits hits, DeviceBelow below, QueueBuffers buffers) {
        super(original, below);
        this.hits = hits;
        this.buffers = buffers;
        this.closer = new Closer(below, buffers);
        this.bytes = new ClassBytes(original, below.geometry);
        this.shape = new ProgramShape(original, below);
        this.count = Addresses.count(original);
    }

    @Override
    boolean needsQuiet() {
        return isAppend() && (hits.appendLater || losesMiddle());
    }

    /** Whether a unit is lost that is not the last of its run. */
    boolean losesMiddle() {
        for (int i = 0; i < hits.programCount(); i++) {
            if (losesMiddle(hits.program(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean losesMiddle(Hits.Program hit) {
        return losesUnit(hit) && endOfUnit(hit) < endOfRun(hit.from);
    }

    /** Whether a unit is lost; a block that is written anywhere has none. */
    private boolean losesUnit(Hits.Program hit) {
        int block = below.block(target(hit.from));
        return hit.kind == FaultKind.NEXT_UNIT && block >= 0 && !below.isRandom(block);
    }

    private boolean isAppend() {
        return original.operation() == IoCommand.Operation.APPEND;
    }

    private long target(int index) {
        return Addresses.target(original, index);
    }

    private int endOfRun(int index) {
        return Addresses.endOfTargets(original, index);
    }

    private int startOfUnit(Hits.Program hit) {
        int wsMin = below.limits.wsMin();
        return hit.from + (hit.index - hit.from) / wsMin * wsMin;
    }

    private int endOfUnit(Hits.Program hit) {
        return Math.min(endOfRun(hit.from), startOfUnit(hit) + below.limits.wsMin());
    }

    /** Whether a run goes to the end of a block that is not open yet, as far as can be told of zones. */
    private boolean fills(int from) {
        boolean opens = below.capabilities.zoned() || Ppa.sector(target(from)) == 0;
        return isAppend() ? appendFills : opens && shape.fills(from, endOfRun(from));
    }

    /** How far the run at {@code from} is programmed. */
    private int endOfSent(int from) {
        Hits.Program hit = hits.programAt(from);
        boolean inPart = shortens && hit != null && losesMiddle(hit) && !(fullyFilling && fills(from));
        return inPart ? endOfUnit(hit) : endOfRun(from);
    }

    @Override
    boolean next(IoCommand step) throws GoneException {
        if (!started) {
            started = true;
            start();
        }
        if (!sent) {
            sent = true;
            send(step);
            return true;
        }
        closing = true;
        return closer.next(step);
    }

    private void start() throws GoneException {
        BlockReport report = needsQuiet() ? below.report() : null;
        if (hits.appendLater && below.block(original.address(0)) >= 0) {
            int writePointer = report.writePointer(below.block(original.address(0)));
            below.faults.armedNow().meetAppendAt(original, writePointer, hits);
        }
        if (!losesMiddle()) {
            return;
        }
        shortens = isAppend() ? isAcceptable(report) : shape.isPossible();
        if (!shortens) {
            // It is going to be refused, and then no fault is met.
            hits.forgetPrograms();
        } else if (!isAppend()) {
            shortened = new ShortenedWrite(original, below, buffers, bytes);
        }
    }

    /** Whether an append would be accepted in full, places among the open zones aside. */
    private boolean isAcceptable(BlockReport report) {
        int zone = below.block(original.address(0));
        BlockState state = report.state(zone);
        int end = count + (state == BlockState.FREE ? 0 : report.writePointer(zone));
        appendFills = end == below.sectors(zone);
        return Ppa.sector(original.address(0)) == 0
                && (state == BlockState.FREE || state == BlockState.OPEN)
                && count % below.limits.wsMin() == 0
                && end <= below.sectors(zone);
    }

    private void send(IoCommand step) {
        if (!shortens) {
            CommandShape.copy(original, step);
        } else if (isAppend()) {
            int end = endOfSent(0);
            step.append(original.data(), original.dataOffset())
                    .range(original.address(0), end)
                    .oob(original.oob(), original.oobOffset())
                    .priority(original.priority());
            bytes.count(step, 0, end);
        } else {
            shortened.begin(step);
            for (int run = 0; run < count; run = endOfRun(run)) {
                shortened.add(step, run, endOfSent(run));
            }
        }
    }

    @Override
    void completed(Completion completion) {
        if (closing) {
            closer.completed(completion);
            return;
        }
        boolean failed = completion.status() != NvmeStatus.SUCCESS;
        boolean ofMedia = isOfMedia(completion.status());
        if (failed && !ofMedia && mayFillInFull()) {
            fullyFilling = true;
            sent = false;
            return;
        }
        long bits = shortened == null
                ? completion.failedAddresses()
                : shortened.bitsOfOriginal(completion.failedAddresses());
        if (failed) {
            failed(completion.status());
            addBits(bits);
        }
        setAddress(completion.address());
        boolean othersProgrammed = ofMedia && completion.failedAddresses() != 0;
        for (int run = 0, end; run < count; run = end) {
            end = endOfRun(run);
            boolean hasFailed = (bits & Addresses.bits(run, end)) != 0;
            if (hasFailed) {
                // What was not sent of a run that failed, too.
                addBits(Addresses.bits(endOfSent(run), end));
            }
            Hits.Program hit = hits.programAt(run);
            if (hit != null && (!failed || (othersProgrammed && !hasFailed))) {
                hit(hit, end, completion.address(), !failed);
            }
        }
    }

    /** Whether it is worth another try with all that fills its block in full. */
    private boolean mayFillInFull() {
        for (int run = 0; shortens && !fullyFilling && run < count; run = endOfRun(run)) {
            Hits.Program hit = hits.programAt(run);
            if (hit != null && losesMiddle(hit) && fills(run)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a program was accepted and failed then: its other runs were programmed. */
    private boolean isOfMedia(int status) {
        return (status == NvmeStatus.WRITE_FAULT && below.capabilities.zoned())
                || status == NvmeStatus.CHUNK_EARLY_CLOSE
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
        long first = isAppend() ? appendedAt : target(hit.from);
        int block = below.block(first);
        int sector = Ppa.sector(first);
        boolean losesUnit = losesUnit(hit);
        boolean closes = !losesUnit || (fullyFilling && losesMiddle(hit) && fills(hit.from));
        below.faults.count(hit.kind);
        int failedFrom = losesUnit ? startOfUnit(hit) : hit.index;
        int programmedTo = endOfSent(hit.from);
        failed(below.programFailure(closes, block));
        addBits(Addresses.bits(failedFrom, end));
        if (counted) {
            below.adjustments.programmed(programmedTo - failedFrom, bytes.between(failedFrom, programmedTo));
        }
        if (below.isRandom(block)) {
            return;
        }
        if (closes) {
            below.damage.closeEarly(block, sector + failedFrom - hit.from, hit.resetFails);
            closer.add(block, sector + end - hit.from);
        } else {
            below.damage.breakSectors(block, sector + failedFrom - hit.from, sector + programmedTo - hit.from);
        }
    }
}
