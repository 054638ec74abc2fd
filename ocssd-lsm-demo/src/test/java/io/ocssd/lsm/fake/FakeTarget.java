package io.ocssd.lsm.fake;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.error.GoneException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.error.NotFoundException;
import io.ocssd.scheduler.Mutex;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.BadBlock;
import io.ocssd.target.LifetimeCounters;
import io.ocssd.target.RecoveryReport;
import io.ocssd.target.Target;
import io.ocssd.target.TargetInfo;
import io.ocssd.vblock.ReadHandle;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockStatistics;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A target over {@link FakeFlash}. Every operation takes a little time, so that tasks take turns under the simulated
 * scheduler; at the N-th changing one the power goes, with what was not synced.
 */
public final class FakeTarget implements Target, Vblocks {
    private static final long OPERATION_NANOS = 20_000;

    private final FakeFlash flash;
    private final Scheduler scheduler;
    private final SplittableRandom random;
    private final Mutex mutex;
    private final IoBufferPool pool;
    private final long cutAt;
    private long operations;
    private boolean gone;

    /** @param cutAt changing operation at which the power goes; 0 for never */
    public FakeTarget(FakeFlash flash, Scheduler scheduler, long cutAt, long cutSeed) {
        flash.recover();
        this.flash = flash;
        this.scheduler = scheduler;
        this.cutAt = cutAt;
        this.random = new SplittableRandom(cutSeed);
        this.mutex = scheduler.newMutex();
        this.pool = new IoBufferPool(flash.bufferBytes, 16);
    }

    /** Changing operations so far. */
    public long operations() {
        return operations;
    }

    @Override
    public TargetInfo info() {
        return new TargetInfo("fake", 1, List.of(0), List.of(), 0, 0, 0, false);
    }

    @Override
    public Vblocks vblocks() {
        return this;
    }

    @Override
    public RecoveryReport recovery() {
        return new RecoveryReport(0, flash.cells.size(), 0, 0, 0, 0);
    }

    @Override
    public LifetimeCounters lifetime() {
        return LifetimeCounters.ZERO;
    }

    @Override
    public List<BadBlock> badBlocks() {
        return List.of();
    }

    @Override
    public void markBad(int block) {
        throw new IllegalArgumentException("block=" + block);
    }

    @Override
    public int maxWidth() {
        return 4;
    }

    @Override
    public long capacityBytes(int width) {
        return flash.capacityBytes;
    }

    @Override
    public int maxWriters(int width) {
        return Integer.MAX_VALUE;
    }

    @Override
    public int available(int width) {
        mutex.lock();
        try {
            return flash.vblocks - flash.cells.size();
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public VblockWriter allocate(VblockRequest request) throws IOException {
        step();
        mutex.lock();
        try {
            if (flash.cells.size() >= flash.vblocks) {
                throw new NoSpaceException("no vblock is free", "");
            }
            return new Writer(flash.allocate(request.stream(), request.width(), request.tag()));
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public Vblock open(long id) throws NotFoundException {
        mutex.lock();
        try {
            FakeFlash.Cell cell = flash.cells.get(id);
            if (cell == null) {
                throw new NotFoundException("no vblock " + id, "");
            }
            return new FakeVblock(cell);
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public List<Vblock> list() {
        mutex.lock();
        try {
            return flash.cells.values().stream()
                    .map(cell -> (Vblock) new FakeVblock(cell))
                    .toList();
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public ReadHandle openHandle() {
        throw new UnsupportedOperationException();
    }

    @Override
    public VblockStatistics statistics() {
        return VblockStatistics.NONE;
    }

    /** A changing operation; true when it is the one that is cut and yet has its effect. */
    private boolean step() throws IOException {
        scheduler.sleepUntil(scheduler.nanoTime() + OPERATION_NANOS);
        mutex.lock();
        try {
            checkPower();
            operations++;
            if (operations == cutAt) {
                gone = true;
                if (random.nextBoolean()) {
                    return true;
                }
                checkPower();
            }
            return false;
        } finally {
            mutex.unlock();
        }
    }

    private void checkPower() throws GoneException {
        if (gone) {
            throw new GoneException("power was cut at operation " + cutAt, "");
        }
    }

    private final class FakeVblock implements Vblock {
        private final FakeFlash.Cell cell;

        FakeVblock(FakeFlash.Cell cell) {
            this.cell = cell;
        }

        @Override
        public long id() {
            return cell.id;
        }

        @Override
        public Stream stream() {
            return cell.stream;
        }

        @Override
        public long tag() {
            return cell.tag;
        }

        @Override
        public int width() {
            return cell.width;
        }

        @Override
        public List<Integer> luns() {
            return IntStream.range(0, cell.width).boxed().toList();
        }

        @Override
        public boolean isSealed() {
            return cell.sealed;
        }

        @Override
        public long length() {
            return cell.length;
        }

        @Override
        public void read(long offset, ByteBuffer target) throws IOException {
            scheduler.sleepUntil(scheduler.nanoTime() + OPERATION_NANOS);
            if (offset < 0 || offset + target.remaining() > cell.length) {
                throw new IllegalArgumentException("offset=" + offset + ", bytes=" + target.remaining() + ", length="
                        + cell.length + ", id=" + cell.id);
            }
            if (cell.erased) {
                throw new IllegalStateException("vblock was erased, id=" + cell.id);
            }
            mutex.lock();
            try {
                checkPower();
                target.put(cell.bytes, (int) offset, target.remaining());
            } finally {
                mutex.unlock();
            }
        }

        @Override
        public void read(ReadHandle handle, long offset, ByteBuffer target) throws IOException {
            read(offset, target);
        }

        @Override
        public void read(ReadHandle handle, long offset, IoBuffer target) throws IOException {
            read(offset, target.bytes().position(0));
        }

        @Override
        public void erase() throws IOException {
            if (!cell.sealed) {
                throw new IllegalStateException("vblock is open for writing, id=" + cell.id);
            }
            boolean last = step();
            mutex.lock();
            try {
                if (flash.cells.remove(cell.id) == null) {
                    throw new IllegalStateException("vblock was erased already, id=" + cell.id);
                }
                cell.erased = true;
                if (last) {
                    checkPower();
                }
            } finally {
                mutex.unlock();
            }
        }
    }

    private final class Writer implements VblockWriter {
        private final FakeFlash.Cell cell;
        private int appended;
        private boolean closed;

        Writer(FakeFlash.Cell cell) {
            this.cell = cell;
        }

        @Override
        public Vblock vblock() {
            return new FakeVblock(cell);
        }

        @Override
        public long remaining(boolean staged) {
            return flash.capacityBytes - appended;
        }

        @Override
        public long append(ByteBuffer bytes) throws IOException {
            checkRoom(bytes.remaining());
            step();
            int offset = appended;
            appended += bytes.remaining();
            bytes.get(cell.bytes, offset, appended - offset);
            return offset;
        }

        @Override
        public IoBuffer takeBuffer() {
            return pool.tryTake();
        }

        @Override
        public long append(IoBuffer buffer) throws IOException {
            if (buffer.bytes().remaining() != flash.bufferBytes) {
                throw new IllegalArgumentException("bytes=" + buffer.bytes().remaining());
            }
            long offset = append(buffer.bytes());
            buffer.release();
            return offset;
        }

        @Override
        public void sync() throws IOException {
            if (closed) {
                throw new IllegalStateException("closed=true");
            }
            int upTo = appended;
            boolean last = step();
            cell.synced = upTo;
            cell.length = upTo;
            if (last) {
                mutex.lock();
                try {
                    checkPower();
                } finally {
                    mutex.unlock();
                }
            }
        }

        @Override
        public void seal() throws IOException {
            sync();
            cell.sealed = true;
            closed = true;
        }

        @Override
        public void close() {
            // What is open can be erased all the same.
            cell.sealed = true;
            cell.length = cell.synced;
            closed = true;
        }

        private void checkRoom(int bytes) {
            if (closed || bytes > flash.capacityBytes - appended) {
                throw new IllegalStateException("closed=" + closed + ", bytes=" + bytes + ", appended=" + appended);
            }
        }
    }
}
