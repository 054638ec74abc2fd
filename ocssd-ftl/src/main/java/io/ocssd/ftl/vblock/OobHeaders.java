package io.ocssd.ftl.vblock;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.error.BusyException;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.ftl.media.Media;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The headers of a vblock's blocks as they go into the OOB bytes of all their sectors, on drives that have enough of them: so
 * a block whose first unit the media can't deliver any more still says whose it is ({@link OobHeaderReader}). Nothing depends on
 * them; a drive without OOB has everything else.
 *
 * <p>A header is cut into pieces of one sector's OOB bytes, and repeats from the first sector behind the header unit to the end
 * of the block, with zeros behind it up to the next power of two:
 *
 * <pre>
 *   sector   wsMin   +1   +2   ...         +period   +1
 *   OOB      H[0]   H[1]  H[2] ... 0   0   H[0]     H[1]  ...
 * </pre>
 *
 * <p>The bytes are made once for each block, so that a program costs no more than naming them. They are direct memory beside
 * that of the windows: up to twice a header and 64 sectors' OOB bytes for each block. Belongs to the writer's task.
 */
final class OobHeaders {
    /** OOB bytes that a sector must have: what nearly all drives with OOB have. */
    static final int LEAST_BYTES = 16;

    private final int firstPlace;
    private final int wsMin;
    private final int oobBytes;
    private final int mask;
    /** Bytes of a place: enough for the largest command, wherever in the header it begins. */
    private final int stride;

    private final IoBuffer buffer;
    private final Checksum checksum;

    private OobHeaders(Media media, int width, int firstPlace, int places) throws BusyException {
        this.firstPlace = firstPlace;
        this.wsMin = media.limits().wsMin();
        this.oobBytes = media.geometry().oobBytes();
        int period = period(oobBytes, width);
        this.mask = period - 1;
        this.stride = (period + Limits.MAX_ADDRESSES) * oobBytes;
        this.buffer = buffer(stride * places);
        this.checksum = new Checksum(media.scheduler());
    }

    private static IoBuffer buffer(int bytes) throws BusyException {
        try {
            return new IoBufferPool(bytes, 1).tryTake();
        } catch (OutOfMemoryError e) {
            BusyException noMemory = new BusyException(
                    "the JVM has no " + bytes + " bytes of direct memory left for the OOB bytes of a vblock",
                    "allow more with -XX:MaxDirectMemorySize, seal a vblock, or ask for a smaller width");
            noMemory.initCause(e);
            throw noMemory;
        }
    }

    /**
     * For a vblock of {@code width} places; null when the drive has too few OOB bytes.
     *
     * @throws BusyException when there is no memory for them
     */
    static OobHeaders of(Media media, int width) throws BusyException {
        return media.geometry().oobBytes() < LEAST_BYTES ? null : new OobHeaders(media, width, 0, width);
    }

    /**
     * For one block, which has this header; null when the drive has too few OOB bytes.
     *
     * @throws BusyException when there is no memory for them
     */
    static OobHeaders of(Media media, BlockHeader header) throws BusyException {
        if (media.geometry().oobBytes() < LEAST_BYTES) {
            return null;
        }
        OobHeaders one = new OobHeaders(media, header.width(), header.place(), 1);
        one.set(header);
        return one;
    }

    /** Sectors from one header to the next. */
    static int period(int oobBytes, int width) {
        int pieces = (BlockHeaderLayout.length(width) + oobBytes - 1) / oobBytes;
        return Integer.highestOneBit(2 * pieces - 1);
    }

    /** Says what header the block of a place has that is written to from now on; no program of the place is under way. */
    void set(BlockHeader header) {
        int periodBytes = (mask + 1) * oobBytes;
        ByteBuffer bytes = buffer.bytes().clear().position((header.place() - firstPlace) * stride);
        ByteBuffer ofPlace = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        BlockHeaderLayout.encode(ofPlace, periodBytes, header, checksum);
        for (int at = periodBytes; at < stride; at++) {
            ofPlace.put(at, ofPlace.get(at - periodBytes));
        }
    }

    /** Adds the OOB bytes to a program of sectors that follow each other in the block of a place. */
    void addTo(IoCommand command, int place) {
        int sector = Ppa.sector(command.address(0));
        command.oob(buffer, (place - firstPlace) * stride + (sector - wsMin & mask) * oobBytes);
    }
}
