package io.ocssd.geometry.emulator;

import io.ocssd.device.BlockState;
import io.ocssd.device.DurabilityClass;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What a power cut leaves of the commands that were under way, and of what had completed but was not safe.
 *
 * <p>Commands to a block take effect in the order in which they would have completed: of some all is there, of the next
 * perhaps a part, of those behind it nothing. Of each run of a program (of a copy or an append, too) any number of whole wsMin
 * units is there, and sometimes one more with bytes that nobody wrote. An erase has happened, or not, or half: then the block
 * is as it was and every byte of it is rubbish. A zone was finished, opened or closed, or not. A read leaves no trace.
 *
 * <p>On a drive of class VOLATILE_PAIRS the last mw_cunits sectors of every block that is partly written are at risk, since
 * they share cells with sectors that are still to come: any wsMin unit of them may be unreadable, the write pointer stays. A
 * block that is written anywhere has none such.
 *
 * <p>A program that was to fill a free block at once took no place among the open ones. Torn, it leaves a block that is open
 * beyond the limits: what was programmed can't be denied. No further block is opened then until there is a place again.
 *
 * <p>That is {@link CutLoss#RANDOM}; the other kinds leave less to the seed.
 */
final class PowerCut {
    private static final int ONE_IN_GARBAGE = 4;
    private static final int ERASE_OUTCOMES = 3;
    private static final int ERASE_DONE = 0;
    private static final int ERASE_HALF = 1;
    private static final int ERASE_NOT_DONE = 2;
    /** Of a block so many quarters of the units at risk are lost, from none to all. */
    private static final int QUARTERS = 4;

    private final Media media;
    private final BlockStates blocks;
    private final Geometry geometry;
    private final int wsMin;
    private final CutLoss loss;
    private final SplittableRandom random;
    private final ByteBuffer record = CommandScratch.newRecord();
    /** Blocks to which nothing more happens, since something that came before has not happened as a whole. */
    private final Set<Integer> cutShort = new HashSet<>();
    /** Write pointers that completed programs had reached, of blocks that torn ones touched. */
    private final Map<Integer, Integer> completed = new HashMap<>();

    PowerCut(Media media, CutPlan plan) {
        this.media = media;
        this.blocks = media.blocks();
        this.geometry = media.geometry();
        this.wsMin = media.limits().wsMin();
        this.loss = plan.loss();
        this.random = new SplittableRandom(plan.seed());
        if (media.commits()) {
            settle();
        }
    }

    /** What completed before is beyond doubt for a host that dies now, too. */
    private void settle() {
        try {
            media.force();
        } catch (IOException e) {
            // The image can't be made durable: then this cut is told of a drive that is as good as gone already.
            return;
        }
    }

    /** Tears a command; commands come in the order in which they would have completed. */
    void tear(CommandSlot slot) {
        switch (slot.operation()) {
            case READ -> {}
            case WRITE, APPEND, COPY -> tearProgram(slot);
            case ERASE -> tearErase(slot);
            case FINISH, OPEN, CLOSE -> tearManagement(slot);
        }
    }

    /** Comes last, when every command was torn. */
    void finish() {
        if (media.durability() == DurabilityClass.VOLATILE_PAIRS) {
            for (int block = 0; block < geometry.blocks(); block++) {
                if (blocks.condition(block).state() == BlockState.OPEN && !blocks.isRandom(block)) {
                    loseUnsafe(block);
                }
            }
        }
    }

    private void tearProgram(CommandSlot slot) {
        if (loss.undoes() || isBehindCutShort(slot) || !media.accept(slot)) {
            return;
        }
        AddressList target = slot.written();
        for (int from = 0, to; from < target.count(); from = to) {
            to = target.endOfRun(from);
            int block = target.block(from);
            completed.putIfAbsent(block, completedEnd(block));
            tearRun(slot, from, to - from, blocks.isRandom(block) ? 1 : wsMin);
        }
    }

    /**
     * Whether an earlier command to one of its blocks was cut short: then this one did not begin, and nothing that comes
     * behind it on its other blocks did.
     */
    private boolean isBehindCutShort(CommandSlot slot) {
        AddressList target = slot.written();
        boolean isBehind = false;
        for (int from = 0; from < target.count(); from = target.endOfRun(from)) {
            isBehind |= cutShort.contains(target.block(from));
        }
        if (isBehind) {
            cutShort(slot);
        }
        return isBehind;
    }

    private void cutShort(CommandSlot slot) {
        AddressList target = slot.written();
        for (int from = 0; from < target.count(); from = target.endOfRun(from)) {
            cutShort.add(target.block(from));
        }
    }

    private void tearRun(CommandSlot slot, int from, int length, int unit) {
        int block = slot.written().block(from);
        int kept = unit * keptUnits(block, length / unit);
        // A program that fills a free block at once has no place, and takes none unless it is torn.
        boolean counted = blocks.condition(block) != Condition.FREE
                || blocks.isRandom(block)
                || (slot.opened() >>> from & 1) != 0;
        if (kept > 0 && !media.programRun(slot, from, kept)) {
            cutShort.add(block);
            return;
        }
        counted = counted || media.countIfOpen(block);
        if (kept < length) {
            cutShort.add(block);
            if (loss == CutLoss.RANDOM && random.nextInt(ONE_IN_GARBAGE) == 0) {
                programGarbage(block, slot.written().sector(from + kept), unit);
            }
        }
        if (!counted) {
            media.countIfOpen(block);
        }
    }

    private int keptUnits(int block, int units) {
        if (loss == CutLoss.RANDOM) {
            return random.nextInt(units + 1);
        }
        return safeEnd(block) == 0 ? 0 : units;
    }

    /** End of what is safe in a block by the commands that completed, in sectors. */
    private int safeEnd(int block) {
        int end = completed.containsKey(block) ? completed.get(block) : completedEnd(block);
        boolean pairs = media.durability() == DurabilityClass.VOLATILE_PAIRS;
        return pairs && end < blocks.sectors(block)
                ? Math.max(0, end - media.limits().mwCunits())
                : end;
    }

    /** End of what is programmed in a block; of one that is written anywhere all of it is, as soon as anything is. */
    private int completedEnd(int block) {
        boolean anywhere = blocks.isRandom(block) && blocks.condition(block) == Condition.OPEN;
        return anywhere ? blocks.sectors(block) : blocks.written(block);
    }

    private void programGarbage(int block, int sector, int sectors) {
        boolean anywhere = blocks.isRandom(block);
        if (anywhere && blocks.condition(block) != Condition.OPEN) {
            return;
        }
        try {
            scramble(block, sector, sectors);
            if (!anywhere) {
                media.advance(block, sectors, record);
            }
        } catch (IOException e) {
            // The image can't be written: then the unit was not programmed, which a power cut may leave as well.
            return;
        }
    }

    private void tearErase(CommandSlot slot) {
        for (int i = 0; i < slot.count(); i++) {
            int block = slot.block(i);
            if (cutShort.contains(block) || media.eraseStatus(slot, i) != NvmeStatus.SUCCESS) {
                continue;
            }
            int outcome = switch (loss) {
                case RANDOM -> random.nextInt(ERASE_OUTCOMES);
                case BLOCKS -> ERASE_DONE;
                case ALL, BOTH -> ERASE_NOT_DONE;
            };
            if (outcome == ERASE_DONE) {
                media.eraseBlock(block, record);
                continue;
            }
            cutShort.add(block);
            if (outcome == ERASE_HALF && blocks.condition(block) != Condition.FREE) {
                scramble(block);
            }
        }
    }

    private void tearManagement(CommandSlot slot) {
        if (loss.undoes() || isBehindCutShort(slot)) {
            return;
        }
        if (loss == CutLoss.BLOCKS || random.nextBoolean()) {
            media.execute(slot);
        } else {
            cutShort(slot);
        }
    }

    /** Loses what is at risk of a block that is partly written. */
    private void loseUnsafe(int block) {
        if (loss.freesBlocks() && safeEnd(block) == 0 && blocks.written(block) > 0) {
            media.eraseBlock(block, record);
            return;
        }
        BitSet lost = new BitSet();
        int quarters = loss == CutLoss.RANDOM ? random.nextInt(QUARTERS + 1) : loss.undoes() ? QUARTERS : 0;
        int end = blocks.written(block);
        int at = Math.max(0, end - media.limits().mwCunits());
        while (at < end) {
            int next = Math.min(end, (at / wsMin + 1) * wsMin);
            if (random.nextInt(QUARTERS) < quarters) {
                lost.set(at, next);
            }
            at = next;
        }
        if (!lost.isEmpty()) {
            lose(block, lost);
        }
    }

    private void lose(int block, BitSet lost) {
        try {
            media.lose(block, lost);
        } catch (IOException e) {
            // The image can't be written: then less is lost, which is as good a cut.
            return;
        }
    }

    private void scramble(int block) {
        int sectors = blocks.sectors(block);
        int step = Math.min(Limits.MAX_ADDRESSES, sectors);
        try {
            for (int sector = 0; sector < sectors; sector += step) {
                scramble(block, sector, Math.min(step, sectors - sector));
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
