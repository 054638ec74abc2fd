package io.ocssd.ftl.page;

import io.ocssd.block.BlockDevice;
import io.ocssd.error.CorruptException;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Brings the map of the last checkpoint up to date: every vblock is asked for its batches, the last one first, until one is
 * older than the checkpoint, and what is newer is applied in the order of the sequence. Used once, by one task.
 */
final class PageRecovery {
    /** Records of one kind of one batch, ascending by sequence. */
    private static final class Run {
        final Vblock vblock;
        final long[] records;
        /** Place of the first page; {@link PageMap#NOWHERE} for trims. */
        final int firstPlace;

        int next;

        Run(Vblock vblock, ByteBuffer batch, int firstRecord, int count, int firstPlace) {
            this.vblock = vblock;
            this.records = new long[2 * count];
            for (int i = 0; i < records.length; i++) {
                records[i] = batch.getLong(firstRecord * BatchLayout.RECORD_BYTES + i * Long.BYTES);
            }
            this.firstPlace = firstPlace;
        }

        boolean isEmpty() {
            return 2 * next == records.length;
        }

        long sequence() {
            return records[2 * next + 1];
        }
    }

    private final Vblocks vblocks;
    private final Scheduler scheduler;
    private final PageRules rules;
    private final boolean readOnly;
    private final Checkpoints.Found checkpoint;
    private final UnitShape shape;
    private final Vblock[] ofUnit;
    private final long[] lastTrims;
    private final PriorityQueue<Run> runs = new PriorityQueue<>(Comparator.comparingLong(Run::sequence));
    private long nextSequence;
    private long replayed;

    PageRecovery(
            Vblocks vblocks, Scheduler scheduler, PageRules rules, boolean readOnly, Checkpoints.Found checkpoint) {
        this.vblocks = vblocks;
        this.scheduler = scheduler;
        this.rules = rules;
        this.readOnly = readOnly;
        this.checkpoint = checkpoint;
        this.shape = checkpoint.header().shape();
        this.ofUnit = new Vblock[shape.units()];
        this.lastTrims = new long[shape.units()];
        Arrays.fill(lastTrims, -1);
        this.nextSequence = checkpoint.header().sequence();
    }

    /** Records that were newer than the checkpoint. */
    long replayed() {
        return replayed;
    }

    /** Brings the map of the checkpoint up to date. */
    void run() throws IOException {
        findUnits();
        BatchReader reader = new BatchReader(scheduler, checkpoint.header().formatId());
        for (int unit = 0; unit < ofUnit.length; unit++) {
            if (ofUnit[unit] != null) {
                collect(unit, reader);
            }
        }
        replay();
        checkPlaces();
    }

    /** Tells the store what there is; returns the units that are not free. */
    BitSet handTo(VblockUnits units) {
        BitSet written = new BitSet();
        for (int unit = 0; unit < ofUnit.length; unit++) {
            if (ofUnit[unit] != null) {
                units.found(unit, ofUnit[unit], lastTrims[unit]);
                written.set(unit);
            }
        }
        units.found(nextSequence, checkpoint.header().sequence());
        return written;
    }

    private void findUnits() throws IOException {
        Map<Long, Integer> known = new HashMap<>();
        for (int unit = 0; unit < ofUnit.length; unit++) {
            if (checkpoint.vblockIds().get(unit) != 0) {
                known.put(checkpoint.vblockIds().get(unit), unit);
            }
        }
        List<Vblock> fresh = new ArrayList<>();
        for (Vblock each : vblocks.list()) {
            if (each.stream() == Stream.METADATA) {
                continue;
            }
            if (each.tag() != checkpoint.header().formatId()) {
                throw new CorruptException(
                        "vblock " + Long.toHexString(each.id()) + " of the target is not the block device's",
                        "let nobody else use the vblocks of this target, or format it again");
            }
            Integer unit = known.get(each.id());
            if (unit != null) {
                ofUnit[unit] = each;
            } else if (each.length() > 0) {
                fresh.add(each);
            } else if (!readOnly) {
                each.erase();
            }
        }
        int unit = 0;
        for (Vblock each : fresh) {
            while (unit < ofUnit.length && ofUnit[unit] != null) {
                unit++;
            }
            if (unit == ofUnit.length) {
                throw new CorruptException(
                        "the block device has more vblocks than its " + shape.units() + " units",
                        "restore a copy of the drive, or format the block device again");
            }
            ofUnit[unit] = each;
        }
    }

    private void collect(int unit, BatchReader reader) throws IOException {
        long since = checkpoint.header().sequence();
        int firstOfUnit = unit * shape.pagesPerUnit();
        Vblock vblock = ofUnit[unit];
        reader.read(vblock, (footer, batch) -> {
            nextSequence = Math.max(nextSequence, footer.highest() + 1);
            if (!rules.isNews(footer.highest(), since)) {
                return false;
            }
            add(new Run(vblock, batch, 0, footer.pages(), firstOfUnit + footer.firstPlace()));
            add(new Run(vblock, batch, footer.pages(), footer.trims(), PageMap.NOWHERE));
            if (footer.trims() > 0) {
                long last =
                        batch.getLong((footer.pages() + footer.trims() - 1) * BatchLayout.RECORD_BYTES + Long.BYTES);
                lastTrims[unit] = Math.max(lastTrims[unit], last);
            }
            return true;
        });
    }

    private void add(Run run) {
        if (!run.isEmpty()) {
            runs.add(run);
        }
    }

    private void replay() throws CorruptException {
        long since = checkpoint.header().sequence();
        while (!runs.isEmpty()) {
            Run run = runs.remove();
            long until = runs.isEmpty()
                    ? Long.MAX_VALUE
                    : rules.replayUntil(runs.element().sequence());
            while (!run.isEmpty() && run.sequence() <= until) {
                long page = run.records[2 * run.next];
                if (page < 0 || page >= shape.sectors()) {
                    throw new CorruptException(
                            "vblock " + Long.toHexString(run.vblock.id()) + " of the block device tells of sector "
                                    + page + " of " + shape.sectors(),
                            "restore a copy of the drive, or format the block device again");
                }
                if (rules.isNews(run.sequence(), since)) {
                    checkpoint.map().set(page, run.firstPlace < 0 ? PageMap.NOWHERE : run.firstPlace + run.next);
                    replayed++;
                }
                run.next++;
            }
            add(run);
        }
    }

    /** Every place of the map is there. */
    private void checkPlaces() throws CorruptException {
        long[] pages = new long[ofUnit.length];
        for (int unit = 0; unit < pages.length; unit++) {
            pages[unit] = ofUnit[unit] == null ? 0 : ofUnit[unit].length() / BlockDevice.SECTOR_BYTES;
        }
        for (long page = 0; page < shape.sectors(); page++) {
            int place = checkpoint.map().get(page);
            if (place != PageMap.NOWHERE) {
                int unit = place / shape.pagesPerUnit();
                if (place < 0 || unit >= pages.length || place % shape.pagesPerUnit() >= pages[unit]) {
                    throw new CorruptException(
                            "sector " + page + " of the block device is in a vblock that is not there",
                            "restore a copy of the drive, or format the block device again");
                }
            }
        }
    }
}
