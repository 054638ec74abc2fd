package io.ocssd.ftl.journal;

import io.ocssd.error.GoneException;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.ftl.media.FillerLayout;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks the frames of one journal block. Used once, by one task.
 *
 * <p>Where the next frame should be but is not, the walk goes on unit by unit: a frame further on that was written in this
 * life of the block says the truth, whatever became of those before it, and since records only add it is not refused. But a
 * checkpoint is complete only when nothing is missing before its end: otherwise the block before this one still counts.
 */
final class JournalScan {
    private final Media media;
    private final MediaPath path;
    private final JournalRules rules;
    private final JournalHeader header;
    private final Checksum checksum;
    private final long ppa;
    private final int unitBytes;
    private final int writtenUnits;
    private final List<JournalRecord> records = new ArrayList<>();
    private boolean complete;
    private int gaps;

    /** What of the block is in the path's buffer. */
    private int windowStart;

    private int windowUnits;
    private long windowReadable;

    /**
     * Prepares a scan.
     *
     * @param writtenSectors of the block
     */
    JournalScan(Media media, MediaPath path, JournalRules rules, JournalHeader header, int writtenSectors) {
        this.media = media;
        this.path = path;
        this.rules = rules;
        this.header = header;
        this.checksum = new Checksum(media.scheduler());
        this.ppa = media.geometry().blockPpa(header.block());
        this.unitBytes = media.unitBytes();
        this.writtenUnits = writtenSectors / media.limits().wsMin();
    }

    /**
     * Scans.
     *
     * @param headerCrc what the first frame follows
     */
    JournalScan run(int headerCrc) throws GoneException {
        int previousCrc = headerCrc;
        boolean whole = true;
        boolean lost = false;
        int unit = 1;
        while (unit < writtenUnits) {
            JournalFrameLayout.Head frame = frameAt(unit);
            if (frame == null) {
                if (!lost && isFiller(unit)) {
                    break;
                }
                lost = true;
                unit++;
                continue;
            }
            if (!rules.follows(frame, previousCrc, lost)) {
                gaps++;
                whole = false;
            }
            lost = false;
            readRecords(frame, unit);
            complete |= frame.end() && whole;
            previousCrc = frame.crc();
            unit += frame.units() + frame.fillerUnits();
        }
        return this;
    }

    /** Whether the block has a whole checkpoint. */
    boolean isComplete() {
        return complete;
    }

    /** All records, in their order. */
    List<JournalRecord> records() {
        return records;
    }

    /** Places where frames are missing before others. */
    int gaps() {
        return gaps;
    }

    /** The whole and valid frame of this life that begins here, in the buffer; null when there is none. */
    private JournalFrameLayout.Head frameAt(int unit) throws GoneException {
        if (!isReadable(unit)) {
            return null;
        }
        ByteBuffer bytes = path.buffer().bytes().clear();
        JournalFrameLayout.Head frame = JournalFrameLayout.decode(bytes, offset(unit), unitBytes, checksum);
        if (frame == null
                || !rules.belongs(frame, header, unit)
                || frame.units() > mostUnits()
                || frame.units() > writtenUnits - unit) {
            return null;
        }
        if (unit + frame.units() > windowStart + windowUnits) {
            load(unit);
        }
        for (int i = 0; i < frame.units(); i++) {
            if (!isReadable(unit + i)) {
                return null;
            }
        }
        return JournalFrameLayout.hasValidPayload(bytes, offset(unit), frame, checksum) ? frame : null;
    }

    private void readRecords(JournalFrameLayout.Head frame, int unit) {
        ByteBuffer bytes = path.buffer().bytes().clear();
        int start = offset(unit) + JournalFrameLayout.PAYLOAD_OFFSET;
        bytes.limit(start + frame.payloadLength()).position(start);
        JournalRecord each = JournalRecordLayout.get(bytes);
        while (each != null) {
            records.add(each);
            each = JournalRecordLayout.get(bytes);
        }
    }

    private boolean isFiller(int unit) throws GoneException {
        return isReadable(unit)
                && FillerLayout.isFiller(path.buffer().bytes().clear(), offset(unit), media.driveId(), checksum);
    }

    private boolean isReadable(int unit) throws GoneException {
        if (unit < windowStart || unit >= windowStart + windowUnits) {
            load(unit);
        }
        return (windowReadable >>> (unit - windowStart) & 1) != 0;
    }

    private void load(int unit) throws GoneException {
        windowStart = unit;
        windowUnits = Math.min(mostUnits(), writtenUnits - unit);
        windowReadable =
                UnitReader.read(media, path, ppa + (long) unit * media.limits().wsMin(), windowUnits);
    }

    private int mostUnits() {
        return MediaPath.BUFFER_SECTORS / media.limits().wsMin();
    }

    private int offset(int unit) {
        return (unit - windowStart) * unitBytes;
    }
}
