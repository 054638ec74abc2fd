package io.ocssd.geometry.emulator;

import io.ocssd.device.NvmeStatus;
import java.io.IOException;

/**
 * Reads of sectors: each address on its own, whatever its neighbours are.
 *
 * <p>What can't be read (unwritten, in the window, of a block that is free, offline or not there) fails, or reads as zeros when
 * the feature DULBE is off. Of the ways in which sectors of one command fail the gravest gives the status: the image can't be
 * read (0x006), there is no such zone (0x080), the media can't be read (0x281), nothing readable is there (0x287). Only when
 * everything is good a high ECC count is told (0x2D0), where the feature asks for it, with the bits of the sectors concerned.
 */
final class SectorReads {
    private final BlockStates blocks;
    private final BlockRules rules;
    private final SectorStore store;
    private final LostSectors lost;
    private final Features features;
    private MediaFaults faults;

    SectorReads(BlockStates blocks, BlockRules rules, SectorStore store, LostSectors lost, Features features) {
        this.blocks = blocks;
        this.rules = rules;
        this.store = store;
        this.lost = lost;
        this.features = features;
    }

    void faults(MediaFaults newFaults) {
        faults = newFaults;
    }

    /** Reads the addresses of a command into its buffers. */
    void read(CommandSlot slot) {
        AddressList source = slot.addresses();
        long highEcc = 0;
        for (int from = 0, to; from < source.count(); from = to) {
            to = source.endOfAscent(from);
            int block = source.block(from);
            // Inside an ascent everything behind the first sector that can't be read can't be read either.
            int end = block == BlockRules.NO_BLOCK ? 0 : rules.readableEnd(block);
            int readable = Math.max(0, Math.min(to - from, end - source.sector(from)));
            if (readable > 0) {
                highEcc |= readRun(slot, from, readable, block);
            }
            if (from + readable < to) {
                failUnreadable(slot, from + readable, to, rules.unreadable(block));
            }
        }
        if (highEcc != 0 && slot.isGood() && features.tellsHighEcc()) {
            slot.goodWithHighEcc(highEcc);
        }
    }

    private void failUnreadable(CommandSlot slot, int from, int to, int status) {
        if (status != NvmeStatus.DEALLOCATED || features.failsUnreadable()) {
            slot.failRead(status, from, to);
        } else {
            store.loadZeros(slot, from, to - from);
        }
    }

    /** Reads sectors that hold data; returns the bits of those with a high ECC count. */
    private long readRun(CommandSlot slot, int from, int length, int block) {
        try {
            if (faults == null && !lost.any(block)) {
                store.load(slot, from, length, block, slot.sector(from));
                return 0;
            }
            return readEach(slot, from, length, block);
        } catch (IOException e) {
            slot.failRead(NvmeStatus.INTERNAL_ERROR, from, from + length);
            return 0;
        }
    }

    private long readEach(CommandSlot slot, int from, int length, int block) throws IOException {
        long highEcc = 0;
        for (int i = from; i < from + length; i++) {
            int status = status(block, slot.sector(i));
            if (NvmeStatus.isDataGood(status)) {
                store.load(slot, i, 1, block, slot.sector(i));
                highEcc |= status == NvmeStatus.HIGH_ECC ? 1L << i : 0;
            } else {
                slot.failRead(status, i, i + 1);
            }
        }
        return highEcc;
    }

    private int status(int block, int sector) {
        if (lost.isLost(block, sector)) {
            return NvmeStatus.UNRECOVERED_READ;
        }
        return faults == null ? NvmeStatus.SUCCESS : faults.read(block, blocks.erases(block), sector);
    }
}
