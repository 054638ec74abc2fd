package io.ocssd.ftl.page;

import io.ocssd.block.BlockDevice;
import io.ocssd.error.NotFoundException;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Units that are vblocks. Belongs to one task at a time, but for {@link #vblock}, which any task may call.
 *
 * <p>After an error of a writer it takes no more: what the writer had is in doubt.
 */
final class VblockUnits implements UnitStore {
    private static final int PAGE = BlockDevice.SECTOR_BYTES;
    private static final int NO_UNIT = -1;

    private final Vblocks vblocks;
    private final UnitShape shape;
    private final int unitBytes;
    private final long formatId;
    private final PageRules rules;
    private final Checksum checksum;
    private final BatchReader batches;
    private final AtomicReferenceArray<Vblock> ofUnit;
    private final OpenUnit[] open;
    private final long[] eraseCounts;
    /** By unit, the highest sequence of a trim that it remembers; negative for none. */
    private final long[] lastTrims;

    private final ByteBuffer moved = ByteBuffer.allocate(PAGE);
    private final long[] trims = new long[2 * UnitShape.MOST_TRIMS];
    private int pendingTrims;
    private long firstPendingTrim;
    private long sequence;
    /** The first sequence that the last checkpoint does not know of. */
    private long checkpointSequence;
    /** The unit whose owners are known. */
    private int ownersUnit = NO_UNIT;

    private final long[] owners;
    private IOException failure;

    VblockUnits(Vblocks vblocks, UnitShape shape, int unitBytes, long formatId, Scheduler scheduler, PageRules rules) {
        this.vblocks = vblocks;
        this.shape = shape;
        this.unitBytes = unitBytes;
        this.formatId = formatId;
        this.rules = rules;
        this.checksum = new Checksum(scheduler);
        this.batches = new BatchReader(scheduler, formatId);
        this.ofUnit = new AtomicReferenceArray<>(shape.units());
        this.open = new OpenUnit[shape.units()];
        this.eraseCounts = new long[shape.units()];
        this.lastTrims = new long[shape.units()];
        Arrays.fill(lastTrims, -1);
        this.owners = new long[shape.pagesPerUnit()];
    }

    /** A unit was found on flash, sealed. */
    void found(int unit, Vblock vblock, long lastTrim) {
        ofUnit.set(unit, vblock);
        lastTrims[unit] = lastTrim;
    }

    /** Where recovery ends: numbers go on from here. */
    void found(long nextSequence, long sinceCheckpoint) {
        sequence = nextSequence;
        checkpointSequence = sinceCheckpoint;
    }

    /** The vblock of a unit, or null. */
    Vblock vblock(int unit) {
        return ofUnit.get(unit);
    }

    /** The first sequence that the last checkpoint does not know of. */
    long checkpointSequence() {
        return checkpointSequence;
    }

    /** The map is durable as it is now. */
    void checkpointed() {
        checkpointSequence = sequence;
        pendingTrims = 0;
    }

    /** Throws when a writer has failed. */
    void checkUsable() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    /** Reads a page of any unit. */
    void read(int unit, int index, ByteBuffer target) throws IOException {
        OpenUnit written = open[unit];
        if (written != null) {
            written.read(index, target);
        } else {
            vblock(unit).read((long) index * PAGE, target);
        }
    }

    /** Lets go of the writers, as a crash would. */
    void abandon() {
        for (OpenUnit each : open) {
            if (each != null) {
                each.abandon();
            }
        }
    }

    @Override
    public void open(int unit, boolean relocated) throws IOException {
        Stream stream = relocated ? Stream.GC : Stream.DATA;
        OpenUnit opened = new OpenUnit(
                vblocks.allocate(new VblockRequest(stream, shape.width(), formatId)),
                shape,
                unitBytes,
                formatId,
                checksum);
        open[unit] = opened;
        ofUnit.set(unit, opened.vblock());
        lastTrims[unit] = -1;
    }

    @Override
    public void append(int unit, int index, long page, ByteBuffer content) throws IOException {
        checkUsable();
        checkPlace(unit, index);
        try {
            open[unit].append(page, sequence, content);
        } catch (IOException e) {
            throw failed(e);
        }
        sequence++;
    }

    @Override
    public void move(int fromUnit, int fromIndex, int unit, int index, long page) throws IOException {
        checkUsable();
        read(fromUnit, fromIndex, moved.clear());
        append(unit, index, page, moved.flip());
    }

    @Override
    public int room(int unit) {
        return open[unit].room();
    }

    @Override
    public int sync(int unit) throws IOException {
        checkUsable();
        int count = trimsForBatch();
        try {
            int places = open[unit].sync(trims, count);
            trimsDone(unit, count);
            return places;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void seal(int unit) throws IOException {
        checkUsable();
        int count = trimsForBatch();
        try {
            open[unit].seal(trims, count);
            trimsDone(unit, count);
        } catch (IOException e) {
            throw failed(e);
        }
        open[unit] = null;
    }

    @Override
    public long owner(int unit, int index) throws IOException {
        if (ownersUnit != unit) {
            ownersUnit = NO_UNIT;
            Arrays.fill(owners, -1);
            batches.read(vblock(unit), (footer, records) -> {
                for (int i = 0; i < footer.pages(); i++) {
                    owners[footer.firstPlace() + i] = records.getLong(i * BatchLayout.RECORD_BYTES);
                }
                return true;
            });
            ownersUnit = unit;
        }
        return owners[index];
    }

    @Override
    public void trimmed(long page) {
        if (pendingTrims == 0) {
            firstPendingTrim = sequence;
        }
        if (pendingTrims < UnitShape.MOST_TRIMS) {
            trims[2 * pendingTrims] = page;
            trims[2 * pendingTrims + 1] = sequence;
        }
        pendingTrims++;
        sequence++;
    }

    @Override
    public void keepTrims(int unit, PageMap map) throws IOException {
        if (lastTrims[unit] < checkpointSequence || !rules.keepsTrims()) {
            return;
        }
        batches.read(vblock(unit), (footer, records) -> {
            for (int i = footer.pages(); i < footer.pages() + footer.trims(); i++) {
                long page = records.getLong(i * BatchLayout.RECORD_BYTES);
                long trimSequence = records.getLong(i * BatchLayout.RECORD_BYTES + Long.BYTES);
                if (trimSequence >= checkpointSequence && map.get(page) == PageMap.NOWHERE) {
                    trimmed(page);
                }
            }
            return footer.lowest() > checkpointSequence;
        });
    }

    @Override
    public int pendingTrims() {
        return pendingTrims;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public long durableBefore() {
        long least = pendingTrims == 0 ? sequence : firstPendingTrim;
        for (OpenUnit each : open) {
            if (each != null) {
                least = Math.min(least, each.durableBefore());
            }
        }
        return least;
    }

    @Override
    public long erase(int unit) throws IOException {
        checkUsable();
        if (ownersUnit == unit) {
            ownersUnit = NO_UNIT;
        }
        try {
            vblock(unit).erase();
        } catch (NotFoundException e) {
            // An erase that failed half way is not tried again: the vblock is gone all the same.
            ownersUnit = NO_UNIT;
        }
        ofUnit.set(unit, null);
        return ++eraseCounts[unit];
    }

    @Override
    public long eraseCount(int unit) {
        return eraseCounts[unit];
    }

    /** Trims that the next batch takes: all of them, or none when they are too many. */
    private int trimsForBatch() {
        return pendingTrims <= UnitShape.MOST_TRIMS ? pendingTrims : 0;
    }

    private void trimsDone(int unit, int count) {
        if (count > 0) {
            lastTrims[unit] = trims[2 * count - 1];
            pendingTrims = 0;
        }
    }

    private void checkPlace(int unit, int index) {
        if (open[unit].nextPlace() != index) {
            throw new IllegalStateException(
                    "unit=" + unit + ", index=" + index + ", nextPlace=" + open[unit].nextPlace());
        }
    }

    private IOException failed(IOException e) {
        failure = e;
        return e;
    }
}
