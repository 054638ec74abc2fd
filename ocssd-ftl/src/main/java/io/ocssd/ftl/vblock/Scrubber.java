package io.ocssd.ftl.vblock;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.error.BusyException;
import io.ocssd.error.GoneException;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import io.ocssd.scheduler.Mutex;
import io.ocssd.scheduler.Signal;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Copies blocks that read with a high error count to other ones, before they can't be read at all.
 *
 * <p>A task of the target does it, one block after the other. It begins when there is something to do and ends when there is
 * not, so that an idle target has none. A vblock that is being written has its turn when it is sealed. Readers go on: they
 * read by the {@link PlaceMap} and read again when it changed meanwhile. The old block is erased once the copy is whole and
 * closed, and until then it is the one that counts, so a power cut anywhere leaves one of the two. A block of which anything
 * can't be read at all is not tried again.
 *
 * <p>Thread-safe.
 */
final class Scrubber {
    private final FlashVblocks owner;
    private final Media media;
    private final Mutex mutex;
    /** Is raised whenever a vblock is at rest again, and when the task ends. */
    private final Signal done;
    /** By address, the vblocks whose blocks are to be copied; under the mutex. */
    private final Map<Long, FlashVblock> waiting = new LinkedHashMap<>();

    /** Those for which there was no block to copy to, until there may be one; under the mutex. */
    private final Map<Long, FlashVblock> refused = new LinkedHashMap<>();

    /** By address, the id of the vblock whose block can't be read whole: each attempt would cost an erase. Under the mutex. */
    private final Map<Long, Long> hopeless = new HashMap<>();

    private boolean running;
    private volatile boolean closed;

    Scrubber(FlashVblocks owner) {
        this.owner = owner;
        this.media = owner.media();
        this.mutex = media.scheduler().newMutex();
        this.done = media.scheduler().newSignal();
    }

    /** A block of a vblock reads badly. */
    void suggest(FlashVblock vblock, long blockPpa) {
        boolean known;
        mutex.lock();
        try {
            // Another vblock's suggestion is from before its erase.
            known = Objects.equals(vblock.id(), hopeless.get(blockPpa))
                    || vblock.equals(refused.get(blockPpa))
                    || vblock.equals(waiting.put(blockPpa, vblock));
        } finally {
            mutex.unlock();
        }
        if (!known && !vblock.isBeingWritten()) {
            begin();
        }
    }

    /** Something changed for which blocks may have waited: a place among the open blocks, a free block, a sealed vblock. */
    void goOn() {
        mutex.lock();
        try {
            refused.forEach(waiting::putIfAbsent);
            refused.clear();
        } finally {
            mutex.unlock();
        }
        begin();
    }

    private void begin() {
        mutex.lock();
        try {
            if (closed || running || waiting.isEmpty()) {
                return;
            }
            running = true;
        } finally {
            mutex.unlock();
        }
        boolean begun = false;
        try {
            media.scheduler().spawn("scrub", this::run);
            begun = true;
        } finally {
            if (!begun) {
                end();
            }
        }
    }

    /** Waits while blocks of a vblock are being copied. */
    void awaitRest(FlashVblock vblock) {
        while (true) {
            long seen = done.version();
            if (!vblock.isBeingScrubbed()) {
                return;
            }
            done.await(seen);
        }
    }

    /** Begins nothing more. Idempotent. */
    void close() {
        closed = true;
    }

    /** Waits, after {@link #close}, until nothing is under way. Whoever calls it keeps nobody from allocating. */
    void awaitEnd() {
        while (true) {
            long seen = done.version();
            mutex.lock();
            try {
                if (!running) {
                    return;
                }
            } finally {
                mutex.unlock();
            }
            done.await(seen);
        }
    }

    private void run() throws IOException {
        boolean ended = false;
        try {
            ArrayDeque<Map.Entry<Long, FlashVblock>> now = takeAll();
            while (!now.isEmpty()) {
                for (Map.Entry<Long, FlashVblock> each : now) {
                    scrub(each.getValue(), each.getKey());
                }
                now = takeAll();
            }
            ended = true;
        } catch (GoneException e) {
            // There is nothing left to scrub, and whoever uses the device learns of it there.
            closed = true;
        } finally {
            if (!ended) {
                end();
            }
        }
    }

    private void end() {
        mutex.lock();
        try {
            running = false;
        } finally {
            mutex.unlock();
        }
        done.raise();
    }

    /** Those whose turn has come; the others stay. */
    private ArrayDeque<Map.Entry<Long, FlashVblock>> takeAll() {
        ArrayDeque<Map.Entry<Long, FlashVblock>> taken = new ArrayDeque<>();
        mutex.lock();
        try {
            if (!closed) {
                for (Map.Entry<Long, FlashVblock> each : waiting.entrySet()) {
                    if (!each.getValue().isBeingWritten()) {
                        taken.add(Map.entry(each.getKey(), each.getValue()));
                    }
                }
            }
            taken.forEach(each -> waiting.remove(each.getKey()));
            // Under the same mutex as the next suggestion, which so finds either a task that sees it or none.
            running = !taken.isEmpty();
        } finally {
            mutex.unlock();
        }
        if (taken.isEmpty()) {
            done.raise();
        }
        return taken;
    }

    private void scrub(FlashVblock vblock, long blockPpa) throws IOException {
        if (closed || !vblock.beginScrub()) {
            return;
        }
        try {
            if (vblock.map().holds(blockPpa)) {
                owner.scrub(() -> copy(vblock, blockPpa));
            }
        } finally {
            vblock.endScrub();
            done.raise();
        }
    }

    /** Until {@link #goOn} is called. */
    private void waitOn(FlashVblock vblock, long blockPpa) {
        mutex.lock();
        try {
            refused.put(blockPpa, vblock);
        } finally {
            mutex.unlock();
        }
    }

    private void copy(FlashVblock vblock, long blockPpa) throws IOException {
        // Before a block is taken, since the device may be gone.
        MediaPath path = media.borrow();
        try {
            copy(path, vblock, blockPpa);
        } finally {
            media.giveBack(path);
        }
    }

    private void copy(MediaPath path, FlashVblock vblock, long blockPpa) throws IOException {
        Geometry geometry = media.geometry();
        int old = geometry.blockIndex(blockPpa);
        BlockCopier copier = new BlockCopier(media, path);
        BlockHeader header = copier.header(blockPpa);
        BlockReport report = media.report();
        if (header == null || header.vblockId() != vblock.id() || report.state(old) != BlockState.CLOSED) {
            giveUp(vblock, blockPpa);
            return;
        }
        int fresh = owner.takeForCopy(old);
        if (fresh < 0) {
            waitOn(vblock, blockPpa);
            return;
        }
        int first = header.piece().firstSector(media.limits().wsMin());
        int sectors = vblock.map().run(header.place(), first);
        boolean done = false;
        try {
            done = copier.copy(header, geometry.blockPpa(fresh), sectors, report, () -> closed);
        } catch (BusyException e) {
            // There is no memory for it now.
            waitOn(vblock, blockPpa);
        } finally {
            if (!done) {
                owner.notCopied(fresh, copier.status());
            }
        }
        if (done) {
            vblock.copied(blockPpa, geometry.blockPpa(fresh));
            owner.copied(old, fresh);
        } else if (copier.readFailed()) {
            giveUp(vblock, blockPpa);
        }
    }

    /** As long as the target is open. */
    private void giveUp(FlashVblock vblock, long blockPpa) {
        mutex.lock();
        try {
            hopeless.put(blockPpa, vblock.id());
        } finally {
            mutex.unlock();
        }
    }
}
