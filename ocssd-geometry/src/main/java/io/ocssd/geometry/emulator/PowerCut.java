package io.ocssd.geometry.emulator;

import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What a power cut leaves of the commands that were under way, and of what had completed but was not safe.
 *
 * <p>Of each run of a program any number of whole wsMin units is there, and sometimes one more with bytes that nobody
 * wrote; later programs of a block of which something is missing never happened. An erase has happened, or not, or half:
 * then the block is closed as before and every byte of it is rubbish. A read leaves no trace. That is {@link CutLoss#RANDOM};
 * the other kinds leave less to the seed.
 */
final class PowerCut {
    private static final int ONE_IN_GARBAGE = 4;
    private static final int ERASE_OUTCOMES = 3;
    private static final int ERASE_DONE = 0;
    private static final int ERASE_HALF = 1;
    private static final int ERASE_NOT_DONE = 2;

    private final Media media;
    private final Geometry geometry;
    private final int wsMin;
    private final CutLoss loss;
    private final SplittableRandom random;
    /** Blocks of which a torn program lacks something. */
    private final Set<Integer> cutShort = new HashSet<>();
    /** Write pointers that completed programs had reached, of blocks that torn ones touched. */
    private final Map<Integer, Integer> completed = new HashMap<>();

    PowerCut(Media media, CutPlan plan) {
        this.media = media;
        this.geometry = media.geometry();
        this.wsMin = media.limits().wsMin();
        this.loss = plan.loss();
        this.random = new SplittableRandom(plan.seed());
    }

    /** Tears a command; commands come in the order in which they would have completed. */
    void tear(CommandSlot slot) {
        switch (slot.operation()) {
            case READ, COPY, APPEND, FINISH, OPEN, CLOSE -> {}
            case WRITE -> tearProgram(slot);
            case ERASE -> tearErase(slot);
        }
    }

    /** Comes last, when every command was torn. */
    void finish() {}

    private void tearProgram(CommandSlot slot) {
        if (loss == CutLoss.ALL || loss == CutLoss.BOTH) {
            return;
        }
        for (int from = 0; from < slot.count(); from = slot.endOfRun(from)) {
            if (cutShort.contains(slot.block(from))) {
                return;
            }
        }
        if (!media.rules().accept(slot)) {
            return;
        }
        for (int from = 0, to; from < slot.count(); from = to) {
            to = slot.endOfRun(from);
            completed.putIfAbsent(slot.block(from), media.table().writePointer(slot.block(from)));
            tearRun(slot, from, (to - from) / wsMin);
        }
    }

    private void tearRun(CommandSlot slot, int from, int units) {
        int block = slot.block(from);
        int kept = keptUnits(block, units);
        if (kept > 0) {
            media.programRun(slot, from, kept * wsMin);
        }
        if (kept < units) {
            cutShort.add(block);
            if (loss == CutLoss.RANDOM && random.nextInt(ONE_IN_GARBAGE) == 0) {
                programGarbage(block, slot.record());
            }
        }
    }

    private int keptUnits(int block, int units) {
        if (loss == CutLoss.RANDOM) {
            return random.nextInt(units + 1);
        }
        return safeEnd(block) == 0 ? 0 : units;
    }

    /** End of what is safe in a block, in sectors. */
    private int safeEnd(int block) {
        return completed.getOrDefault(block, media.table().writePointer(block));
    }

    private void programGarbage(int block, ByteBuffer record) {
        try {
            scramble(block, media.table().writePointer(block), wsMin);
            media.advance(block, wsMin, record);
        } catch (IOException e) {
            // The image can't be written: then the unit was not programmed, which a power cut may leave as well.
            return;
        }
    }

    private void tearErase(CommandSlot slot) {
        for (int i = 0; i < slot.count(); i++) {
            int block = slot.block(i);
            if (media.eraseStatus(block) != NvmeStatus.SUCCESS) {
                continue;
            }
            int outcome = switch (loss) {
                case RANDOM -> random.nextInt(ERASE_OUTCOMES);
                case BLOCKS -> ERASE_DONE;
                case ALL, BOTH -> ERASE_NOT_DONE;
            };
            if (outcome == ERASE_DONE) {
                media.eraseBlock(block, slot.record());
            } else if (outcome == ERASE_HALF) {
                scramble(block);
            }
        }
    }

    private void scramble(int block) {
        assert media.table().state(block) == BlockState.CLOSED;
        int step = Math.min(Limits.MAX_ADDRESSES, geometry.sectorsPerBlock());
        try {
            for (int sector = 0; sector < geometry.sectorsPerBlock(); sector += step) {
                scramble(block, sector, Math.min(step, geometry.sectorsPerBlock() - sector));
            }
        } catch (IOException e) {
            // The image can't be written: then less of the block is rubbish, which half an erase may leave as well.
            return;
        }
    }

    private void scramble(int block, int sector, int length) throws IOException {
        ByteBuffer data = garbage(length * geometry.sectorBytes());
        media.scramble(block, sector, data, garbage(length * geometry.oobBytes()));
    }

    private ByteBuffer garbage(int bytes) {
        ByteBuffer garbage = ByteBuffer.allocateDirect(bytes);
        while (garbage.remaining() >= Long.BYTES) {
            garbage.putLong(random.nextLong());
        }
        while (garbage.hasRemaining()) {
            garbage.put((byte) random.nextInt());
        }
        return garbage.flip();
    }
}
