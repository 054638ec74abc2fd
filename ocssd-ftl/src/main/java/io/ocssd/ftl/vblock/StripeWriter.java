package io.ocssd.ftl.vblock;

import com.google.common.primitives.ImmutableLongArray;
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
import java.util.ArrayDeque;

/**
 * Sends the programs of one vblock: keeps all its LUNs busy with a write pointer each, and holds on to every buffer until
 * the device can read what was programmed from it. Belongs to the writer's task.
 *
 * <p>Per block the programs form a ring: those at its end are under way ({@link #IN_FLIGHT} at most), those before them are
 * programmed but not readable yet. The reserve covers a ring that is full of programs of ws_min sectors in every block, and
 * {@link #spareBuffers} on top, so a buffer always comes back unless the caller keeps them all.
 */
final class StripeWriter {
    /** Programs of one block that are under way at most: one on the media, one behind it. */
    static final int IN_FLIGHT = 2;

    private static final long RAW = 1L << 31;
    private static final int PLACE_SHIFT = 32;

    private final Media media;
    private final ImmutableLongArray members;
    private final StripeLayout layout;
    private final Window window;
    private final IoBufferPool reserve;
    private final IoQueue queue;
    /** Whether the programs go before those of other vblocks that wait for the same LUN. */
    private final Priority priority;

    private final IoCommand command = new IoCommand();
    private final Completion completion = new Completion();
    private final ArrayDeque<WindowBuffer> wrappers = new ArrayDeque<>();
    private final int ring;
    private final WindowBuffer[] ringBuffers;
    private final int[] ringEnds;
    private final int[] ringHead;
    private final int[] ringTail;
    private final int[] inFlight;
    private final int[] submitted;
    private final int[] programmed;
    private int rawInFlight;
    private OcssdException failure;

    /**
     * Opens a queue for the blocks, whose headers are yet to be written.
     *
     * @param reserve {@link #reserveBuffers} buffers of ws_opt sectors
     * @param priority of the programs
     */
    StripeWriter(
            Media media,
            ImmutableLongArray members,
            StripeLayout layout,
            Window window,
            IoBufferPool reserve,
            Priority priority)
            throws GoneException {
        int width = members.length();
        this.media = media;
        this.members = members;
        this.layout = layout;
        this.window = window;
        this.reserve = reserve;
        this.priority = priority;
        this.ring = ringSize(media.limits());
        this.ringBuffers = new WindowBuffer[width * ring];
        this.ringEnds = new int[width * ring];
        this.ringHead = new int[width];
        this.ringTail = new int[width];
        this.inFlight = new int[width];
        this.submitted = new int[width];
        this.programmed = new int[width];
        this.queue = media.device().openQueue(width * IN_FLIGHT);
    }

    /** Buffers that a writer of this width needs. */
    static int reserveBuffers(int width, Limits limits) {
        return width * ringSize(limits) + spareBuffers(width);
    }

    /** Buffers that are never needed for the window: the staging buffer, and what the caller of the writer may hold. */
    static int spareBuffers(int width) {
        return width + 2;
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
        while (true) {
            IoBuffer buffer = reserve.tryTake();
            if (buffer != null) {
                WindowBuffer wrapper = wrappers.poll();
                return (wrapper == null ? new WindowBuffer() : wrapper).start(buffer);
            }
            checkFailure();
            if (queue.inFlight() == 0) {
                throw new IllegalStateException("all buffers of the reserve were taken and none appended, spareBuffers="
                        + spareBuffers(members.length()));
            }
            awaitSome();
        }
    }

    /** Gives up a hold of a buffer. */
    void letGo(WindowBuffer buffer) {
        if (buffer.letGo()) {
            wrappers.push(buffer);
        }
    }

    /** Programs the header of each block, all at once; returns when they are durable. */
    void programHeaders(BlockHeader first, HeaderEncoder encoder) throws OcssdException {
        int headerBytes = BlockHeaderLayout.length(first.width());
        WindowBuffer[] headers = new WindowBuffer[first.width()];
        for (int place = 0; place < first.width(); place++) {
            headers[place] = take();
            encoder.encode(headers[place].buffer(), place);
            command.write(headers[place].buffer(), 0)
                    .addRun(members.get(place), media.limits().wsMin())
                    .count(ByteClass.METADATA, headerBytes)
                    .count(ByteClass.PADDING, media.unitBytes() - headerBytes);
            submit(place, media.limits().wsMin(), 0);
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
        while (inFlight[place] == IN_FLIGHT) {
            awaitSome();
        }
        checkFailure();
        if (sector != submitted[place]) {
            throw new IllegalStateException("sector=" + sector + ", writePointer=" + submitted[place]);
        }
        window.put(place, sector, sectors, buffer.buffer(), offset);
        buffer.hold();
        ringBuffers[place * ring + ringTail[place] % ring] = buffer;
        ringEnds[place * ring + ringTail[place] % ring] = sector + sectors;
        ringTail[place]++;
        int bytes = sectors * media.sectorBytes();
        command.write(buffer.buffer(), offset)
                .addRun(Ppa.withSector(members.get(place), sector), sectors)
                .count(ByteClass.PAYLOAD, payloadBytes)
                .count(ByteClass.METADATA, metadataBytes)
                .count(ByteClass.PADDING, bytes - payloadBytes - metadataBytes);
        if (raw) {
            rawInFlight++;
        }
        submit(place, sectors, raw ? RAW : 0);
    }

    /** Waits until all raw units sent so far are programmed. */
    void awaitRaw() throws OcssdException {
        while (rawInFlight > 0) {
            awaitSome();
        }
        checkFailure();
    }

    /** Waits until nothing is under way. */
    void drain() throws OcssdException {
        while (queue.inFlight() > 0) {
            await(queue.inFlight());
        }
    }

    /** Throws what went wrong, if something did. */
    void checkFailure() throws OcssdException {
        if (failure != null) {
            throw failure;
        }
    }

    /** Sectors of a block that were sent to the device. */
    int submitted(int place) {
        return submitted[place];
    }

    /** All blocks are closed now: everything is readable, and all buffers go back. */
    void allClosed(int sectorsPerBlock) {
        for (int place = 0; place < members.length(); place++) {
            submitted[place] = sectorsPerBlock;
            programmed[place] = sectorsPerBlock;
            releaseReadable(place);
        }
    }

    /** Waits for what is under way, whatever comes of it, and gives the queue up. */
    void close() {
        try {
            drain();
        } catch (OcssdException e) {
            // The device is gone: nothing is under way any more.
        }
        queue.close();
    }

    private void submit(int place, int sectors, long flags) throws OcssdException {
        command.priority(priority).tag((long) place << PLACE_SHIFT | flags | sectors);
        submitted[place] += sectors;
        inFlight[place]++;
        try {
            while (!queue.submit(command)) {
                awaitSome();
            }
        } catch (GoneException e) {
            failure = e;
            throw e;
        }
    }

    private void awaitSome() throws OcssdException {
        checkFailure();
        await(1);
    }

    private void await(int completions) throws OcssdException {
        try {
            queue.await(completions, Long.MAX_VALUE);
        } catch (GoneException e) {
            failure = e;
            throw e;
        }
        poll();
    }

    private void poll() throws OcssdException {
        try {
            while (queue.poll(completion)) {
                completed((int) (completion.tag() >>> PLACE_SHIFT));
            }
        } catch (GoneException e) {
            failure = e;
            throw e;
        }
    }

    private void completed(int place) {
        inFlight[place]--;
        if ((completion.tag() & RAW) != 0) {
            rawInFlight--;
        }
        if (!completion.isSuccess()) {
            if (failure == null) {
                int sector = programmed[place] + Failures.firstFailed(completion.failedAddresses());
                failure = Failures.of("program", completion.status(), Ppa.withSector(members.get(place), sector));
            }
        } else if (failure == null) {
            programmed[place] += (int) (completion.tag() & (RAW - 1));
            releaseReadable(place);
        }
    }

    /** Raises the bound of what is readable before it gives any buffer back. */
    private void releaseReadable(int place) {
        int readable = window.programmed(place, programmed[place]);
        while (ringHead[place] < ringTail[place] && ringEnds[place * ring + ringHead[place] % ring] <= readable) {
            int at = place * ring + ringHead[place] % ring;
            letGo(ringBuffers[at]);
            ringBuffers[at] = null;
            ringHead[place]++;
        }
    }
}
