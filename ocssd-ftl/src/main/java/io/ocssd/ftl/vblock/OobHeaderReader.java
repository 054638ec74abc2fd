package io.ocssd.ftl.vblock;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.OcssdException;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;

/**
 * Finds the header of a block in its OOB bytes, where {@link OobHeaders} repeats it, when its first unit can't be read. Sectors
 * that can't be read either, or that are filler without OOB, are passed by. Used by one task.
 */
final class OobHeaderReader {
    /** How often the widest header of the drive is looked for before a block is given up. */
    private static final int TRIES = 4;

    private final Media media;
    private final MediaPath path;
    private final Checksum checksum;
    private final int oobBytes;
    private final IoBuffer oob;
    private int status;
    private long failed;

    private OobHeaderReader(Media media, MediaPath path, Checksum checksum) {
        this.media = media;
        this.path = path;
        this.checksum = checksum;
        this.oobBytes = media.geometry().oobBytes();
        this.oob = new IoBufferPool(Limits.MAX_ADDRESSES * oobBytes, 1).tryTake();
    }

    /**
     * Looks for a header.
     *
     * @param path stays the caller's; its buffer is overwritten
     * @return null when there is none, or the drive has too few OOB bytes
     */
    static BlockHeader read(Media media, MediaPath path, long blockPpa, Checksum checksum) throws OcssdException {
        return media.geometry().oobBytes() < OobHeaders.LEAST_BYTES
                ? null
                : new OobHeaderReader(media, path, checksum).read(blockPpa);
    }

    private BlockHeader read(long blockPpa) throws OcssdException {
        int wsMin = media.limits().wsMin();
        int widest = OobHeaders.period(oobBytes, media.geometry().luns());
        int sectors = Math.min(TRIES * widest, media.geometry().sectorsPerBlock() - wsMin);
        ByteBuffer found = ByteBuffer.allocate(sectors * oobBytes).order(ByteOrder.LITTLE_ENDIAN);
        BitSet good = new BitSet(sectors);
        for (int from = 0; from < sectors; from += Limits.MAX_ADDRESSES) {
            int count = Math.min(Limits.MAX_ADDRESSES, sectors - from);
            read(blockPpa + wsMin + from, count);
            long missing = NvmeStatus.isDataGood(status) ? 0 : failed == 0 ? -1 : failed;
            for (int i = 0; i < count; i++) {
                if ((missing >>> i & 1) == 0) {
                    good.set(from + i);
                    found.put((from + i) * oobBytes, oob.bytes().clear(), i * oobBytes, oobBytes);
                }
            }
            BlockHeader header = search(found, good, from + count);
            if (header != null) {
                return header;
            }
        }
        return null;
    }

    private BlockHeader search(ByteBuffer found, BitSet good, int sectors) throws OcssdException {
        for (int first = good.nextSetBit(0); first >= 0; first = good.nextSetBit(first + 1)) {
            int end = Math.min(good.nextClearBit(first), sectors);
            int available = (end - first) * oobBytes;
            BlockHeader header = available < BlockHeaderLayout.length(1)
                    ? null
                    : BlockHeaderLayout.decode(found, first * oobBytes, available, checksum);
            if (header != null) {
                return header;
            }
        }
        return null;
    }

    private void read(long ppa, int sectors) throws OcssdException {
        path.command().read(path.buffer(), 0).addRun(ppa, sectors).oob(oob, 0);
        MediaPath.Outcome keep = (tag, newStatus, newFailed) -> {
            status = newStatus;
            failed = newFailed;
        };
        path.submit(keep);
        path.drain(keep);
    }
}
