package io.ocssd.ftl.journal;

import io.ocssd.device.DurabilityClass;
import java.io.IOException;

/**
 * The decisions and orders on which the promises of the journal rest. Apart from what carries them out, so that a test can
 * break each and see what it is good for.
 */
class JournalRules {
    static final JournalRules STANDARD = new JournalRules();

    /** A step that programs. */
    @FunctionalInterface
    interface Program {
        /** Returns whether everything was programmed; false when the block failed. */
        boolean run() throws IOException;
    }

    /** A step that can't fail but with the device. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    /**
     * Units of filler that have to follow a frame before a power cut can't take it.
     *
     * @param endUnit behind the frame
     * @param units of the block
     */
    int fillerUnits(DurabilityClass durability, int mwCunits, int wsMin, int endUnit, int units) {
        if (durability == DurabilityClass.PROTECTED) {
            return 0;
        }
        return Math.min((mwCunits + wsMin - 1) / wsMin, units - endUnit);
    }

    /**
     * The sequence of the next life of a journal block.
     *
     * @param highest that was ever seen, 0 when there was none
     */
    long nextSequence(long highest) {
        return highest + 1;
    }

    /** Whether a valid frame was written in this life of the block, to where it is. */
    boolean belongs(JournalFrameLayout.Head frame, JournalHeader block, int unit) {
        return frame.driveId() == block.driveId()
                && frame.targetId() == block.targetId()
                && frame.sequence() == block.sequence()
                && frame.unit() == unit;
    }

    /**
     * Whether a frame that belongs to the block is the next one behind the frame named by {@code previousCrc}.
     *
     * @param afterGap whether units were skipped before it
     */
    boolean follows(JournalFrameLayout.Head frame, int previousCrc, boolean afterGap) {
        return !afterGap && frame.previousCrc() == previousCrc;
    }

    /** Records are acknowledged when they are programmed. */
    boolean commit(Program program, Step acknowledge) throws IOException {
        if (!program.run()) {
            return false;
        }
        acknowledge.run();
        return true;
    }

    /** What a checkpoint replaces is erased when the checkpoint is durable. */
    boolean replace(Program checkpoint, Step release) throws IOException {
        if (!checkpoint.run()) {
            return false;
        }
        release.run();
        return true;
    }
}
