package io.ocssd.ftl.journal;

import com.google.common.collect.ImmutableList;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.NoSpaceException;
import io.ocssd.error.OcssdException;
import io.ocssd.ftl.media.Failures;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import io.ocssd.scheduler.Mutex;
import io.ocssd.scheduler.Signal;
import io.ocssd.scheduler.TaskBody;
import java.io.IOException;
import java.util.List;

/**
 * Writes the journal. Thread-safe.
 *
 * <p>One task at a time has the <em>pen</em>: it programs what all have recorded, and those wait who came meanwhile. When the
 * block is half full, a task of its own writes a checkpoint to a new block while records still go to the old one; it takes
 * the pen for the last frame alone, which brings along what was recorded meanwhile and makes the new block count. When a
 * program fails, or a block is full before that is done, whoever has the pen writes a checkpoint to a new block at once. The
 * old block is erased behind everyone's back.
 *
 * <p>Nobody waits for the pen who has it, and nobody who has it waits but for the device and for old blocks being erased.
 */
final class JournalLog {
    /** New blocks that may fail one after the other before a record is given up. */
    private static final int MOST_ATTEMPTS = 16;

    private final Media media;
    private final JournalPlaces places;
    private final JournalRules rules;
    private final JournalMemory memory;
    private final JournalBlocks source;
    private final BlockReleaser releaser;
    private final int targetId;
    private final Mutex mutex;
    private final Signal changed;

    // Under the mutex.
    private boolean penTaken;
    private boolean rollWantsPen;
    private boolean rolling;
    /** Somebody needs a new block and a roll is about to bring one. */
    private boolean rollAwaited;

    private int releasing;
    private long durable;
    private boolean closed;
    private long highestSequence;
    private JournalBlock current;
    /** What the opening found and no checkpoint has replaced yet. */
    private List<Integer> found;

    /** A roll of the present block failed; it is not tried again. Not under the mutex. */
    private volatile boolean rollFailed;

    JournalLog(
            Media media,
            JournalPlaces places,
            JournalRules rules,
            JournalMemory memory,
            JournalBlocks source,
            int targetId,
            long highestSequence,
            List<Integer> found) {
        this.media = media;
        this.places = places;
        this.rules = rules;
        this.memory = memory;
        this.source = source;
        this.releaser = new BlockReleaser(media);
        this.targetId = targetId;
        this.highestSequence = highestSequence;
        this.found = ImmutableList.copyOf(found);
        this.mutex = media.scheduler().newMutex();
        this.changed = media.scheduler().newSignal();
    }

    /** Records; durable when this returns. */
    void record(List<JournalRecord> records) throws IOException {
        if (records.isEmpty()) {
            return;
        }
        mutex.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the target is closed");
            }
        } finally {
            mutex.unlock();
        }
        long last = memory.record(records);
        while (true) {
            long seen = changed.version();
            boolean pen = false;
            mutex.lock();
            try {
                if (durable >= last) {
                    return;
                }
                pen = !penTaken && !rollWantsPen && !rollAwaited;
                penTaken |= pen;
            } finally {
                mutex.unlock();
            }
            if (pen) {
                writePending();
            } else {
                changed.await(seen);
            }
        }
    }

    /** Blocks held now. */
    ImmutableList<Integer> blocks() {
        mutex.lock();
        try {
            return current == null ? ImmutableList.copyOf(found) : ImmutableList.of(current.number());
        } finally {
            mutex.unlock();
        }
    }

    /** See {@link Journal#relocate}. */
    void relocate() throws IOException {
        boolean done = false;
        while (!done) {
            long seen = changed.version();
            boolean pen;
            mutex.lock();
            try {
                if (closed || (current == null && found.isEmpty())) {
                    return;
                }
                pen = !penTaken && !rolling && !rollWantsPen && !rollAwaited;
                penTaken |= pen;
            } finally {
                mutex.unlock();
            }
            if (pen) {
                try {
                    checkpointNow();
                    done = true;
                } finally {
                    leavePen();
                }
            } else {
                changed.await(seen);
            }
        }
        awaitReleased();
    }

    private void awaitReleased() {
        while (true) {
            long seen = changed.version();
            mutex.lock();
            try {
                if (releasing == 0) {
                    return;
                }
            } finally {
                mutex.unlock();
            }
            changed.await(seen);
        }
    }

    /** See {@link Journal#close}. */
    void close() {
        boolean written;
        mutex.lock();
        try {
            if (closed) {
                return;
            }
            written = current != null;
        } finally {
            mutex.unlock();
        }
        if (written) {
            try {
                record(List.of(memory.counted()));
            } catch (IOException e) {
                // They are as good as they were at the last record, which is all that was promised.
                written = false;
            }
        }
        while (true) {
            long seen = changed.version();
            mutex.lock();
            try {
                closed = true;
                if (!penTaken && !rolling && releasing == 0) {
                    break;
                }
            } finally {
                mutex.unlock();
            }
            changed.await(seen);
        }
        places.leave();
    }

    /** With the pen, which is given up. */
    private void writePending() throws IOException {
        JournalMemory.Batch batch = memory.takePending();
        boolean written = false;
        try {
            written = write(batch);
        } finally {
            if (!written) {
                memory.putBack(batch);
            }
            leavePen();
        }
    }

    /** Returns false when a roll has to end first. */
    private boolean write(JournalMemory.Batch batch) throws IOException {
        JournalBlock block = current;
        if (block != null && block.fits(batch.records())) {
            if (rules.commit(() -> append(block, batch.records()), () -> acknowledge(batch.upTo()))) {
                if (block.isHalfFull()) {
                    startRoll();
                }
                return true;
            }
            retireIfBroken(block);
        }
        mutex.lock();
        try {
            if (rolling) {
                rollAwaited = true;
                return false;
            }
        } finally {
            mutex.unlock();
        }
        checkpointNow();
        return true;
    }

    private boolean append(JournalBlock block, List<JournalRecord> records) throws IOException {
        JournalRecord counted = memory.counted();
        MediaPath path = media.borrow();
        try {
            return block.append(path, records, false, counted);
        } finally {
            media.giveBack(path);
        }
    }

    /** With the pen, while no roll is under way: everything recorded so far goes to a new block. */
    private void checkpointNow() throws IOException {
        JournalBlock old = current;
        List<Integer> replaced = found;
        boolean oldMayBeOpen = old == null ? !replaced.isEmpty() : old.isOpen();
        boolean extraPlace = oldMayBeOpen && places.tryExtra();
        boolean done = false;
        try {
            if (oldMayBeOpen && !extraPlace) {
                for (int block : old == null ? replaced : List.of(old.number())) {
                    releaser.close(block);
                }
                if (old != null) {
                    old.closed();
                }
            }
            for (int attempt = 1; !done; attempt++) {
                JournalBlock next = newBlock();
                done = checkpointTo(next, () -> releaseLater(old, replaced, extraPlace));
                if (!done) {
                    discard(next);
                    if (attempt == MOST_ATTEMPTS) {
                        throw Failures.of(
                                "program of the journal",
                                next.failure(),
                                media.geometry().blockPpa(next.number()));
                    }
                }
            }
        } finally {
            if (!done && extraPlace) {
                places.leaveExtra();
            }
        }
    }

    private boolean checkpointTo(JournalBlock next, JournalRules.Step release) throws IOException {
        JournalMemory.Batch included = memory.takePending();
        boolean done = false;
        try {
            List<JournalRecord> records = fitting(next, memory.checkpoint());
            done = rules.replace(
                    () -> {
                        boolean written = writeWhole(next, records);
                        if (written) {
                            switchTo(next, included.upTo());
                        }
                        return written;
                    },
                    release);
        } finally {
            if (!done) {
                memory.putBack(included);
            }
        }
        return done;
    }

    private boolean writeWhole(JournalBlock next, List<JournalRecord> records) throws IOException {
        JournalRecord counted = memory.counted();
        MediaPath path = media.borrow();
        try {
            return next.begin(path) && next.append(path, records, true, counted);
        } finally {
            media.giveBack(path);
        }
    }

    /** As much of a checkpoint as a block holds. */
    private List<JournalRecord> fitting(JournalBlock next, List<JournalRecord> records) throws NoSpaceException {
        try {
            return next.mostOf(records);
        } catch (NoSpaceException e) {
            source.giveBack(next.number(), false);
            throw e;
        }
    }

    /** With the pen. */
    private void startRoll() {
        if (!places.tryExtra()) {
            return;
        }
        if (mayRoll()) {
            spawn("journal roll", this::roll, this::rollEnded);
        } else {
            places.leaveExtra();
        }
    }

    private boolean mayRoll() {
        mutex.lock();
        try {
            boolean may = !rolling && !rollFailed && !closed;
            rolling |= may;
            return may;
        } finally {
            mutex.unlock();
        }
    }

    /** Spawns a task, or does what is due at its end when it can't start. */
    private void spawn(String name, TaskBody body, Runnable atEnd) {
        boolean started = false;
        try {
            media.scheduler().spawn(name, body);
            started = true;
        } finally {
            if (!started) {
                atEnd.run();
            }
        }
    }

    private void rollEnded() {
        places.leaveExtra();
        mutex.lock();
        try {
            rolling = false;
            rollAwaited = false;
        } finally {
            mutex.unlock();
        }
        changed.raise();
    }

    /** The task that brings a new block while records still go to the old one. */
    private void roll() throws IOException {
        // Nobody but a roll brings another one while it is under way.
        JournalBlock old = current;
        JournalBlock next = null;
        try {
            JournalBlock begun = newBlock();
            next = begun;
            List<JournalRecord> records = memory.beginCheckpoint();
            rules.replace(
                    () -> begun.fits(records) && writeParts(begun, records) && endRoll(begun),
                    () -> release(old.number(), old.failure()));
        } catch (NoSpaceException e) {
            // The block in use goes on until it is full.
        } finally {
            boolean done = next != null && current == next;
            memory.endCheckpoint();
            rollFailed = !done;
            try {
                if (!done && next != null) {
                    discard(next);
                }
            } finally {
                rollEnded();
            }
        }
    }

    private boolean writeParts(JournalBlock next, List<JournalRecord> records) throws IOException {
        MediaPath path = media.borrow();
        try {
            return next.begin(path) && next.appendPart(path, records);
        } finally {
            media.giveBack(path);
        }
    }

    /** Programs the last frame of a roll's checkpoint, under the pen. */
    private boolean endRoll(JournalBlock next) throws IOException {
        // Before the pen is taken, since the device may be gone.
        MediaPath path = media.borrow();
        try {
            takePenForRoll();
            try {
                return endRoll(next, path);
            } finally {
                leavePen();
            }
        } finally {
            media.giveBack(path);
        }
    }

    /** With the pen. */
    private boolean endRoll(JournalBlock next, MediaPath path) throws IOException {
        JournalMemory.Batch included = memory.takePending();
        boolean done = false;
        try {
            List<JournalRecord> since = memory.endCheckpoint();
            done = next.fits(since) && next.append(path, since, true, memory.counted());
            if (done) {
                switchTo(next, included.upTo());
            }
        } finally {
            if (!done) {
                memory.putBack(included);
            }
        }
        return done;
    }

    private void takePenForRoll() {
        while (true) {
            long seen = changed.version();
            mutex.lock();
            try {
                rollWantsPen = penTaken;
                if (!penTaken) {
                    penTaken = true;
                    return;
                }
            } finally {
                mutex.unlock();
            }
            changed.await(seen);
        }
    }

    private void leavePen() {
        mutex.lock();
        try {
            penTaken = false;
        } finally {
            mutex.unlock();
        }
        changed.raise();
    }

    private void acknowledge(long upTo) {
        mutex.lock();
        try {
            durable = Math.max(durable, upTo);
        } finally {
            mutex.unlock();
        }
    }

    private void switchTo(JournalBlock next, long upTo) {
        mutex.lock();
        try {
            current = next;
            found = ImmutableList.of();
            rollFailed = false;
            durable = Math.max(durable, upTo);
        } finally {
            mutex.unlock();
        }
    }

    private JournalBlock newBlock() throws OcssdException {
        int block = takeBlock(current == null ? -1 : current.number());
        mutex.lock();
        try {
            highestSequence = rules.nextSequence(highestSequence);
            return new JournalBlock(media, rules, new JournalHeader(media.driveId(), targetId, block, highestSequence));
        } finally {
            mutex.unlock();
        }
    }

    /** Takes a free block, waiting for an old one of the journal if need be. */
    private int takeBlock(int besideBlock) throws NoSpaceException {
        while (true) {
            long seen = changed.version();
            int released;
            mutex.lock();
            try {
                released = releasing;
            } finally {
                mutex.unlock();
            }
            try {
                return source.take(besideBlock);
            } catch (NoSpaceException e) {
                if (released == 0) {
                    throw e;
                }
            }
            changed.await(seen);
        }
    }

    /** Erases what a checkpoint replaced, in a task of its own. */
    private void releaseLater(JournalBlock old, List<Integer> replaced, boolean extraPlace) {
        mutex.lock();
        try {
            releasing++;
        } finally {
            mutex.unlock();
        }
        Runnable atEnd = () -> releaseEnded(extraPlace);
        spawn(
                "journal release",
                () -> {
                    try {
                        if (old != null) {
                            release(old.number(), old.failure());
                        } else {
                            for (int block : replaced) {
                                release(block, NvmeStatus.SUCCESS);
                            }
                        }
                    } finally {
                        atEnd.run();
                    }
                },
                atEnd);
    }

    private void releaseEnded(boolean extraPlace) {
        if (extraPlace) {
            places.leaveExtra();
        }
        mutex.lock();
        try {
            releasing--;
        } finally {
            mutex.unlock();
        }
        changed.raise();
    }

    /** A new block failed before it counted. */
    private void discard(JournalBlock next) throws IOException {
        retireIfBroken(next);
        release(next.number(), next.failure());
    }

    private void retireIfBroken(JournalBlock block) {
        if (BlockReleaser.isBroken(block.failure())) {
            memory.record(List.of(new JournalRecord.Retired(block.number(), RetireReason.PROGRAM_FAILED)));
        }
    }

    private void release(int block, int failure) throws IOException {
        if (BlockReleaser.isBroken(failure)) {
            releaser.close(block);
            source.lost(block);
            return;
        }
        switch (releaser.release(block)) {
            case FREE -> source.giveBack(block, false);
            case ERASED -> source.giveBack(block, true);
            case NOT_CLOSED -> retire(block, RetireReason.PROGRAM_FAILED);
            case NOT_ERASED -> retire(block, RetireReason.ERASE_FAILED);
            // The device remembers that.
            case OFFLINE -> source.lost(block);
        }
    }

    private void retire(int block, RetireReason reason) {
        memory.record(List.of(new JournalRecord.Retired(block, reason)));
        source.lost(block);
    }
}
