package io.ocssd.ftl.vblock;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.device.Priority;
import io.ocssd.error.GoneException;
import io.ocssd.error.OcssdException;
import io.ocssd.ftl.media.Failures;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.statistics.CommandLedger;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Sends the programs of one vblock: keeps all its LUNs busy with a write pointer each, and holds on to every buffer until
 * the device can read what was programmed from it. Belongs to the writer's task.
 *
 * <p>Per place the programs form a ring: those at its end are under way ({@link #IN_FLIGHT} at most), those before them are
 * programmed but not readable yet. The reserve covers a ring that is full of programs of ws_min sectors in every place, and
 * {@link #spareBuffers} on top, so a buffer always comes back unless the caller keeps them all.
 *
 * <p>A place of which a program failed is mended before anything else is sent: when nothing is under way to it any more,
 * {@link PlaceMover} lets it go on in another block, and what the failed program and those behind it held is programmed
 * there. The ring has all of that still. The writer fails only when the mover does.
 */
final class StripeWriter {
    /** Programs of one block that are under way at most, a power of two: one on the media, one behind it. */
    static final int IN_FLIGHT = 2;

    private static final int PLACE_SHIFT = 32;
    /** In the place of a slot: the header of the block that a place begins with. */
    private static final int HEADER = Integer.MAX_VALUE;

    private final Media media;
    private final PlaceMover mover;
    private final StripeLayout layout;
    private final Window window;
    private final IoBufferPool reserve;
    private final IoQueue queue;
    /** Whether the programs go before those of other vblocks that wait for the same LUN. */
    private final Priority priority;

    /** What goes into the OOB bytes; null when nothing does. */
    private final OobHeaders oob;

    private final CommandLedger ledger;
    private final AppendStalls stalls;
    /** By place: commands sent and ended, which they do in their order. */
    private final int[] sent;

    private final int[] ended;

    private final IoCommand command = new IoCommand();
    private final Completion completion = new Completion();
    private final ArrayDeque<WindowBuffer> wrappers = new ArrayDeque<>();
    private final ProgramRing ring;
    /** By place: what to add to a sector for its address in the block that is written to. */
    private final long[] origins;
    /** By place: its first sector in the block that is written to; those below are readable. */
    private final int[] firsts;

    /** By place: whether it went on in another block since {@link #synced}. */
    private final boolean[] moved;

    private final int[] inFlight;
    private final int[] submitted;
    private final int[] programmed;
    /** By place: the first sector whose program failed, or -1. */
    private final int[] broken;

    private final int[] brokenStatus;
    private int brokenPlaces;
    private int rawInFlight;
    private OcssdException failure;

    /**
     * Opens a queue for the blocks, whose headers are yet to be written.
     *
     * @param reserve {@link #reserveBuffers} buffers of ws_opt sectors
     * @param priority of the programs
     */
    StripeWriter(
            Media media, FlashVblock vblock, PlaceMover mover, Window window, IoBufferPool reserve, Priority priority)
            throws GoneException {
        int width = vblock.width();
        this.media = media;
        this.mover = mover;
        this.layout = vblock.layout();
        this.oob = mover.oob();
        this.window = window;
        this.reserve = reserve;
        this.priority = priority;
        this.ring = new ProgramRing(width, ringSize(media.limits()));
        this.origins = vblock.header().members().toArray();
        this.firsts = new int[width];
        this.moved = new boolean[width];
        this.inFlight = new int[width];
        this.submitted = new int[width];
        this.programmed = new int[width];
        this.broken = new int[width];
        this.brokenStatus = new int[width];
        Arrays.fill(broken, -1);
        this.queue = media.device().openQueue(width * IN_FLIGHT);
        this.ledger = new CommandLedger(media.tallies(), width * IN_FLIGHT, media.sectorBytes());
        this.stalls = new AppendStalls(media, vblock, ledger.tally());
        this.sent = new int[width];
        this.ended = new int[width];
    }

    /** Buffers that a writer of this width needs. */
    static int reserveBuffers(int width, Limits limits) {
        return width * ringSize(limits) + spareBuffers(width);
    }

    /**
     * Buffers that are never needed for the window: the staging buffer, one of filler, and what the caller of the writer may
     * hold.
     */
    static int spareBuffers(int width) {
        return width + 3;
    }

    private static int ringSize(Limits limits) {
        return (limits.mwCunits() + limits.wsMin() - 1) / limits.wsMin() + IN_FLIGHT + 1;
    }

    /**
     * Takes a buffer; waits until one has come back.
     *
     * @throws IllegalStateException when all that could come back are the caller's
     */
    WindowBuffer take() throws OcssdException {
        IoBuffer buffer = reserve.tryTake();
        if (buffer == null) {
            buffer = awaitBuffer();
        }
        WindowBuffer wrapper = wrappers.poll();
        return (wrapper == null ? new WindowBuffer() : wrapper).start(buffer);
    }

    private IoBuffer awaitBuffer() throws OcssdException {
        stalls.begin();
        IoBuffer buffer;
        do {
            checkFailure();
            if (queue.inFlight() == 0 && brokenPlaces == 0) {
                throw new IllegalStateException("all buffers of the reserve were taken and none appended, spareBuffers="
                        + (spareBuffers(layout.width()) - 1));
            }
            proceed(1);
            buffer = reserve.tryTake();
        } while (buffer == null);
        stalls.end();
        return buffer;
    }

    /** Gives up a hold of a buffer. */
    void letGo(WindowBuffer buffer) {
        if (buffer.letGo()) {
            wrappers.push(buffer);
        }
    }

    /** Programs the header of each block, all at once; returns when they are programmed, some in other blocks perhaps. */
    void programHeaders(BlockHeader first, HeaderEncoder encoder) throws OcssdException {
        int wsMin = media.limits().wsMin();
        int headerBytes = BlockHeaderLayout.length(first.width());
        WindowBuffer[] headers = new WindowBuffer[first.width()];
        for (int place = 0; place < first.width(); place++) {
            headers[place] = take();
            encoder.encode(headers[place].buffer(), place);
            command.write(headers[place].buffer(), 0)
                    .addRun(origins[place], wsMin)
                    .count(ByteClass.METADATA, headerBytes)
                    .count(ByteClass.PADDING, media.unitBytes() - headerBytes);
            submitted[place] = wsMin;
            if (oob != null) {
                oob.set(first.withPlace(place));
            }
            submit(place, HEADER);
        }
        drain();
        checkFailure();
        for (WindowBuffer header : headers) {
            letGo(header);
        }
    }

    /** Writes the header of one block. */
    @FunctionalInterface
    interface HeaderEncoder {
        void encode(IoBuffer buffer, int place);
    }

    /**
     * Programs sectors of one unit, and serves them from the buffer until they are readable. Waits while the block has
     * enough under way.
     *
     * @param sectors whole ws_min units, none behind the end of the unit
     * @param offset of the first sector in the buffer, which is held until the device can read them
     * @param payloadBytes payload among them
     * @param metadataBytes metadata among them; the rest is padding
     */
    void program(
            long streamSector,
            int sectors,
            WindowBuffer buffer,
            int offset,
            int payloadBytes,
            int metadataBytes,
            boolean raw)
            throws OcssdException {
        int place = layout.place(streamSector);
        int sector = layout.sector(streamSector);
        poll();
        if (inFlight[place] == IN_FLIGHT || brokenPlaces > 0) {
            awaitRoom(place);
        }
        checkFailure();
        if (sector != submitted[place]) {
            throw new IllegalStateException("sector=" + sector + ", writePointer=" + submitted[place]);
        }
        window.put(place, sector, sectors, buffer.buffer(), offset);
        buffer.hold();
        int slot = ring.add(place, sector, sector + sectors, buffer, offset, payloadBytes, metadataBytes, raw);
        command.write(buffer.buffer(), offset).addRun(origins[place] + sector, sectors);
        int otherBytes = sectors * media.sectorBytes() - payloadBytes;
        if (otherBytes > 0) {
            // Payload need not be named, and a command that names nothing spares every layer the sums.
            command.count(ByteClass.METADATA, metadataBytes).count(ByteClass.PADDING, otherBytes - metadataBytes);
        }
        submitted[place] = sector + sectors;
        if (raw) {
            rawInFlight++;
        }
        submit(place, slot);
    }

    private void awaitRoom(int place) throws OcssdException {
        stalls.begin();
        while (inFlight[place] == IN_FLIGHT || brokenPlaces > 0) {
            proceed(1);
        }
        stalls.end();
    }

    /** Waits until all raw units sent so far are programmed. */
    void awaitRaw() throws OcssdException {
        while (rawInFlight > 0 || brokenPlaces > 0) {
            proceed(1);
        }
        checkFailure();
    }

    /** Waits until nothing is under way. */
    void drain() throws OcssdException {
        while (queue.inFlight() > 0 || brokenPlaces > 0) {
            proceed(queue.inFlight());
        }
    }

    /** Throws what went wrong, if something did. */
    void checkFailure() throws OcssdException {
        if (failure != null) {
            throw failure;
        }
    }

    /** Ends all writing. */
    void fail(OcssdException newFailure) {
        failure = newFailure;
        brokenPlaces = 0;
    }

    /** Sectors of a place that were sent to the device. */
    int submitted(int place) {
        return submitted[place];
    }

    /** Where the stream goes on after a sync. */
    long safePosition(SyncPadding padding, long safe, long end) {
        return padding.safePosition(safe, end, firsts, moved);
    }

    /** A sync has made all that was sent before safe. */
    void synced() {
        Arrays.fill(moved, false);
    }

    /** Address of a sector of a place in the block that is written to. */
    long ppa(int place, int sector) {
        return origins[place] + sector;
    }

    /** The block of a place that is written to. */
    long blockPpa(int place) {
        return Ppa.blockOf(origins[place] + firsts[place]);
    }

    /** The sector of that block that a sector of the place lies at. */
    int inBlock(int place, int sector) {
        return firsts[place] == 0
                ? sector
                : sector - firsts[place] + media.limits().wsMin();
    }

    /** A place was programmed up to a sector by someone else. */
    void filled(int place, int end) {
        submitted[place] = end;
    }

    /** A place goes on in another block, without anything that would have to be programmed again. */
    void wentOn(int place, Piece piece) {
        int wsMin = media.limits().wsMin();
        firsts[place] = piece.firstSector(wsMin);
        origins[place] = piece.blockPpa() + wsMin - firsts[place];
        moved[place] = true;
        submitted[place] = firsts[place];
    }

    /** All blocks are closed now: everything is readable, and all buffers go back. */
    void allClosed(int sectorsPerBlock) {
        for (int place = 0; place < layout.width(); place++) {
            submitted[place] = sectorsPerBlock;
            programmed[place] = sectorsPerBlock;
            releaseUpTo(place, sectorsPerBlock);
        }
    }

    /** Waits for what is under way, whatever comes of it, and gives the queue up. */
    void close() {
        try {
            brokenPlaces = 0;
            while (queue.inFlight() > 0) {
                await(queue.inFlight());
                brokenPlaces = 0;
            }
        } catch (OcssdException e) {
            // The device is gone: nothing is under way any more.
        }
        queue.close();
        ledger.close();
    }

    private void submit(int place, int slot) throws OcssdException {
        command.priority(priority).tag((long) place << PLACE_SHIFT | slot);
        if (oob != null) {
            oob.addTo(command, place);
        }
        inFlight[place]++;
        ledger.sent(slot(place, sent[place]++), command);
        try {
            while (!queue.submit(command)) {
                await(1);
            }
        } catch (GoneException e) {
            fail(e);
            throw e;
        }
    }

    /** Of a command to a place, in the ledger. */
    private static int slot(int place, int number) {
        return place * IN_FLIGHT + (number & IN_FLIGHT - 1);
    }

    /** Mends what is broken, or else waits. */
    private void proceed(int completions) throws OcssdException {
        checkFailure();
        if (brokenPlaces > 0) {
            mend();
        } else {
            await(completions);
        }
    }

    private void await(int completions) throws OcssdException {
        try {
            queue.await(completions, Long.MAX_VALUE);
        } catch (GoneException e) {
            fail(e);
            throw e;
        }
        poll();
    }

    private void poll() throws OcssdException {
        try {
            while (queue.poll(completion)) {
                completed((int) (completion.tag() >>> PLACE_SHIFT), (int) completion.tag());
            }
        } catch (GoneException e) {
            fail(e);
            throw e;
        }
    }

    private void completed(int place, int slot) {
        inFlight[place]--;
        ledger.ended(slot(place, ended[place]++), completion.status(), completion.failedAddresses());
        boolean header = slot == HEADER;
        if (!header && ring.isRaw(slot)) {
            rawInFlight--;
        }
        int end = header ? media.limits().wsMin() : ring.end(slot);
        if (!completion.isSuccess()) {
            programFailed(place, header ? end : ring.start(slot));
        } else if (broken[place] < 0 || end <= broken[place]) {
            programmed[place] = end;
            releaseReadable(place);
        } else {
            // It went behind a unit that was lost, and has to be programmed where that one goes.
            ring.setProgrammed(slot);
        }
    }

    private void programFailed(int place, int start) {
        mover.programFailed();
        if (failure != null) {
            return;
        }
        int wsMin = media.limits().wsMin();
        int from = Math.max(start, firsts[place]);
        int sector = from + Failures.firstFailed(completion.failedAddresses()) / wsMin * wsMin;
        if (broken[place] < 0) {
            brokenPlaces++;
            broken[place] = sector;
            brokenStatus[place] = completion.status();
        } else if (sector < broken[place]) {
            broken[place] = sector;
        }
    }

    /** Lets the first broken place go on in another block. */
    private void mend() throws OcssdException {
        int place = 0;
        while (broken[place] < 0) {
            place++;
        }
        while (inFlight[place] > 0) {
            await(1);
        }
        int failed = broken[place];
        Piece piece;
        try {
            OcssdException why = Failures.of("program", brokenStatus[place], origins[place] + failed);
            piece = mover.move(place, failed, programmed[place], brokenStatus[place], why);
        } catch (OcssdException e) {
            fail(e);
            throw e;
        }
        broken[place] = -1;
        brokenPlaces--;
        int end = submitted[place];
        wentOn(place, piece);
        submitted[place] = end;
        programmed[place] = firsts[place];
        // What lies below is in a closed block.
        releaseUpTo(place, firsts[place]);
        for (int number = ring.head(place); number < ring.tail(place) && broken[place] < 0; number++) {
            programAgain(place, ring.slot(place, number));
        }
    }

    private void programAgain(int place, int slot) throws OcssdException {
        while (inFlight[place] == IN_FLIGHT) {
            await(1);
        }
        if (broken[place] >= 0) {
            return;
        }
        int sectorBytes = media.sectorBytes();
        int start = Math.max(ring.start(slot), firsts[place]);
        int skipped = (start - ring.start(slot)) * sectorBytes;
        int bytes = (ring.end(slot) - ring.start(slot)) * sectorBytes;
        int payloadBytes = Math.max(0, ring.payloadBytes(slot) - skipped);
        int metadataBytes = Math.min(ring.metadataBytes(slot), bytes - skipped - payloadBytes);
        command.write(ring.buffer(slot).buffer(), ring.offset(slot) + skipped)
                .addRun(origins[place] + start, ring.end(slot) - start)
                .count(ring.wasProgrammed(slot) ? ByteClass.RELOCATED : ByteClass.PAYLOAD, payloadBytes)
                .count(ByteClass.METADATA, metadataBytes)
                .count(ByteClass.PADDING, bytes - skipped - payloadBytes - metadataBytes);
        if (ring.isRaw(slot)) {
            rawInFlight++;
        }
        mover.unitMoved();
        submit(place, slot);
    }

    private void releaseReadable(int place) {
        int written = programmed[place];
        boolean full = inBlock(place, written) == media.geometry().sectorsPerBlock();
        releaseUpTo(
                place,
                full
                        ? written
                        : Math.max(firsts[place], written - media.limits().mwCunits()));
    }

    /** Raises the bound of what is readable before it gives any buffer back. */
    private void releaseUpTo(int place, int readable) {
        window.readableUpTo(place, readable);
        for (WindowBuffer buffer = ring.removeUpTo(place, readable);
                buffer != null;
                buffer = ring.removeUpTo(place, readable)) {
            letGo(buffer);
        }
    }
}
