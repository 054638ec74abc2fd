package io.ocssd.ftl.vblock;

import io.ocssd.device.BlockReport;
import io.ocssd.device.Ppa;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import io.ocssd.ftl.media.SectorReader;
import java.nio.ByteBuffer;

/**
 * Finds out how far the stream of a vblock goes, and what is in it: walks it from its start in ws_min steps and accepts a
 * frame when it is valid, is where it says, and follows on the frame accepted before; what lies between the two is raw
 * payload then, and the padding that a frame tells of is passed over. The vblock ends at the last accepted frame that a sync
 * wrote. Sectors above the write pointers that recovery found, sectors that can't be read, and a frame that was written
 * after a move of which the block is missing end the walk.
 */
final class StreamScan {
    private final Media media;
    private final MediaPath path;
    private final Checksum checksum;
    private final long vblockId;
    private final StripeLayout layout;
    private final PlaceMap map;
    private final int moves;
    private final BlockReport report;
    private final ExtentMap extents = new ExtentMap();
    private final long[] ppas = new long[MediaPath.BUFFER_SECTORS];
    /** Stream sector behind the last accepted frame and its padding. */
    private long accepted;

    private boolean missesMove;
    private int syncedExtents;
    private long syncedLength;
    private long syncedEnd;

    /**
     * Prepares a scan.
     *
     * @param moves generations of its blocks that are there
     * @param report with the write pointers as they were before any filler of recovery; null when they don't matter
     */
    StreamScan(
            Media media,
            MediaPath path,
            long vblockId,
            StripeLayout layout,
            PlaceMap map,
            int moves,
            BlockReport report) {
        this.media = media;
        this.path = path;
        this.checksum = new Checksum(media.scheduler());
        this.vblockId = vblockId;
        this.layout = layout;
        this.map = map;
        this.moves = moves;
        this.report = report;
    }

    /** Scans; the extents up to the last sync. */
    ExtentMap run() throws DeviceException, GoneException {
        return run(layout.sectors() - media.limits().wsMin());
    }

    /**
     * Scans as far as is known to count; the extents up to the last sync.
     *
     * @param end stream sector behind it
     */
    ExtentMap run(long end) throws DeviceException, GoneException {
        long at = 0;
        boolean more = true;
        while (more && at < end) {
            int count = gather(at, end);
            long readable = count == 0 ? 0 : SectorReader.readable(path, ppas, count);
            int good = Math.min(count, Long.numberOfTrailingZeros(~readable));
            long next = walk(at, good);
            more = next > at && !missesMove;
            at = next;
        }
        extents.cut(syncedExtents, syncedLength);
        return extents;
    }

    /** Stream sector behind the last sync and its padding. */
    long end() {
        return syncedEnd;
    }

    /** Whether a frame was found that was written after a move of which the block is missing. */
    boolean missesMove() {
        return missesMove;
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
            int written = gatherRun(layout.place(at), layout.sector(at), run, count);
            count += written;
            if (written < run) {
                break;
            }
            at += run;
        }
        return count;
    }

    /** The addresses of the first sectors of a run that are written; how many these are. */
    private int gatherRun(int place, int sector, int run, int count) {
        int done = 0;
        while (done < run) {
            long ppa = map.ppa(place, sector + done);
            int some = Math.min(run - done, map.run(place, sector + done));
            int written = report == null
                    ? some
                    : Math.min(some, report.writePointer(media.geometry().blockIndex(ppa)) - Ppa.sector(ppa));
            for (int i = 0; i < written; i++) {
                ppas[count + done + i] = ppa + i;
            }
            done += Math.max(0, written);
            if (written < some) {
                break;
            }
        }
        return done;
    }

    /** Looks at sectors that were read; where to go on, the same place when there is nothing to go on with. */
    private long walk(long from, int count) {
        ByteBuffer bytes = path.buffer().bytes().clear();
        int sectorBytes = media.sectorBytes();
        int wsMin = media.limits().wsMin();
        int i = 0;
        // A unit that is there in part is none.
        while (i + wsMin <= count) {
            int most = Math.min(layout.run(from + i), count - i);
            int offset = i * sectorBytes;
            if (isNextFrame(bytes, offset, from + i, most)) {
                if (FrameLayout.moves(bytes, offset) > moves) {
                    missesMove = true;
                    return from;
                }
                accept(bytes, offset, from + i);
                if (accepted >= from + count) {
                    return accepted;
                }
                i = (int) (accepted - from);
            } else {
                i += wsMin;
            }
        }
        return from + i;
    }

    private boolean isNextFrame(ByteBuffer bytes, int offset, long streamSector, int most) {
        if (!FrameLayout.isFrame(
                bytes,
                offset,
                media.sectorBytes(),
                media.driveId(),
                vblockId,
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
        accepted = streamSector + FrameLayout.sectors(bytes, offset) + FrameLayout.paddingSectors(bytes, offset);
        if (FrameLayout.isSync(bytes, offset)) {
            syncedExtents = extents.count();
            syncedLength = extents.length();
            syncedEnd = accepted;
        }
    }
}
