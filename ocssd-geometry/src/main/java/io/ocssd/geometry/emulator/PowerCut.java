package io.ocssd.geometry.emulator;

import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What a power cut leaves of the commands that were under way, by a seed.
 *
 * <p>Of each run of a program any number of whole wsMin units is there, and sometimes one more with bytes that nobody
 * wrote; later programs of a block of which something is missing never happened. An erase has happened, or not, or half:
 * then the block is closed as before and every byte of it is rubbish. A read leaves no trace.
 */
final class PowerCut {
    private static final int ONE_IN_GARBAGE = 4;
    private static final int ERASE_OUTCOMES = 3;
    private static final int ERASE_DONE = 0;
    private static final int ERASE_HALF = 1;

    private final Media media;
    private final Geometry geometry;
    private final int wsMin;
    private final SplittableRandom random;
    /** Blocks of which a torn program lacks something. */
    private final Set<Integer> cutShort = new HashSet<>();

    PowerCut(Media media, long seed) {
        this.media = media;
        this.geometry = media.geometry();
        this.wsMin = media.limits().wsMin();
        this.random = new SplittableRandom(seed);
    }

    /** Tears a command; commands come in the order in which they would have completed. */
    void tear(CommandSlot slot) {
        switch (slot.operation()) {
            case READ, COPY, APPEND, FINISH, OPEN, CLOSE -> {}
            case WRITE -> tearProgram(slot);
            case ERASE -> tearErase(slot);
        }
    }

    private void tearProgram(CommandSlot slot) {
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
            tearRun(slot, from, (to - from) / wsMin);
        }
    }

    private void tearRun(CommandSlot slot, int from, int units) {
        int block = slot.block(from);
        int kept = random.nextInt(units + 1);
        if (kept > 0) {
            media.programRun(slot, from, kept * wsMin);
        }
        if (kept < units) {
            cutShort.add(block);
            if (random.nextInt(ONE_IN_GARBAGE) == 0) {
                programGarbage(block, slot.record());
            }
        }
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
            int outcome = random.nextInt(ERASE_OUTCOMES);
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
