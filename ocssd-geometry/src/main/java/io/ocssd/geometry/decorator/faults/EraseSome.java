package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.address.DeviceAddressFormat;
import io.ocssd.geometry.decorator.CommandShape;
import io.ocssd.geometry.decorator.faults.BlockDamage.Condition;
import io.ocssd.geometry.page.ChunkDescriptor;
import java.nio.ByteBuffer;

/**
 * Erases, finishes, opens or closes those blocks of a command that can be, and fails the others. The status is that of the
 * last entry that failed.
 */
final class EraseSome extends Intervention {
    private final Hits hits;
    private final Closer closer;
    private final int count;
    private final int[] statuses;
    /** Indexes of the entries that are sent, in order. */
    private final int[] sent;

    private int sentCount;
    private boolean prepared;
    private boolean isSent;

    EraseSome(IoCommand original, Hits hits, DeviceBelow below, QueueBuffers buffers) {
        super(original, below);
        this.hits = hits;
        this.closer = new Closer(below, buffers);
        this.count = original.count();
        this.statuses = new int[count];
        this.sent = new int[count];
    }

    @Override
    boolean needsQuiet() {
        return needsReport();
    }

    @Override
    boolean leavesOut() {
        return sentCount < count;
    }

    private boolean isErase() {
        return original.operation() == IoCommand.Operation.ERASE;
    }

    private boolean needsReport() {
        for (int i = 0; isErase() && i < count; i++) {
            int block = below.block(original.address(i));
            if (block >= 0
                    && !isPart(i, block)
                    && (isToFail(i, block) || below.damage.condition(block) == Condition.CLOSED)) {
                return true;
            }
        }
        return false;
    }

    private boolean isToFail(int index, int block) {
        return (hits.erases & 1L << index) != 0 || below.damage.resetFails(block);
    }

    @Override
    boolean next(IoCommand step) throws GoneException {
        if (!prepared) {
            prepared = true;
            prepare();
        }
        if (closer.next(step)) {
            return true;
        }
        if (!isSent && sentCount > 0) {
            isSent = true;
            send(step);
            return true;
        }
        answer();
        return false;
    }

    private void prepare() throws GoneException {
        BlockReport report = needsReport() ? below.report() : null;
        for (int i = 0; i < count; i++) {
            int block = below.block(original.address(i));
            statuses[i] = block < 0 || isPart(i, block) ? NvmeStatus.SUCCESS : judge(i, block, report);
            if (statuses[i] == NvmeStatus.SUCCESS) {
                sent[sentCount++] = i;
            }
        }
    }

    /** Whether an entry names something else than a whole block, which the device below refuses. */
    private boolean isPart(int index, int block) {
        boolean inside = Ppa.sector(original.address(index)) != 0;
        if (original.isScalar() && isErase()) {
            return inside || original.sectors() != below.sectors(block);
        }
        return inside && below.capabilities.zoned();
    }

    private int judge(int index, int block, BlockReport report) {
        Condition condition = below.damage.condition(block);
        if (condition == Condition.OFFLINE || condition == Condition.DEAD) {
            if (isErase()) {
                return below.eraseRefusal();
            }
            return below.capabilities.zoned() ? NvmeStatus.INVALID_ZONE_TRANSITION : NvmeStatus.SUCCESS;
        }
        if (!isErase() || report == null || isSentAlready(block)) {
            return NvmeStatus.SUCCESS;
        }
        BlockState state = report.state(block);
        if (isToFail(index, block) && (condition == Condition.CLOSED || below.isErasable(block, state))) {
            below.damage.takeOffline(block);
            below.faults.count(FaultKind.RESET_FAIL);
            if (state == BlockState.OPEN) {
                closer.add(block, report.writePointer(block));
            }
            return NvmeStatus.INVALID_RESET;
        }
        if (condition == Condition.CLOSED && state == BlockState.OPEN) {
            closer.add(block, report.writePointer(block));
        }
        return NvmeStatus.SUCCESS;
    }

    /** Whether an earlier entry names the same block: what it leaves of it is for the device to say. */
    private boolean isSentAlready(int block) {
        for (int i = 0; i < sentCount; i++) {
            if (below.block(original.address(sent[i])) == block) {
                return true;
            }
        }
        return false;
    }

    private void send(IoCommand step) {
        CommandShape.copy(original, step);
        if (sentCount == count) {
            return;
        }
        switch (original.operation()) {
            case FINISH -> step.finish();
            case OPEN -> step.open();
            case CLOSE -> step.close();
            default -> step.erase();
        }
        for (int i = 0; i < sentCount; i++) {
            step.add(original.address(sent[i]));
        }
        step.priority(original.priority());
    }

    @Override
    void completed(Completion completion) {
        if (!isSent) {
            closer.completed(completion);
            return;
        }
        boolean good = completion.status() == NvmeStatus.SUCCESS;
        // A device that names no entry has failed them all.
        long bits = good || completion.failedAddresses() != 0 ? completion.failedAddresses() : -1;
        for (int i = 0; i < sentCount; i++) {
            int block = below.block(original.address(sent[i]));
            if (!good && (bits & 1L << i) != 0) {
                statuses[sent[i]] = completion.status();
            } else if (isErase() && block >= 0) {
                below.damage.erased(block);
            }
        }
    }

    private void answer() throws GoneException {
        for (int i = 0; i < count; i++) {
            if (statuses[i] != NvmeStatus.SUCCESS) {
                setStatus(statuses[i]);
                addBits(1L << i);
            }
        }
        if (isErase() && original.oob() != null && !original.isScalar() && !below.capabilities.zoned()) {
            describe();
        }
    }

    /** Says what became of each block, as the device would if the faults were its own. */
    private void describe() throws GoneException {
        BlockReport report = below.report();
        below.damage.show(report);
        DeviceAddressFormat addresses = new DeviceAddressFormat(below.geometry);
        for (int i = 0; i < count; i++) {
            int block = below.block(original.address(i));
            if (block >= 0) {
                ByteBuffer into =
                        original.oob().part(original.oobOffset() + i * ChunkDescriptor.BYTES, ChunkDescriptor.BYTES);
                ChunkDescriptor.of(report, block, addresses).encode(into, into.position());
            }
        }
    }
}
