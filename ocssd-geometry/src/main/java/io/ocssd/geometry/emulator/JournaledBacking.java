package io.ocssd.geometry.emulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An image that survives the death of its host: what was committed is there afterwards, and nothing that was torn is taken
 * for good.
 *
 * <p>Data and OOB go to their places at once. A state record goes to the journal instead, together with checksums of the
 * sectors that were written since the last one of its block; so the order in which bytes reach the disk does not matter, no
 * byte of data is written twice, and a commit is one write of all new journal records and one force, however many commands
 * it is for: whoever commits while another force is under way shares the next one.
 *
 * <p>State records reach their table when the journal is full, and at the end: by then they are durable in the journal, so
 * that tearing them does no harm; a new epoch begins, and older records of the journal mean nothing any more.
 *
 * <p>A block is never written over before the erase that freed it is durable; nor is its space given back before.
 *
 * <p>Thread-safe as backings are; when the image can't be written or forced, no later commit succeeds.
 */
final class JournaledBacking implements Backing {
    /** Of a block whose state record in the table is out of date. */
    private static final class Latest {
        private final ByteBuffer state =
                ByteBuffer.allocate(BlockRecordLayout.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        /** Number of its record in this epoch; 0 when it comes from an earlier one. */
        private int number;
    }

    private final ImageLayout layout;
    private final Backing image;
    private final long ownerId;
    /** Records of an epoch. */
    private final int capacity;

    private final Map<Integer, ProgrammedSectors> programmed = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    /** A force has ended. */
    private final Condition forced = lock.newCondition();
    /** All records of this epoch. */
    private final ByteBuffer records;

    private final Map<Integer, Latest> latest = new HashMap<>();
    private long epoch;
    /** Records made in this epoch. */
    private int made;
    /** How many of them are durable. */
    private int durable;

    private boolean forcing;
    private boolean closed;
    private IOException failure;

    /**
     * Takes over an image. Until {@link #force} is called nothing is written.
     *
     * @param epoch as the image says
     * @param states what {@link JournalRecovery} found
     * @param capacity records of an epoch, at most {@link JournalLayout#CAPACITY}
     */
    JournaledBacking(
            ImageLayout layout,
            Backing image,
            long ownerId,
            long epoch,
            Map<Integer, ByteBuffer> states,
            int capacity) {
        this.layout = layout;
        this.image = image;
        this.ownerId = ownerId;
        this.epoch = epoch;
        this.capacity = capacity;
        this.records =
                ByteBuffer.allocateDirect(capacity * JournalLayout.RECORD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        states.forEach((block, state) -> setLatest(block, state, 0));
    }

    /** Reads; of the state table what is newest. */
    @Override
    public void read(ByteBuffer target, long offset) throws IOException {
        int start = target.position();
        image.read(target, offset);
        if (layout.isInStateTable(offset)) {
            lock.lock();
            try {
                long end = offset + target.position() - start;
                for (Map.Entry<Integer, Latest> each : latest.entrySet()) {
                    long at = layout.recordOffset(each.getKey());
                    if (at >= offset && at < end) {
                        target.put(start + (int) (at - offset), each.getValue().state, 0, BlockRecordLayout.BYTES);
                    }
                }
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public void write(ByteBuffer source, long offset) throws IOException {
        if (layout.isInStateTable(offset)) {
            writeStates(source, offset);
            return;
        }
        if (layout.isInDataArea(offset)) {
            long sector = layout.sectorNumberAt(offset);
            int count = source.remaining() / layout.geometry().sectorBytes();
            int block = blockOf(sector);
            awaitErase(block);
            sectorsOf(block).addData(sectorOf(sector), count, source);
        } else if (layout.isInOobArea(offset)) {
            long sector = layout.sectorNumberAt(offset);
            int count = source.remaining() / layout.geometry().oobBytes();
            int block = blockOf(sector);
            awaitErase(block);
            sectorsOf(block).addOob(sectorOf(sector), count, source);
        }
        image.write(source, offset);
    }

    @Override
    public void commit() throws IOException {
        lock.lock();
        try {
            awaitDurable(made);
        } finally {
            lock.unlock();
        }
    }

    /** Commits, brings the state table up to date, and begins a new epoch. */
    @Override
    public void force() throws IOException {
        lock.lock();
        try {
            beginEpoch();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean givesSpaceBack() {
        return image.givesSpaceBack();
    }

    /** Not before all that led to it is durable. */
    @Override
    public void discard(long offset, long bytes) throws IOException {
        commit();
        image.discard(offset, bytes);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed && failure == null && !latest.isEmpty()) {
                beginEpoch();
            }
        } catch (IOException e) {
            // What was committed is in the journal: the image is as a host leaves it that died.
            failure = e;
        } finally {
            closed = true;
            lock.unlock();
            image.close();
        }
    }

    /** Journals the state records that a write changes, each as a whole. */
    private void writeStates(ByteBuffer source, long offset) throws IOException {
        ByteBuffer state = ByteBuffer.allocate(BlockRecordLayout.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long at = offset; source.hasRemaining(); ) {
            int block = layout.blockOfRecord(at);
            int within = (int) (at - layout.recordOffset(block));
            int length = Math.min(source.remaining(), BlockRecordLayout.BYTES - within);
            if (length < BlockRecordLayout.BYTES) {
                read(state.clear(), layout.recordOffset(block));
            }
            state.put(within, source, source.position(), length);
            make(block, state.clear());
            source.position(source.position() + length);
            at += length;
        }
    }

    /** Makes the journal record of a state record. */
    private void make(int block, ByteBuffer state) throws IOException {
        lock.lock();
        try {
            checkFailure();
            while (made == capacity) {
                beginEpoch();
            }
            ProgrammedSectors sectors = programmed.remove(block);
            Latest before = latest.get(block);
            int number = made + 1;
            int previous = before == null ? 0 : before.number;
            JournalRecord.write(records, epoch, number, previous, durable, block, sectors, state);
            setLatest(block, state, number);
            made = number;
        } finally {
            lock.unlock();
        }
    }

    private void setLatest(int block, ByteBuffer state, int number) {
        Latest newest = latest.computeIfAbsent(block, anyBlock -> new Latest());
        newest.state.put(0, state, state.position(), BlockRecordLayout.BYTES);
        newest.number = number;
    }

    /** Waits until the erase of a block is durable, if that is the last thing that happened to it. */
    private void awaitErase(int block) throws IOException {
        lock.lock();
        try {
            Latest newest = latest.get(block);
            if (newest != null && newest.number > durable && JournalRecord.isEmpty(newest.state)) {
                awaitDurable(newest.number);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock: waits until as many records of this epoch are durable, and sees to it. */
    private void awaitDurable(int wanted) throws IOException {
        long ofEpoch = epoch;
        while (epoch == ofEpoch && durable < wanted) {
            checkFailure();
            if (forcing) {
                forced.awaitUninterruptibly();
            } else {
                makeDurable();
            }
        }
    }

    /** Under the lock, which is given back meanwhile: makes all that was made so far durable. */
    private void makeDurable() throws IOException {
        int end = made;
        forcing = true;
        lock.unlock();
        IOException failed = null;
        try {
            writeRecords(durable, end);
            image.force();
        } catch (IOException e) {
            failed = e;
        } finally {
            lock.lock();
            forcing = false;
            if (failed == null) {
                durable = end;
            } else {
                failure = failed;
            }
            forced.signalAll();
        }
        checkFailure();
    }

    private void writeRecords(int from, int to) throws IOException {
        int bytes = (to - from) * JournalLayout.RECORD_BYTES;
        long within = (long) from * JournalLayout.RECORD_BYTES;
        image.write(records.slice((int) within, bytes), layout.journalOffset() + within);
    }

    /** Under the lock: commits, brings the state table up to date and begins a new epoch. */
    private void beginEpoch() throws IOException {
        while (forcing || durable < made) {
            if (forcing) {
                forced.awaitUninterruptibly();
            } else {
                makeDurable();
            }
        }
        checkFailure();
        try {
            for (Map.Entry<Integer, Latest> each : latest.entrySet()) {
                image.write(each.getValue().state.duplicate().clear(), layout.recordOffset(each.getKey()));
            }
            image.force();
            if (epoch == JournalHeader.NEVER_USED) {
                epoch = JournalHeader.begin(image, ownerId);
            } else {
                JournalHeader.write(image, ownerId, epoch + 1);
                image.force();
                epoch++;
            }
        } catch (IOException e) {
            failure = e;
            throw e;
        }
        latest.clear();
        made = 0;
        durable = 0;
    }

    private void checkFailure() throws IOException {
        if (failure != null) {
            throw new IOException("the image could not be made durable: " + failure.getMessage(), failure);
        }
    }

    private ProgrammedSectors sectorsOf(int block) {
        return programmed.computeIfAbsent(block, anyBlock -> new ProgrammedSectors());
    }

    private int blockOf(long sector) {
        return (int) (sector / layout.geometry().sectorsPerBlock());
    }

    private int sectorOf(long sector) {
        return (int) (sector % layout.geometry().sectorsPerBlock());
    }
}
