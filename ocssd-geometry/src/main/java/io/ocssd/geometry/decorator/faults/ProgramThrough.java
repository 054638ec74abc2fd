package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
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
 * pointers agree; when more would follow, the command is sent run by run, after a {@link Rehearsal} that says that all of it
 * would be accepted.
 *
 * <p>A run that would have filled its block needs no place among the open blocks, and may find none when it loses a unit: then
 * it is programmed in full, and its block is closed early.
 */
final class ProgramThrough extends Intervention {
    private final Hits hits;
    private final Closer closer;
    private final ClassBytes bytes;
    private final Rehearsal rehearsal;
    private final int count;
    private boolean started;
    /** Whether the device is being asked. */
    private boolean rehearsing;
    /** Whether each run is sent by itself, and not the whole command at once. */
    private boolean split;
    /** Whether it is the turn of the runs that fill their blocks. */
    private boolean filling;
    /** Whether the run that was sent in part was refused, and is sent in full. */
    private boolean again;

    private int from;
    private int to;
    private int sent;
    private boolean closing;

    ProgramThrough(IoCommand original, Hits hits, DeviceBelow below, QueueBuffers buffers) {
        super(original, below);
        this.hits = hits;
        this.closer = new Closer(below, buffers);
        this.bytes = new ClassBytes(original, below.geometry);
        this.rehearsal = new Rehearsal(original, below, buffers);
        this.count = Addresses.count(original);
    }

    @Override
    boolean needsQuiet() {
        return hits.appendLater || losesMiddle();
    }

    /** Whether a unit is lost that is not the last of its run. */
    boolean losesMiddle() {
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

    private int endOfUnit(Hits.Program hit, int endOfRun) {
        return Math.min(endOfRun, startOfUnit(hit) + below.limits.wsMin());
    }

    @Override
    boolean next(IoCommand step) throws GoneException {
        if (!started) {
            started = true;
            start();
        }
        if (rehearsing) {
            if (rehearsal.next(step)) {
                return true;
            }
            rehearsing = false;
        }
        if (again || nextRun()) {
            sent = again ? to : endOfSent();
            send(step);
            return true;
        }
        closing = true;
        return closer.next(step);
    }

    /**
     * Goes on to what is sent next. Those that fill their blocks come last: the places among the open blocks are for those
     * that need them in any case.
     */
    private boolean nextRun() {
        if (!split) {
            boolean first = to == 0;
            to = count;
            return first;
        }
        while (true) {
            while (to < count) {
                from = to;
                to = endOfRun(from);
                if (rehearsal.fills(from, to) == filling) {
                    return true;
                }
            }
            if (filling) {
                return false;
            }
            filling = true;
            to = 0;
        }
    }

    /** How far the run at {@code from} is programmed. */
    private int endOfSent() {
        Hits.Program hit = split ? hits.programAt(from) : null;
        return hit != null && losesUnit(hit) ? endOfUnit(hit, to) : to;
    }

    private void start() throws GoneException {
        if (!needsQuiet()) {
            return;
        }
        BlockReport report = isAppend() ? below.report() : null;
        if (hits.appendLater && below.block(original.address(0)) >= 0) {
            int writePointer = report.writePointer(below.block(original.address(0)));
            below.faults.armedNow().meetAppendAt(original, writePointer, hits);
        }
        if (losesMiddle()) {
            split = isAppend() ? isAcceptable(report) : rehearsal.isPossible();
            rehearsing = split && !isAppend();
        }
        if (!split) {
            sendWhole();
        }
    }

    /** Sends the command as it is: the device is going to refuse it, or no unit is lost in the middle. */
    private void sendWhole() {
        split = false;
        rehearsing = false;
        if (losesMiddle()) {
            hits.forgetPrograms();
        }
    }

    /** Whether an append would be accepted in full, places among the open zones aside. */
    private boolean isAcceptable(BlockReport report) {
        int zone = below.block(original.address(0));
        BlockState state = report.state(zone);
        int writePointer = state == BlockState.FREE ? 0 : report.writePointer(zone);
        return Ppa.sector(original.address(0)) == 0
                && (state == BlockState.FREE || state == BlockState.OPEN)
                && count % below.limits.wsMin() == 0
                && writePointer + count <= below.sectors(zone);
    }

    private void send(IoCommand step) {
        if (from == 0 && sent == count) {
            CommandShape.copy(original, step);
            return;
        }
        Geometry geometry = below.geometry;
        switch (original.operation()) {
            case APPEND -> step.append(original.data(), original.dataOffset()).range(original.address(0), sent);
            case COPY -> throw new IllegalStateException("a copy is sent in one");
            default -> {
                step.write(original.data(), original.dataOffset() + from * geometry.sectorBytes());
                if (original.isScalar()) {
                    step.range(target(from), sent - from);
                }
                for (int i = from; !original.isScalar() && i < sent; i++) {
                    step.add(target(i));
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
        if (rehearsing) {
            if (!rehearsal.isPassed(completion)) {
                sendWhole();
            }
        } else if (closing) {
            closer.completed(completion);
        } else {
            programmed(completion);
        }
    }

    private void programmed(Completion completion) {
        boolean failed = completion.status() != NvmeStatus.SUCCESS;
        boolean ofMedia = isOfMedia(completion.status());
        if (failed && !ofMedia && sent < to && !again) {
            again = true;
            return;
        }
        setAddress(completion.address());
        long bits = completion.failedAddresses() << from;
        if (failed) {
            failed(completion.status());
            addBits(bits | (sent < to ? Addresses.bits(sent, to) : 0));
        }
        boolean othersProgrammed = ofMedia && completion.failedAddresses() != 0;
        for (int run = from, end; run < to; run = end) {
            end = Math.min(to, endOfRun(run));
            boolean programmed = !failed || (othersProgrammed && (bits & Addresses.bits(run, end)) == 0);
            Hits.Program hit = hits.programAt(run);
            if (programmed && hit != null) {
                hit(hit, end, completion.address(), !failed);
            }
        }
        again = false;
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
        boolean closes = !losesUnit || again;
        below.faults.count(hit.kind);
        int failedFrom = losesUnit ? startOfUnit(hit) : hit.index;
        int programmedTo = Math.min(sent, end);
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
