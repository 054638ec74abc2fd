package io.ocssd.ftl.vblock;

import io.ocssd.error.CorruptException;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import io.ocssd.error.OcssdException;
import io.ocssd.ftl.journal.SealedEnd;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import io.ocssd.ftl.media.SectorReader;
import java.nio.ByteBuffer;

/**
 * Reads the extents of sealed vblocks: out of the summary, or by a scan where they did not fit it, or where recovery has sealed
 * the vblock. Used by one task.
 */
final class ExtentLoader {
    private final FlashVblocks owner;
    private final Media media;

    ExtentLoader(FlashVblocks owner) {
        this.owner = owner;
        this.media = owner.media();
    }

    /**
     * Reads them.
     *
     * @param vblock sealed, with its length known
     * @throws CorruptException when what is found is not what was known of it when the target was opened
     */
    ExtentMap load(FlashVblock vblock) throws OcssdException {
        while (true) {
            PlaceMap map = vblock.map();
            MediaPath path = media.borrow();
            try {
                ExtentMap extents = load(path, vblock, map);
                vblock.checkThere();
                if (vblock.map() == map) {
                    return checked(extents, vblock);
                }
            } catch (DeviceException e) {
                if (vblock.map() == map) {
                    throw e;
                }
            } finally {
                media.giveBack(path);
            }
            // A block was copied and erased under the reads.
        }
    }

    private ExtentMap load(MediaPath path, FlashVblock vblock, PlaceMap map) throws OcssdException {
        SealedEnd end = owner.journal().sealedEnd(vblock.id());
        ExtentMap extents = end == null ? fromSummary(path, vblock, map) : null;
        if (extents != null) {
            return extents;
        }
        StreamScan scan = new StreamScan(media, path, vblock.id(), vblock.layout(), map, Integer.MAX_VALUE, null);
        return end == null ? scan.run() : scan.run(end.endSector());
    }

    private static ExtentMap checked(ExtentMap extents, FlashVblock vblock) throws CorruptException {
        if (extents.length() != vblock.length()) {
            throw new CorruptException(
                    "vblock " + Long.toHexString(vblock.id()) + " holds " + vblock.length()
                            + " bytes by what it was sealed with, but " + extents.length() + " can be found",
                    "erase the vblock; what it held has to come from elsewhere");
        }
        return extents;
    }

    /** Null when the stream has to be scanned. */
    private ExtentMap fromSummary(MediaPath path, FlashVblock vblock, PlaceMap map)
            throws DeviceException, GoneException {
        int wsMin = media.limits().wsMin();
        long ppa = summaryPpa(media, map, vblock.width());
        long[] ppas = new long[wsMin];
        for (int i = 0; i < wsMin; i++) {
            ppas[i] = ppa + i;
        }
        if (SectorReader.read(path, ppas, wsMin) != -1L >>> (Long.SIZE - wsMin)) {
            return null;
        }
        ByteBuffer bytes = path.buffer().bytes().clear();
        Checksum checksum = new Checksum(media.scheduler());
        boolean there = SummaryLayout.isSummary(bytes, 0, media.unitBytes(), media.driveId(), vblock.id(), checksum);
        return there ? SummaryLayout.extents(bytes, 0, owner.layout(vblock.width()), checksum) : null;
    }

    /** Where the summary of a vblock begins. */
    static long summaryPpa(Media media, PlaceMap map, int width) {
        return map.ppa(
                width - 1, media.geometry().sectorsPerBlock() - media.limits().wsMin());
    }
}
