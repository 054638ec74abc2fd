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
 * wrote. Sectors above the write pointers that recovery found, units that can't be read and may never have been acknowledged,
 * and a frame that was written after a move of which the block is missing end the walk.
 *
 * <p>A unit that the media lost afterwards does not, see {@link LostUnits}: among raw units it is one of them, as the frame
 * behind shows. Where it held the header of a frame, the next frame tells where that one ended and how much was in it. Reads of
 * what it held fail then, and nothing else does. Where several units in a row are lost, and headers of frames among them, the
 * next frame tells how much was in all of them: reads of that fail, those included of what the last of these frames held behind
 * them. Where headers are lost in several places without a frame between that can be read, or behind the last frame that can,
 * the vblock ends before the first of them: nothing tells that more was there.
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
    /** Since what was accepted last: the units that can't be read, the first of them, and what lies behind its run. */
    private int lostUnits;

    private long firstLost;
    private long lostEnd;
    private boolean ended;

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
        while (!ended && at < end) {
            int count = gather(at, end);
            long readable = count == 0 ? 0 : SectorReader.readable(path, ppas, count);
            long next = walk(at, count, readable);
            ended |= next == at;
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

    /**
     * Looks at sectors that were asked for.
     *
     * @param readable bit i is set when sector i was read
     * @return where to go on, the same place when there is nothing to go on with
     */
    private long walk(long from, int count, long readable) throws DeviceException, GoneException {
        ByteBuffer bytes = path.buffer().bytes().clear();
        int wsMin = media.limits().wsMin();
        int i = 0;
        // A unit that is there in part is none.
        while (i + wsMin <= count) {
            int there = Long.numberOfTrailingZeros(~(readable >>> i));
            int offset = i * media.sectorBytes();
            if (there < wsMin) {
                if (media.volatilePairs() && !wasSafe(ppas[i])) {
                    ended = true;
                    return from;
                }
                lost(from + i);
                i += wsMin;
            } else if (isFrame(bytes, offset, from + i, Math.min(layout.run(from + i), count - i))
                    && follows(bytes, offset, from + i)
                    && isWhole(bytes, offset, i, there)) {
                if (FrameLayout.moves(bytes, offset) > moves) {
                    missesMove = true;
                    ended = true;
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

    /** Whether the header of a frame of this vblock is here. */
    private boolean isFrame(ByteBuffer bytes, int offset, long streamSector, int most) {
        return FrameLayout.isFrame(
                        bytes, offset, media.sectorBytes(), media.driveId(), vblockId, streamSector, most, checksum)
                && FrameLayout.sectors(bytes, offset) % media.limits().wsMin() == 0;
    }

    /** Whether a frame is the next one, perhaps because one before it was lost and is known now. */
    private boolean follows(ByteBuffer bytes, int offset, long streamSector) throws DeviceException, GoneException {
        long end = FrameLayout.previousEnd(bytes, offset);
        long start = FrameLayout.payloadStart(bytes, offset) - (streamSector - end) * media.sectorBytes();
        // What lies between lost units that are no neighbours may be anything's.
        boolean oneRun = lostUnits > 0
                && lostEnd == firstLost + (long) lostUnits * media.limits().wsMin();
        if (end > accepted && end <= streamSector && oneRun && firstLost < end) {
            acceptLost(end, start);
        }
        return end == accepted && start == extents.length();
    }

    private void lost(long streamSector) {
        if (lostUnits == 0) {
            firstLost = streamSector;
            lostEnd = streamSector;
        }
        lostEnd += streamSector == lostEnd ? media.limits().wsMin() : 0;
        lostUnits++;
    }

    /** Accepts the frames whose headers were lost, if these were written and acknowledged. */
    private void acceptLost(long end, long payloadEnd) throws DeviceException, GoneException {
        int sectorBytes = media.sectorBytes();
        long raw = (firstLost - accepted) * sectorBytes;
        long payload = payloadEnd - extents.length() - raw;
        // Of one unit it is known where its frame goes on.
        long frame = lostUnits == 1 ? layout.run(firstLost) : end - firstLost;
        long most = Math.min(frame, end - firstLost) * sectorBytes - FrameLayout.PAYLOAD_OFFSET;
        if (payload < 0 || payload > most || !wereSafe()) {
            return;
        }
        if (raw > 0) {
            extents.addRaw(accepted, raw, sectorBytes);
        }
        // Of several it is not known how much was where: all of it has to be what can't be read.
        long lostBytes = (Math.min(lostEnd, end) - firstLost) * sectorBytes - FrameLayout.PAYLOAD_OFFSET;
        long step = lostUnits == 1 ? most : lostBytes;
        for (long done = 0; done < payload; done += step) {
            extents.addFrame(firstLost, (int) Math.min(step, payload - done));
        }
        accepted = end;
        lostUnits = 0;
    }

    private boolean wereSafe() throws DeviceException, GoneException {
        for (long unit = firstLost; unit < lostEnd; unit += media.limits().wsMin()) {
            if (!wasSafe(map.ppa(layout.place(unit), layout.sector(unit)))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the payload of a frame is what was written, as far as the media has not lost it. */
    private boolean isWhole(ByteBuffer bytes, int offset, int index, int there) throws DeviceException, GoneException {
        int sectors = FrameLayout.sectors(bytes, offset);
        if (sectors <= there) {
            return FrameLayout.hasValidPayload(bytes, offset, checksum);
        }
        int wsMin = media.limits().wsMin();
        return wasSafe(ppas[index + there / wsMin * wsMin]);
    }

    /** Whether the media lost a unit that had been acknowledged. */
    private boolean wasSafe(long unitPpa) throws DeviceException, GoneException {
        return report == null || new LostUnits(media, report).wasSafe(unitPpa);
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
        lostUnits = 0;
        if (FrameLayout.isSync(bytes, offset)) {
            syncedExtents = extents.count();
            syncedLength = extents.length();
            syncedEnd = accepted;
        }
    }
}
