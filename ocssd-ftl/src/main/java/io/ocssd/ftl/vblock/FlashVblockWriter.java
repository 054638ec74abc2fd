package io.ocssd.ftl.vblock;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.Priority;
import io.ocssd.error.OcssdException;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.ftl.media.FillerLayout;
import io.ocssd.ftl.media.Media;
import io.ocssd.scheduler.HostCost;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns appends into frames and raw units of the stream.
 *
 * <p>Staged bytes collect in one buffer behind room for a frame's header. A frame leaves when its unit is full, when a sync
 * asks for it, or when a raw append follows; the next one goes on in the same unit and buffer where that has ws_min units
 * left.
 */
final class FlashVblockWriter implements VblockWriter {
    private final FlashVblocks owner;
    private final Media media;
    private final FlashVblock vblock;
    private final StripeLayout layout;
    private final StreamSpace space;
    private final ExtentMap extents;
    private final IoBufferPool reserve;
    private final PlaceMover mover;
    private final StripeWriter stripe;
    private final SyncPadding syncPadding;
    private final Checksum checksum;
    /** Zeros, as many as a frame can have behind its payload. */
    private final byte[] padding;

    private final List<WindowBuffer> handedOut = new ArrayList<>();
    /** Stream sector behind what the buffers handed out will hold, if they are filled and appended in turn. */
    private long promised;
    /** Stream sector behind all that was sent to the device. */
    private long position;
    /** Stream sector behind the last frame. */
    private long previousEnd;
    /** Bytes appended, those in staging too. */
    private long appended;
    /** Whether something was sent since the last frame of a sync. */
    private boolean unsynced;

    /** Stream sector behind which nothing was sent when the last sync ended. */
    private long syncedPosition;
    /** All blocks are closed. */
    private boolean full;

    /** Extents and length as of the last sync that returned. */
    private int syncedExtents;

    private long syncedLength;

    private WindowBuffer staging;
    /** What syncs pad with; null until one does. */
    private WindowBuffer filler;

    private int frameOffset;
    private int staged;
    private boolean closed;

    FlashVblockWriter(FlashVblocks owner, FlashVblock vblock, Window window, IoBufferPool reserve)
            throws OcssdException {
        this.owner = owner;
        this.media = owner.media();
        this.vblock = vblock;
        this.layout = vblock.layout();
        this.space = new StreamSpace(layout, media.limits().wsMin(), media.sectorBytes());
        this.extents = vblock.extents();
        this.reserve = reserve;
        this.checksum = new Checksum(media.scheduler());
        this.padding = new byte[media.unitBytes()];
        this.mover = new PlaceMover(owner, vblock);
        // Someone waits for each sync of a log, nobody for a unit of bulk data.
        Priority priority = vblock.stream() == Stream.LOG ? Priority.HIGH : Priority.NORMAL;
        this.stripe = new StripeWriter(media, vblock, mover, window, reserve, priority);
        this.syncPadding = new SyncPadding(
                layout,
                media.limits().wsMin(),
                media.volatilePairs() ? media.limits().mwCunits() : 0,
                media.geometry().sectorsPerBlock());
    }

    /** Makes the vblock exist on flash. */
    void begin() throws OcssdException {
        BlockHeader first = vblock.header();
        stripe.programHeaders(
                first,
                (buffer, place) -> BlockHeaderLayout.encode(
                        buffer.bytes().clear(), media.unitBytes(), first.withPlace(place), checksum));
    }

    @Override
    public Vblock vblock() {
        return vblock;
    }

    @Override
    public long remaining(boolean ofStaged) {
        if (closed) {
            return 0;
        }
        return ofStaged ? space.stagedRemaining(position, staged) : space.rawRemaining(position, staged);
    }

    @Override
    public long append(ByteBuffer bytes) throws IOException {
        checkUsable();
        int length = bytes.remaining();
        checkRemaining(length, true);
        long offset = appended;
        while (bytes.hasRemaining()) {
            if (staging == null) {
                staging = stripe.take();
                frameOffset = 0;
            }
            int capacity = space.frameCapacity(position);
            int count = Math.min(capacity - staged, bytes.remaining());
            staging.buffer()
                    .bytes()
                    .put(frameOffset + FrameLayout.PAYLOAD_OFFSET + staged, bytes, bytes.position(), count);
            bytes.position(bytes.position() + count);
            staged += count;
            appended += count;
            if (staged == capacity) {
                programFrame(0, 0);
            }
        }
        media.scheduler().charge(HostCost.COPY_KIB, Checksum.kibibytes(length));
        return offset;
    }

    @Override
    public IoBuffer takeBuffer() throws IOException {
        checkUsable();
        WindowBuffer taken = stripe.take();
        // A buffer that its holder released comes back under a new wrapper.
        handedOut.removeIf(other -> other.buffer() == taken.buffer());
        if (handedOut.isEmpty()) {
            promised = space.behind(position, staged);
        }
        int sectors = space.rawRun(promised);
        promised += sectors;
        taken.buffer().bytes().clear();
        if (sectors > 0) {
            taken.buffer().bytes().limit(sectors * media.sectorBytes());
        }
        handedOut.add(taken);
        return taken.buffer();
    }

    @Override
    public long append(IoBuffer buffer) throws IOException {
        checkUsable();
        int bytes = buffer.bytes().limit();
        if (bytes % media.unitBytes() != 0) {
            throw new IllegalArgumentException(
                    "limit=" + bytes + " is no multiple of ws_min, " + media.unitBytes() + " bytes");
        }
        checkRemaining(bytes, false);
        WindowBuffer given = find(buffer);
        if (staged > 0) {
            programFrame(0, 0);
        }
        dropStaging();
        handedOut.remove(given);
        long offset = appended;
        int sectorBytes = media.sectorBytes();
        for (int done = 0; done < bytes; ) {
            int sectors = Math.min(layout.run(position), (bytes - done) / sectorBytes);
            int pieceBytes = sectors * sectorBytes;
            stripe.program(position, sectors, given, done, pieceBytes, 0, true);
            extents.addRaw(position, pieceBytes, sectorBytes);
            position += sectors;
            appended += pieceBytes;
            unsynced = true;
            done += pieceBytes;
        }
        stripe.letGo(given);
        return offset;
    }

    @Override
    public void sync() throws IOException {
        checkUsable();
        if (staged > 0 || unsynced) {
            programSync();
        }
        stripe.drain();
        stripe.checkFailure();
        stripe.synced();
        syncedExtents = extents.count();
        syncedLength = extents.length();
        syncedPosition = position;
    }

    @Override
    public void seal() throws IOException {
        checkUsable();
        if (staged > 0 || unsynced) {
            programFrame(FrameLayout.SYNC, 0);
        }
        if (!full) {
            fill();
        }
        closed = true;
        stripe.allClosed(media.geometry().sectorsPerBlock());
        stripe.close();
        owner.sealed(vblock, reserve, handedOut.isEmpty());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            stripe.close();
            vblock.abandoned(extents.upTo(syncedExtents, syncedLength));
        }
    }

    /** Programs the frame of a sync, and what it takes to make all before it safe. */
    private void programSync() throws OcssdException {
        int moves;
        do {
            moves = mover.moves();
            long end = position + space.frameSectors(staged);
            long safe = stripe.safePosition(syncPadding, syncedPosition, end);
            if (safe > space.appendEnd() && safe > end) {
                // Nothing more would fit behind what has to follow, so all blocks may as well be full.
                programFrame(FrameLayout.SYNC, 0);
                fill();
                return;
            }
            programFrame(FrameLayout.SYNC, safe - end);
            pad(safe);
            stripe.drain();
            // In another block less may be safe than was thought.
        } while (media.volatilePairs() && mover.moves() != moves && position <= space.appendEnd());
        if (media.volatilePairs() && mover.moves() != moves) {
            fill();
        }
    }

    private void programFrame(int flags, long paddingSectors) throws OcssdException {
        if (staging == null) {
            staging = stripe.take();
            frameOffset = 0;
        }
        stripe.awaitRaw();
        int sectorBytes = media.sectorBytes();
        int sectors = space.frameSectors(staged);
        int run = layout.run(position);
        ByteBuffer bytes = staging.buffer().bytes();
        int payloadEnd = frameOffset + FrameLayout.PAYLOAD_OFFSET + staged;
        // What the buffer held before is none of this vblock's business.
        bytes.put(payloadEnd, padding, 0, frameOffset + sectors * sectorBytes - payloadEnd);
        FrameLayout.encode(
                bytes,
                frameOffset,
                flags,
                media.driveId(),
                vblock.id(),
                position,
                previousEnd,
                appended - staged,
                staged,
                sectors,
                (int) paddingSectors,
                mover.moves(),
                checksum);
        stripe.program(position, sectors, staging, frameOffset, staged, FrameLayout.PAYLOAD_OFFSET, false);
        if (staged > 0) {
            extents.addFrame(position, staged);
        }
        position += sectors;
        previousEnd = position;
        unsynced = flags != FrameLayout.SYNC;
        staged = 0;
        frameOffset += sectors * sectorBytes;
        if (sectors == run) {
            dropStaging();
        }
    }

    /** Programs filler up to a position, over all blocks at once. */
    private void pad(long end) throws OcssdException {
        if (position == end) {
            return;
        }
        dropStaging();
        if (filler == null) {
            filler = stripe.take();
            FillerLayout.fill(
                    filler.buffer().bytes().clear(),
                    media.limits().wsOpt(),
                    media.sectorBytes(),
                    media.driveId(),
                    checksum);
        }
        while (position < end) {
            int sectors = (int) Math.min(layout.run(position), end - position);
            stripe.program(position, sectors, filler, 0, 0, 0, false);
            position += sectors;
        }
        previousEnd = end;
    }

    /** Fills all blocks, the summary last; what was sent before is programmed then. */
    private void fill() throws OcssdException {
        stripe.drain();
        stripe.checkFailure();
        dropStaging();
        if (filler != null) {
            stripe.letGo(filler);
            filler = null;
        }
        try {
            new StripeFiller(media, vblock, stripe, mover).fill(extents);
        } catch (OcssdException e) {
            stripe.fail(e);
            throw e;
        }
        position = layout.sectors();
        full = true;
    }

    private WindowBuffer find(IoBuffer buffer) {
        for (WindowBuffer each : handedOut) {
            if (each.buffer() == buffer) {
                return each;
            }
        }
        throw new IllegalArgumentException("the buffer is none that this writer handed out by takeBuffer");
    }

    private void dropStaging() {
        if (staging != null) {
            stripe.letGo(staging);
            staging = null;
        }
    }

    private void checkUsable() throws OcssdException {
        if (closed) {
            throw new IllegalStateException("the writer is closed, vblock=" + vblock.id());
        }
        stripe.checkFailure();
    }

    private void checkRemaining(long bytes, boolean ofStaged) {
        if (bytes > remaining(ofStaged)) {
            throw new IllegalArgumentException(
                    "bytes=" + bytes + ", remaining=" + remaining(ofStaged) + ", vblock=" + vblock.id());
        }
    }
}
