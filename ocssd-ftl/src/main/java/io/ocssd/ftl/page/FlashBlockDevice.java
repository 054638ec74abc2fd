package io.ocssd.ftl.page;

import io.ocssd.block.BlockDevice;
import io.ocssd.block.BlockStatistics;
import io.ocssd.error.BusyException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.error.NotFoundException;
import io.ocssd.error.ReadOnlyException;
import io.ocssd.ftl.media.Turn;
import io.ocssd.vblock.Vblock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The block device: the page-mapped FTL over vblocks. Whoever changes something has the turn; reads take it only for what is
 * still in a buffer.
 */
final class FlashBlockDevice implements BlockDevice {
    private static final int PAGE = SECTOR_BYTES;
    private static final byte[] ZEROS = new byte[PAGE];

    private final Turn turn;
    private final UnitShape shape;
    private final PageMap map;
    private final VblockUnits units;
    private final PageFtl ftl;
    private final Checkpoints checkpoints;
    private final long checkpointInterval;
    private final boolean readOnly;
    private final long replayed;
    private final Runnable onClose;
    private volatile boolean closed;
    /** Whether something was changed since it was opened. */
    private boolean changed;

    FlashBlockDevice(
            Turn turn,
            UnitShape shape,
            PageMap map,
            VblockUnits units,
            PageFtl ftl,
            Checkpoints checkpoints,
            long checkpointInterval,
            boolean readOnly,
            long replayed,
            Runnable onClose) {
        this.turn = turn;
        this.shape = shape;
        this.map = map;
        this.units = units;
        this.ftl = ftl;
        this.checkpoints = checkpoints;
        this.checkpointInterval = checkpointInterval;
        this.readOnly = readOnly;
        this.replayed = replayed;
        this.onClose = onClose;
    }

    @Override
    public long sectors() {
        return shape.sectors();
    }

    @Override
    public int mostAtomicSectors() {
        return shape.mostAtomic();
    }

    @Override
    public void read(long sector, ByteBuffer target) throws IOException {
        int count = wholeSectors(target);
        checkRange(sector, count);
        checkOpen();
        int limit = target.limit();
        for (int done = 0; done < count; ) {
            int run = readRun(sector + done, count - done, target);
            target.limit(limit);
            done += run;
        }
    }

    @Override
    public void write(long sector, ByteBuffer source) throws IOException {
        int count = wholeSectors(source);
        checkRange(sector, count);
        change(() -> {
            for (int i = 0; i < count; i++) {
                ftl.write(sector + i, 0, source.slice(source.position(), PAGE));
                source.position(source.position() + PAGE);
            }
        });
    }

    @Override
    public void writeAtomically(long[] sectors, ByteBuffer source) throws IOException {
        if (sectors.length < 1 || sectors.length > mostAtomicSectors()) {
            throw new IllegalArgumentException(
                    "sectors.length=" + sectors.length + ", mostAtomicSectors=" + mostAtomicSectors());
        }
        if (source.remaining() != sectors.length * PAGE) {
            throw new IllegalArgumentException(
                    "bytes=" + source.remaining() + ", sectors.length=" + sectors.length + " of " + PAGE + " bytes");
        }
        long[] sorted = sectors.clone();
        Arrays.sort(sorted);
        checkRange(sorted[0], 1);
        checkRange(sorted[sorted.length - 1], 1);
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                throw new IllegalArgumentException("sector=" + sorted[i] + " is named twice");
            }
        }
        change(() -> ftl.writeTogether(sectors, 0, source, PAGE));
    }

    @Override
    public void trim(long sector, long count) throws IOException {
        checkRange(sector, count);
        change(() -> {
            for (long i = 0; i < count; i++) {
                ftl.trim(sector + i);
            }
        });
    }

    @Override
    public void flush() throws IOException {
        change(ftl::flush);
    }

    @Override
    public int collect(int wanted) throws IOException {
        if (wanted < 1) {
            throw new IllegalArgumentException("units=" + wanted);
        }
        int[] freed = new int[1];
        change(() -> freed[0] = ftl.collect(wanted));
        return freed[0];
    }

    @Override
    public BlockStatistics statistics() {
        turn.take();
        try {
            long mapped = 0;
            for (long page = 0; page < map.pages(); page++) {
                mapped += map.get(page) == PageMap.NOWHERE ? 0 : 1;
            }
            return new BlockStatistics(
                    shape.sectors(),
                    mapped,
                    shape.units(),
                    ftl.collector().freeUnits(),
                    shape.pagesPerUnit(),
                    shape.width(),
                    ftl.userPageWrites(),
                    ftl.movedPages(),
                    ftl.erases(),
                    checkpoints.written(),
                    replayed);
        } finally {
            turn.leave();
        }
    }

    @Override
    public void close() throws IOException {
        turn.take();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (changed) {
                units.checkUsable();
                ftl.flush();
                ftl.finish();
                ftl.checkpoint();
            }
        } finally {
            units.abandon();
            turn.leave();
            onClose.run();
        }
    }

    /** Something that changes the device. */
    @FunctionalInterface
    private interface Change {
        void run() throws IOException;
    }

    private void change(Change what) throws IOException {
        if (readOnly) {
            throw new ReadOnlyException(
                    "the drive was opened read-only: its block device can't be changed", "open it for writing");
        }
        turn.take();
        try {
            checkOpen();
            units.checkUsable();
            changed = true;
            what.run();
            if (units.sequence() - units.checkpointSequence() >= checkpointInterval) {
                checkpointIfThereIsRoom();
            }
        } finally {
            turn.leave();
        }
    }

    /** What the caller asked for is done; without this checkpoint the next opening has more to replay, and that is all. */
    private void checkpointIfThereIsRoom() throws IOException {
        try {
            ftl.checkpoint();
        } catch (NoSpaceException | BusyException e) {
            // The next change tries again.
            return;
        }
    }

    /** Reads sectors from a place on, as many as stand one behind the other; returns how many. */
    private int readRun(long sector, int most, ByteBuffer target) throws IOException {
        while (true) {
            int place = map.get(sector);
            if (place == PageMap.NOWHERE) {
                target.put(ZEROS);
                return 1;
            }
            int unit = place / shape.pagesPerUnit();
            int index = place % shape.pagesPerUnit();
            Vblock vblock = units.vblock(unit);
            if (vblock == null) {
                // The page was moved before the unit was erased.
                continue;
            }
            long inVblock = vblock.length() / PAGE - index;
            if (inVblock < 1) {
                if (readBuffered(sector, target)) {
                    return 1;
                }
                continue;
            }
            int run = 1;
            int inUnit = (int) Math.min(most, Math.min(inVblock, shape.pagesPerUnit() - index));
            while (run < inUnit && map.get(sector + run) == place + run) {
                run++;
            }
            int position = target.position();
            try {
                vblock.read((long) index * PAGE, target.limit(position + run * PAGE));
            } catch (NotFoundException e) {
                if (isStill(sector, place, 1, unit, vblock)) {
                    throw e;
                }
                target.position(position);
                continue;
            }
            if (isStill(sector, place, run, unit, vblock)) {
                return run;
            }
            target.position(position);
        }
    }

    private boolean isStill(long sector, int place, int run, int unit, Vblock vblock) {
        for (int i = 0; i < run; i++) {
            if (map.get(sector + i) != place + i) {
                return false;
            }
        }
        return units.vblock(unit) == vblock;
    }

    /** Reads a sector of which not all may have left the buffers; false when it is elsewhere by now. */
    private boolean readBuffered(long sector, ByteBuffer target) throws IOException {
        turn.take();
        try {
            checkOpen();
            int place = map.get(sector);
            if (place == PageMap.NOWHERE) {
                return false;
            }
            target.limit(target.position() + PAGE);
            units.read(place / shape.pagesPerUnit(), place % shape.pagesPerUnit(), target);
            return true;
        } finally {
            turn.leave();
        }
    }

    private static int wholeSectors(ByteBuffer bytes) {
        if (bytes.remaining() % PAGE != 0) {
            throw new IllegalArgumentException("bytes=" + bytes.remaining() + " are no whole sectors of " + PAGE);
        }
        return bytes.remaining() / PAGE;
    }

    private void checkRange(long sector, long count) {
        if (sector < 0 || count < 0 || sector > shape.sectors() - count) {
            throw new IllegalArgumentException(
                    "sector=" + sector + ", count=" + count + ", sectors=" + shape.sectors());
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the block device is closed");
        }
    }
}
