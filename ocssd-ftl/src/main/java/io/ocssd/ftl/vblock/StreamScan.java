package io.ocssd.ftl.vblock;

import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import io.ocssd.ftl.media.SectorReader;
import java.nio.ByteBuffer;

/**
 * Finds out how far the stream of a vblock without a summary goes: walks it from its start in ws_min steps and accepts a
 * frame when it is valid, is where it says, and follows on the frame accepted before; what lies between the two is raw
 * payload then. The vblock ends at the last accepted frame that a sync wrote. Sectors above the write pointers that recovery
 * found, and sectors that can't be read, end the walk.
 */
final class StreamScan {
    private final Media media;
    private final MediaPath path;
    private final Checksum checksum;
    private final BlockHeader header;
    private final StripeLayout layout;
    private final int[] writePointers;
    private final ExtentMap extents = new ExtentMap();
    private final long[] ppas = new long[MediaPath.BUFFER_SECTORS];
    /** Stream sector behind the last accepted frame. */
    private long accepted;

    private int syncedExtents;
    private long syncedLength;

    /**
     * Prepares a scan.
     *
     * @param writePointers of the blocks in the order of the stripe, as they were before any filler of recovery
     */
    StreamScan(Media media, MediaPath path, BlockHeader header, StripeLayout layout, int[] writePointers) {
        this.media = media;
        this.path = path;
        this.checksum = new Checksum(media.scheduler());
        this.header = header;
        this.layout = layout;
        this.writePointers = writePointers;
    }

    /** Scans; the extents up to the last sync. */
    ExtentMap run() throws DeviceException, GoneException {
        long end = layout.sectors() - media.limits().wsMin();
        long at = 0;
        while (at < end) {
            int count = gather(at, end);
            long readable = count == 0 ? 0 : SectorReader.read(path, ppas, count);
            int good = Math.min(count, Long.numberOfTrailingZeros(~readable));
            if (good == 0) {
                break;
            }
            walk(at, good);
            at += good;
            if (good < count) {
                break;
            }
        }
        extents.cut(syncedExtents, syncedLength);
        return extents;
    }

    /** The addresses of as many whole units as fit the buffer; fewer when a write pointer is in between. */
    private int gather(long from, long end) {
        int count = 0;
        long at = from;
        while (at < end) {
            int run = (int) Math.min(layout.run(at), end - at);
            if (count + run > ppas.length) {
                break;
            }
            int place = layout.place(at);
            int sector = layout.sector(at);
            int written = Math.min(run, writePointers[place] - sector);
            for (int i = 0; i < written; i++) {
                ppas[count++] = header.members().get(place) + sector + i;
            }
            if (written < run) {
                break;
            }
            at += run;
        }
        return count;
    }

    private void walk(long from, int count) {
        ByteBuffer bytes = path.buffer().bytes().clear();
        int sectorBytes = media.sectorBytes();
        int wsMin = media.limits().wsMin();
        int i = 0;
        while (i < count) {
            int most = Math.min(layout.run(from + i), count - i);
            int offset = i * sectorBytes;
            if (isNextFrame(bytes, offset, from + i, most)) {
                accept(bytes, offset, from + i);
                i += FrameLayout.sectors(bytes, offset);
            } else {
                i += wsMin;
            }
        }
    }

    private boolean isNextFrame(ByteBuffer bytes, int offset, long streamSector, int most) {
        if (!FrameLayout.isFrame(
                bytes,
                offset,
                media.sectorBytes(),
                media.driveId(),
                header.vblockId(),
                streamSector,
                accepted,
                most,
                checksum)) {
            return false;
        }
        long rawBytes = (streamSector - accepted) * media.sectorBytes();
        return FrameLayout.sectors(bytes, offset) % media.limits().wsMin() == 0
                && FrameLayout.payloadStart(bytes, offset) == extents.length() + rawBytes
                && FrameLayout.hasValidPayload(bytes, offset, checksum);
    }

    private void accept(ByteBuffer bytes, int offset, long streamSector) {
        if (streamSector > accepted) {
            extents.addRaw(accepted, (streamSector - accepted) * media.sectorBytes(), media.sectorBytes());
        }
        int payload = FrameLayout.payloadLength(bytes, offset);
        if (payload > 0) {
            extents.addFrame(streamSector, payload);
        }
        accepted = streamSector + FrameLayout.sectors(bytes, offset);
        if (FrameLayout.isSync(bytes, offset)) {
            syncedExtents = extents.count();
            syncedLength = extents.length();
        }
    }
}
