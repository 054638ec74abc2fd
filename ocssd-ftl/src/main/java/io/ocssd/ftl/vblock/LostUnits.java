package io.ocssd.ftl.vblock;

import io.ocssd.device.BlockReport;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.ftl.media.FillerLayout;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import io.ocssd.ftl.media.SectorReader;
import java.nio.ByteBuffer;

/**
 * Tells units that the media lost later on from those that were never acknowledged: what a power cut took, or a program that
 * failed right before it. Used by one task.
 *
 * <p>Neither a cut nor a failed program takes a unit behind which so much of the same block was programmed that the writer must
 * have seen it succeed: {@link StripeWriter#IN_FLIGHT} units of ws_opt, and on a drive of class VOLATILE_PAIRS mw_cunits sectors
 * more. All of that has to be there: filler says nothing, since recovery programs it behind anything, and what lies behind
 * filler neither, since another cut may have torn it. Units that are lost directly behind the unit are passed over: they were
 * programmed after it. The filler of a sync looks like that of recovery, so on a drive of class VOLATILE_PAIRS nothing tells a
 * unit that a sync padded from one that a cut took: a vblock that was not closed when power went ends before it.
 */
final class LostUnits {
    private final Media media;
    private final BlockReport report;
    private final Checksum checksum;

    /**
     * Prepares.
     *
     * @param report with the write pointers as they were before any filler of recovery
     */
    LostUnits(Media media, BlockReport report) {
        this.media = media;
        this.report = report;
        this.checksum = new Checksum(media.scheduler());
    }

    /**
     * Whether a unit that can't be read was programmed and safe once.
     *
     * @param unitPpa address of its first sector
     */
    boolean wasSafe(long unitPpa) throws DeviceException, GoneException {
        Limits limits = media.limits();
        int wsMin = limits.wsMin();
        int behind = StripeWriter.IN_FLIGHT * limits.wsOpt() + (media.volatilePairs() ? limits.mwCunits() : 0);
        int written = report.writePointer(media.geometry().blockIndex(unitPpa));
        int most = Limits.MAX_ADDRESSES / wsMin * wsMin;
        MediaPath path = media.borrow();
        try {
            int from = behindLost(path, unitPpa, written);
            int end = from + (behind + wsMin - 1) / wsMin * wsMin + wsMin;
            if (end > written) {
                return false;
            }
            for (int sector = from; sector < end; sector += most) {
                if (!holdsContent(path, Ppa.withSector(unitPpa, sector), Math.min(most, end - sector))) {
                    return false;
                }
            }
            return true;
        } finally {
            media.giveBack(path);
        }
    }

    /** The first sector behind a unit, and those behind it that are lost, too: what shows them safe shows it safe. */
    private int behindLost(MediaPath path, long unitPpa, int written) throws DeviceException, GoneException {
        int wsMin = media.limits().wsMin();
        int sector = Ppa.sector(unitPpa) + wsMin;
        while (sector < written && readable(path, Ppa.withSector(unitPpa, sector), wsMin) != -1L >>> -wsMin) {
            sector += wsMin;
        }
        return sector;
    }

    /** Whether all of these sectors, whole units, can be read and none is filler. */
    private boolean holdsContent(MediaPath path, long ppa, int sectors) throws DeviceException, GoneException {
        long readable = readable(path, ppa, sectors);
        ByteBuffer bytes = path.buffer().bytes().clear();
        for (int i = 0; i < sectors; i++) {
            if ((readable >>> i & 1) == 0
                    || FillerLayout.isFiller(bytes, i * media.sectorBytes(), media.driveId(), checksum)) {
                return false;
            }
        }
        return true;
    }

    private static long readable(MediaPath path, long ppa, int sectors) throws DeviceException, GoneException {
        long[] ppas = new long[sectors];
        for (int i = 0; i < sectors; i++) {
            ppas[i] = ppa + i;
        }
        return SectorReader.readable(path, ppas, sectors);
    }
}
