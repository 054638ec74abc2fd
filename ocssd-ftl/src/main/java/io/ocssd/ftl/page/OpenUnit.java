package io.ocssd.ftl.page;

import io.ocssd.block.BlockDevice;
import io.ocssd.buffer.IoBuffer;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A unit that is written: pages go to the vblock as whole program units, without a frame; each sync puts a batch of records
 * behind those that came since the one before. Belongs to one task at a time.
 *
 * <p>A place is a page of the vblock's payload, so its offset is its number times the bytes of a page.
 */
final class OpenUnit {
    private static final int PAGE = BlockDevice.SECTOR_BYTES;

    private final VblockWriter writer;
    private final UnitShape shape;
    private final int unitBytes;
    private final long formatId;
    private final Checksum checksum;
    private final ByteBuffer batch;
    /** What does not fill a program unit when a sync comes. */
    private final ByteBuffer rest;

    /** By page since the last batch: logical page and sequence. */
    private final long[] records;

    private int pages;
    /** Place of the first of them. */
    private int firstPlace;
    /** Bytes that were handed to the vblock. */
    private long sent;
    /** What follows on them; null when nothing does. */
    private IoBuffer buffer;

    OpenUnit(VblockWriter writer, UnitShape shape, int unitBytes, long formatId, Checksum checksum) {
        this.writer = writer;
        this.shape = shape;
        this.unitBytes = unitBytes;
        this.formatId = formatId;
        this.checksum = checksum;
        this.records = new long[2 * shape.pagesPerUnit()];
        this.batch = ByteBuffer.allocate(shape.mostBatchPlaces() * PAGE).order(ByteOrder.LITTLE_ENDIAN);
        this.rest = ByteBuffer.allocate(unitBytes);
    }

    Vblock vblock() {
        return writer.vblock();
    }

    /** The next place. */
    int nextPlace() {
        return firstPlace + pages;
    }

    /** Pages that can be appended. */
    int room() {
        int batchPlaces = shape.mostBatchPlaces();
        long bytes = writer.remaining(true) - buffered() - (long) batchPlaces * PAGE;
        long places = (long) shape.pagesPerUnit() - nextPlace() - batchPlaces;
        return (int) Math.max(0, Math.min(places, bytes / PAGE));
    }

    /** Appends the bytes of a page. */
    void append(long page, long sequence, ByteBuffer content) throws IOException {
        ByteBuffer from = content.duplicate();
        while (from.hasRemaining()) {
            if (buffer == null) {
                buffer = writer.takeBuffer();
            }
            ByteBuffer to = buffer.bytes();
            int count = Math.min(to.remaining(), from.remaining());
            to.put(to.position(), from, from.position(), count);
            to.position(to.position() + count);
            from.position(from.position() + count);
            if (!to.hasRemaining()) {
                send();
            }
        }
        records[2 * pages] = page;
        records[2 * pages + 1] = sequence;
        pages++;
    }

    /** Sequence of the first page that is not durable; {@link Long#MAX_VALUE} when all are. */
    long durableBefore() {
        return pages == 0 ? Long.MAX_VALUE : records[1];
    }

    /** The logical page at a place behind the last batch, or -1 when the place is before that. */
    long owner(int place) {
        return place < firstPlace ? -1 : records[2 * (place - firstPlace)];
    }

    /** Reads a page, of which not all may have been handed to the vblock. */
    void read(int place, ByteBuffer target) throws IOException {
        long offset = (long) place * PAGE;
        int fromVblock = (int) Math.max(0, Math.min(PAGE, sent - offset));
        ByteBuffer to = target.duplicate();
        if (fromVblock > 0) {
            writer.vblock().read(offset, to.limit(to.position() + fromVblock));
        }
        if (fromVblock < PAGE) {
            int at = target.position() + fromVblock;
            target.put(at, buffer.bytes(), (int) Math.max(0, offset - sent), PAGE - fromVblock);
        }
        target.position(target.position() + PAGE);
    }

    /**
     * Makes durable what came since the last batch, and trims.
     *
     * @param trims logical page and sequence of each, ascending by sequence
     * @param trimCount how many
     * @return places that the batch took; 0 when there was nothing to be made durable
     */
    int sync(long[] trims, int trimCount) throws IOException {
        int places = programBatch(trims, trimCount);
        if (places > 0) {
            writer.sync();
        }
        return places;
    }

    /** Makes durable what came since the last batch, and trims, and closes the vblock. */
    void seal(long[] trims, int trimCount) throws IOException {
        programBatch(trims, trimCount);
        writer.seal();
    }

    /** Lets go without making anything durable. */
    void abandon() {
        writer.close();
    }

    private int programBatch(long[] trims, int trimCount) throws IOException {
        if (pages == 0 && trimCount == 0) {
            return 0;
        }
        sendRest();
        int places = BatchLayout.places(pages + trimCount, PAGE);
        batch.clear().limit(places * PAGE);
        for (int i = 0; i < 2 * pages; i++) {
            batch.putLong(records[i]);
        }
        for (int i = 0; i < 2 * trimCount; i++) {
            batch.putLong(trims[i]);
        }
        while (batch.hasRemaining()) {
            batch.put((byte) 0);
        }
        long lowest = Math.min(pages == 0 ? Long.MAX_VALUE : records[1], trimCount == 0 ? Long.MAX_VALUE : trims[1]);
        long highest = Math.max(pages == 0 ? 0 : records[2 * pages - 1], trimCount == 0 ? 0 : trims[2 * trimCount - 1]);
        BatchLayout.encode(
                batch,
                new BatchLayout.Footer(firstPlace, pages, trimCount, places, formatId, lowest, highest),
                checksum);
        writer.append(batch.position(0));
        sent += (long) places * PAGE;
        firstPlace += pages + places;
        pages = 0;
        return places;
    }

    private long buffered() {
        return buffer == null ? 0 : buffer.bytes().position();
    }

    private void send() throws IOException {
        IoBuffer full = buffer;
        int bytes = full.bytes().position();
        full.bytes().flip();
        writer.append(full);
        buffer = null;
        sent += bytes;
    }

    /** Hands over what is buffered: whole program units as they are, the rest in the frame of the batch. */
    private void sendRest() throws IOException {
        if (buffer == null) {
            return;
        }
        ByteBuffer bytes = buffer.bytes();
        int whole = bytes.position() / unitBytes * unitBytes;
        int left = bytes.position() - whole;
        rest.clear().put(0, bytes, whole, left).limit(left);
        if (whole > 0) {
            bytes.position(whole);
            send();
        } else {
            buffer.release();
            buffer = null;
        }
        writer.append(rest);
        sent += left;
    }
}
