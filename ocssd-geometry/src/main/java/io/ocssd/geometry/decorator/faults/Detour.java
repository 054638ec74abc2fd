package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.IoCommand;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.decorator.CommandShape;

/**
 * A command that a queue does not just hand on: because faults or damage are in its way, or because it must wait for such a
 * command to the same block. Used again and again; not thread-safe.
 */
final class Detour {
    final IoCommand command = new IoCommand();
    final Hits hits = new Hits();
    private final long[] blocks = new long[2 * Limits.MAX_ADDRESSES];
    private int blockCount;
    /** Number of the command in its queue. */
    long sequence;
    /** How many that were handed on before it have not completed. */
    int handedOnBefore;
    /** What is done about it; null until that has begun. */
    Intervention intervention;
    /** Commands to the device below so far. */
    int steps;
    /** Whether one of them is under way. */
    boolean underWay;
    /** Whether no step is left; the answer may still have to wait. */
    boolean finished;
    /** Whether the answer is given. */
    boolean answered;
    /** When the answer is due. */
    long dueNanos;

    void begin(IoCommand of, Hits its, long newSequence, int before) {
        CommandShape.copy(of, command);
        hits.copyFrom(its);
        sequence = newSequence;
        handedOnBefore = before;
        intervention = null;
        steps = 0;
        underWay = false;
        finished = false;
        answered = false;
        blockCount = 0;
        for (int i = 0; i < of.count(); i++) {
            addBlock(of.address(i));
        }
        for (int i = 0; i < of.destinationCount(); i++) {
            addBlock(of.destination(i));
        }
    }

    private void addBlock(long ppa) {
        long block = Ppa.blockOf(ppa);
        if (blockCount == 0 || blocks[blockCount - 1] != block) {
            blocks[blockCount++] = block;
        }
    }

    /** Whether a command touches a block that this one touches. */
    boolean meets(IoCommand other) {
        for (int i = 0; i < other.count(); i++) {
            if (touches(other.address(i))) {
                return true;
            }
        }
        for (int i = 0; i < other.destinationCount(); i++) {
            if (touches(other.destination(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean touches(long ppa) {
        long block = Ppa.blockOf(ppa);
        for (int i = 0; i < blockCount; i++) {
            if (blocks[i] == block) {
                return true;
            }
        }
        return false;
    }
}
