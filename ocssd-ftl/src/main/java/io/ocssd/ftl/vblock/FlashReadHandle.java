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
 * first is waited for, one command for each block. Allocates nothing per read. Belongs to one task at a time.
 */
final class FlashReadHandle implements ReadHandle, MediaPath.Outcome {
    private static final int MOST = MediaPath.BUFFER_SECTORS;

    private final FlashVblocks owner;
    private final Media media;
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

    private int status;
    /** A run with sectors of a high error count, or -1. */
    private int badlyRead;

    private int failedRun;
    private int failedAddress;

    FlashReadHandle(FlashVblocks owner, Media media) throws GoneException {
        this.owner = owner;
        this.media = media;
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

    void read(FlashVblock vblock, long offset, ByteBuffer target) throws IOException {
        if (path == null) {
            throw new IllegalStateException("the handle is closed");
        }
        vblock.checkThere();
        int length = target.remaining();
        ExtentMap extents = vblock.extents();
        long known = extents == null ? vblock.length() : extents.length();
        if (offset < 0 || length > known - offset) {
            throw new IllegalArgumentException("offset=" + offset + ", bytes=" + length + ", length=" + known);
        }
        if (length == 0) {
            return;
        }
        if (extents == null) {
            extents = owner.loadExtents(vblock);
        }
        int start = target.position();
        boolean done = false;
        try {
            while (!done) {
                target.position(start);
                done = readAll(vblock, extents, offset, known, target);
                // The blocks may have been erased and written anew under the reads.
                vblock.checkThere();
            }
        } finally {
            target.position(done ? start + length : start);
        }
        media.scheduler().charge(HostCost.COPY_KIB, Checksum.kibibytes(length));
    }

    @Override
    public void completed(long tag, int newStatus, long failedAddresses) {
        if (newStatus == NvmeStatus.HIGH_ECC) {
            badlyRead = (int) tag;
        } else if (!NvmeStatus.isDataGood(newStatus) && NvmeStatus.isDataGood(status)) {
            status = newStatus;
            failedRun = (int) tag;
            failedAddress = Failures.firstFailed(failedAddresses);
        }
    }

    /** False when sectors were moved meanwhile, so that others than those asked for may have been read. */
    private boolean readAll(FlashVblock vblock, ExtentMap extents, long offset, long known, ByteBuffer target)
            throws IOException {
        PlaceMap map = vblock.map();
        runs = 0;
        sectors = 0;
        try {
            readBy(map, vblock, extents, offset, known, target);
        } catch (DeviceException e) {
            if (vblock.map() == map) {
                throw e;
            }
        }
        return vblock.map() == map;
    }

    private void readBy(PlaceMap map, FlashVblock vblock, ExtentMap extents, long offset, long known, ByteBuffer target)
            throws IOException {
        int sectorBytes = media.sectorBytes();
        int wsMin = media.limits().wsMin();
        StripeLayout layout = vblock.layout();
        int extentCount = extents.count();
        int extent = extents.find(offset, extentCount);
        int position = target.position();
        int end = target.limit();
        long at = offset;
        while (position < end) {
            while (at >= extents.end(extent, extentCount, known)) {
                extent++;
            }
            long inExtent = at - extents.start(extent) + (extents.isRaw(extent) ? 0 : FrameLayout.PAYLOAD_OFFSET);
            long streamSector = extents.streamSector(extent) + inExtent / sectorBytes;
            int skip = (int) (inExtent % sectorBytes);
            int place = layout.place(streamSector);
            int sector = layout.sector(streamSector);
            int bytes = (int) Math.min(end - position, extents.end(extent, extentCount, known) - at);
            Window window = vblock.window();
            int readable = window == null ? Integer.MAX_VALUE : window.readable(place);
            if (sector < readable) {
                int most = Math.min(Math.min(layout.run(streamSector), readable - sector), MOST - sectors);
                most = Math.min(most, map.run(place, sector));
                bytes = Math.min(bytes, most * sectorBytes - skip);
                add(map.ppa(place, sector), skip, bytes, position);
                if (sectors == MOST) {
                    readBatch(vblock, target);
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
        if (runs > 0) {
            readBatch(vblock, target);
        }
    }

    private void add(long ppa, int skip, int bytes, int position) {
        int sectorBytes = media.sectorBytes();
        runPpa[runs] = ppa;
        runSectors[runs] = (skip + bytes + sectorBytes - 1) / sectorBytes;
        runSkip[runs] = skip;
        runBytes[runs] = bytes;
        runPosition[runs] = position;
        runBuffer[runs] = -1;
        sectors += runSectors[runs];
        runs++;
    }

    private void readBatch(FlashVblock vblock, ByteBuffer target) throws IOException {
        status = NvmeStatus.SUCCESS;
        badlyRead = -1;
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
        if (badlyRead >= 0) {
            owner.readBadly(vblock, Ppa.blockOf(runPpa[badlyRead]));
        }
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

    private long failedPpa() {
        long block = Ppa.blockOf(runPpa[failedRun]);
        int left = failedAddress;
        for (int i = failedRun; i < runs; i++) {
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
