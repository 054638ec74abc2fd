package io.ocssd.ftl.vblock;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.ftl.media.Failures;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import io.ocssd.scheduler.HostCost;
import io.ocssd.vblock.ReadHandle;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads bytes of vblocks through one path, 64 sectors at a time: all runs of sectors of such a batch are sent before the
 * first is waited for, one command for each block. What goes into a buffer of the caller without a copy is sent as it comes, a
 * command for each run, and waited for with the rest. Allocates nothing per read. Belongs to one task at a time.
 */
final class FlashReadHandle implements ReadHandle, MediaPath.Outcome {
    private static final int MOST = MediaPath.BUFFER_SECTORS;
    /** Set in the tag of a command that reads into the caller's buffer; the rest of it is where in there. */
    private static final long DIRECT = 1L << Integer.SIZE;
    /** No command has it. */
    private static final long NONE = -1;

    private final FlashVblocks owner;
    private final Media media;
    /** Sectors are a power of two; a division takes as long as all else that is looked up. */
    private final int sectorShift;

    private MediaPath path;

    // The batch: a run is some sectors of one unit, and where bytes of them go in the caller's buffer.
    private final long[] runPpa = new long[MOST];
    private final int[] runSectors = new int[MOST];
    private final int[] runSkip = new int[MOST];
    private final int[] runBytes = new int[MOST];
    private final int[] runPosition = new int[MOST];
    private final int[] runBuffer = new int[MOST];
    private int runs;
    private int sectors;

    // The read that goes on.
    private FlashVblock vblock;
    private ExtentMap extents;
    private PlaceMap map;
    private long offset;
    private long known;
    /** The caller's buffer if the device can fill it, else null. */
    private IoBuffer direct;

    private int directBytes;

    private int status;
    /** Tag of a command that came upon sectors of a high error count, or {@link #NONE}. */
    private long badlyRead;
    /** Tag of the first command that failed. */
    private long failedTag;

    private int failedAddress;

    FlashReadHandle(FlashVblocks owner, Media media) throws GoneException {
        this.owner = owner;
        this.media = media;
        this.sectorShift = Integer.numberOfTrailingZeros(media.sectorBytes());
        this.path = media.borrow();
    }

    @Override
    public void close() {
        if (path != null) {
            media.giveBack(path);
            path = null;
        }
    }

    FlashVblocks owner() {
        return owner;
    }

    void read(FlashVblock ofVblock, long from, IoBuffer target) throws IOException {
        direct = target;
        try {
            read(ofVblock, from, target.bytes().position(0));
        } finally {
            direct = null;
        }
    }

    void read(FlashVblock ofVblock, long from, ByteBuffer target) throws IOException {
        if (path == null) {
            throw new IllegalStateException("the handle is closed");
        }
        ofVblock.checkThere();
        int length = target.remaining();
        ExtentMap found = ofVblock.extents();
        known = found == null ? ofVblock.length() : found.length();
        if (from < 0 || length > known - from) {
            throw new IllegalArgumentException("offset=" + from + ", bytes=" + length + ", length=" + known);
        }
        if (length == 0) {
            return;
        }
        vblock = ofVblock;
        offset = from;
        extents = found == null ? owner.loadExtents(ofVblock) : found;
        int start = target.position();
        boolean done = false;
        try {
            while (!done) {
                target.position(start);
                done = readAll(target);
                // The blocks may have been erased and written anew under the reads.
                vblock.checkThere();
            }
        } finally {
            target.position(done ? start + length : start);
        }
        media.scheduler().charge(HostCost.COPY_KIB, Checksum.kibibytes(length - directBytes));
    }

    @Override
    public void completed(long tag, int newStatus, long failedAddresses) {
        if (newStatus == NvmeStatus.HIGH_ECC) {
            badlyRead = tag;
        } else if (!NvmeStatus.isDataGood(newStatus) && NvmeStatus.isDataGood(status)) {
            status = newStatus;
            failedTag = tag;
            failedAddress = Failures.firstFailed(failedAddresses);
        }
    }

    /** False when sectors were moved meanwhile, so that others than those asked for may have been read. */
    private boolean readAll(ByteBuffer target) throws IOException {
        map = vblock.map();
        runs = 0;
        sectors = 0;
        directBytes = 0;
        status = NvmeStatus.SUCCESS;
        badlyRead = NONE;
        try {
            readBy(map, extents, known, target);
        } catch (DeviceException e) {
            if (vblock.map() == map) {
                throw e;
            }
        }
        return vblock.map() == map;
    }

    private void readBy(PlaceMap byMap, ExtentMap byExtents, long length, ByteBuffer target) throws IOException {
        int sectorBytes = media.sectorBytes();
        int wsMin = media.limits().wsMin();
        StripeLayout layout = vblock.layout();
        int extentCount = byExtents.count();
        int extent = byExtents.find(offset, extentCount);
        int position = target.position();
        int end = target.limit();
        long at = offset;
        while (position < end) {
            while (at >= byExtents.end(extent, extentCount, length)) {
                extent++;
            }
            long inExtent = inExtent(byExtents, extent, at);
            long streamSector = byExtents.streamSector(extent) + (inExtent >>> sectorShift);
            int skip = (int) inExtent & (sectorBytes - 1);
            int place = layout.place(streamSector);
            int sector = layout.sector(streamSector);
            int bytes = (int) Math.min(end - position, byExtents.end(extent, extentCount, length) - at);
            Window window = vblock.window();
            int readable = window == null ? Integer.MAX_VALUE : window.readable(place);
            if (sector < readable) {
                int most = Math.min(layout.run(streamSector), readable - sector);
                most = Math.min(most, byMap.run(place, sector));
                if (direct != null && skip == 0 && bytes >= sectorBytes && (position & sectorBytes - 1) == 0) {
                    bytes = submitDirect(byMap.ppa(place, sector), Math.min(most, bytes / sectorBytes), position);
                } else {
                    bytes = Math.min(bytes, Math.min(most, MOST - sectors) * sectorBytes - skip);
                    add(byMap.ppa(place, sector), skip, bytes, position);
                    if (sectors == MOST) {
                        readBatch(target);
                    }
                }
            } else {
                bytes = Math.min(bytes, (wsMin - sector % wsMin) * sectorBytes - skip);
                target.position(position);
                if (!window.copy(place, sector, skip, bytes, target)) {
                    continue;
                }
            }
            position += bytes;
            at += bytes;
        }
        if (runs > 0 || directBytes > 0) {
            readBatch(target);
        }
    }

    /** Bytes between the begin of an extent and one that it holds, a frame's header included. */
    private static long inExtent(ExtentMap ofExtents, int extent, long at) {
        return at - ofExtents.start(extent) + (ofExtents.isRaw(extent) ? 0 : FrameLayout.PAYLOAD_OFFSET);
    }

    /** Returns how many bytes it reads. */
    private int submitDirect(long ppa, int runLength, int position) throws GoneException {
        path.command().read(direct, position).addRun(ppa, runLength).tag(DIRECT | position);
        path.submit(this);
        int bytes = runLength * media.sectorBytes();
        directBytes += bytes;
        return bytes;
    }

    private void add(long ppa, int skip, int bytes, int position) {
        int sectorBytes = media.sectorBytes();
        runPpa[runs] = ppa;
        runSectors[runs] = (skip + bytes + sectorBytes - 1) >>> sectorShift;
        runSkip[runs] = skip;
        runBytes[runs] = bytes;
        runPosition[runs] = position;
        runBuffer[runs] = -1;
        sectors += runSectors[runs];
        runs++;
    }

    private void readBatch(ByteBuffer target) throws IOException {
        int bufferSector = 0;
        for (int i = 0; i < runs; i++) {
            if (runBuffer[i] < 0) {
                bufferSector = submitBlock(i, bufferSector);
            }
        }
        path.drain(this);
        if (!NvmeStatus.isDataGood(status)) {
            vblock.checkThere();
            throw Failures.of("read", status, failedPpa());
        }
        if (badlyRead != NONE) {
            owner.readBadly(vblock, Ppa.blockOf(firstPpa(badlyRead)));
        }
        badlyRead = NONE;
        IoBuffer buffer = path.buffer();
        for (int i = 0; i < runs; i++) {
            target.position(runPosition[i]);
            buffer.copyTo(runBuffer[i] * media.sectorBytes() + runSkip[i], target, runBytes[i]);
        }
        runs = 0;
        sectors = 0;
    }

    /** Sends the runs of the block of run {@code first} as one command. */
    private int submitBlock(int first, int bufferSector) throws GoneException {
        long block = Ppa.blockOf(runPpa[first]);
        int next = bufferSector;
        path.command().read(path.buffer(), bufferSector * media.sectorBytes()).tag(first);
        for (int i = first; i < runs; i++) {
            if (Ppa.blockOf(runPpa[i]) == block) {
                path.command().addRun(runPpa[i], runSectors[i]);
                runBuffer[i] = next;
                next += runSectors[i];
            }
        }
        path.submit(this);
        return next;
    }

    /** Address of the first sector that a command reads. */
    private long firstPpa(long tag) {
        return (tag & DIRECT) == 0 ? runPpa[(int) tag] : directPpa((int) tag);
    }

    /** Address of the sector that goes to a position of the caller's buffer. */
    private long directPpa(int position) {
        long at = offset + position;
        int extent = extents.find(at, extents.count());
        long streamSector = extents.streamSector(extent) + (inExtent(extents, extent, at) >>> sectorShift);
        return map.ppa(vblock.layout().place(streamSector), vblock.layout().sector(streamSector));
    }

    private long failedPpa() {
        long first = firstPpa(failedTag);
        if ((failedTag & DIRECT) != 0) {
            return first + failedAddress;
        }
        long block = Ppa.blockOf(first);
        int left = failedAddress;
        for (int i = (int) failedTag; i < runs; i++) {
            if (Ppa.blockOf(runPpa[i]) == block) {
                if (left < runSectors[i]) {
                    return runPpa[i] + left;
                }
                left -= runSectors[i];
            }
        }
        return block;
    }
}
