package io.ocssd.ftl.journal;

import io.ocssd.device.BlockReport;
import io.ocssd.device.Ppa;
import io.ocssd.error.CorruptException;
import io.ocssd.error.OcssdException;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Finds the journal of a target among blocks in use: the block with the highest sequence whose checkpoint is whole. Should
 * none be whole, which no power cut can bring about once there was one, everything counts that can be read. Used once, by
 * one task.
 */
final class JournalSearch {
    /** A journal block and the CRC32C of its header. */
    private record Found(JournalHeader header, int crc) {}

    private final Media media;
    private final MediaPath path;
    private final JournalRules rules;
    private final int targetId;
    private final Checksum checksum;
    private final TreeMap<Long, List<Found>> found = new TreeMap<>();
    private final JournalState state = new JournalState();
    private final List<Integer> kept = new ArrayList<>();
    private final List<Integer> leftovers = new ArrayList<>();
    private long highestSequence;
    private int gaps;

    JournalSearch(Media media, MediaPath path, JournalRules rules, int targetId) {
        this.media = media;
        this.path = path;
        this.rules = rules;
        this.targetId = targetId;
        this.checksum = new Checksum(media.scheduler());
    }

    /**
     * Searches.
     *
     * @param candidates linear numbers of blocks that are neither free nor offline
     * @param report how far they were written
     * @throws CorruptException when there is a journal of another drive
     */
    JournalSearch run(List<Integer> candidates, BlockReport report) throws OcssdException {
        for (int block : candidates) {
            look(block);
        }
        List<JournalScan> incomplete = new ArrayList<>();
        for (List<Found> sameSequence : found.descendingMap().values()) {
            for (Found each : sameSequence) {
                int block = each.header().block();
                if (!kept.isEmpty()) {
                    leftovers.add(block);
                    continue;
                }
                JournalScan scan =
                        new JournalScan(media, path, rules, each.header(), report.writePointer(block)).run(each.crc());
                if (scan.isComplete()) {
                    gaps = scan.gaps();
                    scan.records().forEach(state::apply);
                    kept.add(block);
                } else {
                    incomplete.add(0, scan);
                    leftovers.add(block);
                }
            }
        }
        if (kept.isEmpty()) {
            for (JournalScan scan : incomplete) {
                gaps += scan.gaps();
                scan.records().forEach(state::apply);
            }
            for (List<Found> sameSequence : found.values()) {
                sameSequence.forEach(each -> kept.add(each.header().block()));
            }
            leftovers.removeAll(kept);
        }
        return this;
    }

    /** What the journal says. */
    JournalState state() {
        return state;
    }

    /** The highest sequence seen anywhere, 0 when there is none. */
    long highestSequence() {
        return highestSequence;
    }

    /** Blocks that must stay until there is a new checkpoint. */
    List<Integer> kept() {
        return kept;
    }

    /** Journal blocks that nobody needs any more. */
    List<Integer> leftovers() {
        return leftovers;
    }

    /** Places where records are missing before others. */
    int gaps() {
        return gaps;
    }

    private void look(int block) throws OcssdException {
        long ppa = media.geometry().blockPpa(block);
        boolean readable = UnitReader.read(media, path, ppa, 1) != 0;
        ByteBuffer bytes = path.buffer().bytes().clear();
        JournalHeader header = readable ? JournalHeaderLayout.decode(bytes, 0, checksum) : null;
        int crc = JournalHeaderLayout.crc(bytes, 0);
        if (header == null) {
            JournalFrameLayout.Head first = firstFrame(ppa);
            if (first == null) {
                return;
            }
            header = new JournalHeader(first.driveId(), first.targetId(), block, first.sequence());
            crc = first.previousCrc();
        }
        // User data may look like a journal: one counts only where it says that it lies.
        if (header.block() != block) {
            return;
        }
        if (header.driveId() != media.driveId()) {
            throw new CorruptException(
                    "the block at " + Ppa.toString(ppa) + " holds a journal of another drive",
                    "was this drive put together from others? recreate it to use it");
        }
        if (header.targetId() != targetId) {
            leftovers.add(block);
            return;
        }
        highestSequence = Math.max(highestSequence, header.sequence());
        found.computeIfAbsent(header.sequence(), sequence -> new ArrayList<>()).add(new Found(header, crc));
    }

    /** The first frame of a block whose header is damaged: it tells the same. Null when there is none. */
    private JournalFrameLayout.Head firstFrame(long ppa) throws OcssdException {
        if (UnitReader.read(media, path, ppa + media.limits().wsMin(), 1) == 0) {
            return null;
        }
        JournalFrameLayout.Head first =
                JournalFrameLayout.decode(path.buffer().bytes().clear(), 0, media.unitBytes(), checksum);
        return first != null && first.unit() == 1 ? first : null;
    }
}
