package io.ocssd.ftl.journal;

import io.ocssd.device.ByteClass;
import io.ocssd.device.DurabilityClass;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.ftl.media.BlockFiller;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A journal block that is being written: its header, then frames. Not thread-safe: belongs to whoever writes the journal at
 * the moment. After a failure nothing more is programmed to it.
 */
final class JournalBlock {
    /** The records of one frame. */
    private static final class Draft {
        final List<JournalRecord> records = new ArrayList<>();
        int payloadLength;
    }

    private final Media media;
    private final JournalRules rules;
    private final JournalHeader header;
    private final Checksum checksum;
    private final long ppa;
    private final int wsMin;
    private final int unitBytes;
    private final int units;
    private final int mostFrameUnits;
    private final DurabilityClass durability;
    private int nextUnit;
    /** Behind the checkpoint. */
    private int firstRecordUnit;

    private int crc;
    private int failure = NvmeStatus.SUCCESS;

    /** Prepares for a free block; nothing is programmed yet. */
    JournalBlock(Media media, JournalRules rules, JournalHeader header) {
        this.media = media;
        this.rules = rules;
        this.header = header;
        this.checksum = new Checksum(media.scheduler());
        this.ppa = media.geometry().blockPpa(header.block());
        this.wsMin = media.limits().wsMin();
        this.unitBytes = media.unitBytes();
        this.units = media.geometry().sectorsPerBlock() / wsMin;
        this.mostFrameUnits = MediaPath.BUFFER_SECTORS / wsMin;
        this.durability = media.device().durability();
    }

    /** Linear number of the block. */
    int number() {
        return header.block();
    }

    /** Status of the program that failed; success when none did. */
    int failure() {
        return failure;
    }

    /** Whether half of the room behind the checkpoint is used. */
    boolean isHalfFull() {
        return 2 * (nextUnit - firstRecordUnit) >= units - firstRecordUnit;
    }

    /** It was closed behind what it holds. */
    void closed() {
        nextUnit = units;
    }

    /** Whether it may still count as open. */
    boolean isOpen() {
        return nextUnit < units;
    }

    /** Whether records can be appended as they are. */
    boolean fits(List<JournalRecord> records) {
        int needed = 0;
        for (Draft draft : drafts(records)) {
            needed += unitsOf(draft.payloadLength);
        }
        return failure == NvmeStatus.SUCCESS && needed <= units - Math.max(1, nextUnit);
    }

    /** Programs the header; returns whether that went well. */
    boolean begin(MediaPath path) throws GoneException {
        crc = JournalHeaderLayout.encode(path.buffer().bytes().clear(), unitBytes, header, checksum);
        return program(path, 1, JournalHeaderLayout.LENGTH);
    }

    /**
     * Programs a part of the checkpoint that is not the last.
     *
     * @param records fit
     * @return whether that went well
     */
    boolean appendPart(MediaPath path, List<JournalRecord> records) throws GoneException {
        for (Draft draft : drafts(records)) {
            if (!programFrame(path, draft, false, 0)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Programs records and what must follow them, so that they are durable afterwards.
     *
     * @param records fit
     * @param end whether the checkpoint is complete with them
     * @param extra goes along when it costs no unit
     * @return whether all went well
     */
    boolean append(MediaPath path, List<JournalRecord> records, boolean end, JournalRecord extra) throws GoneException {
        List<Draft> drafts = drafts(records);
        Draft last = drafts.get(drafts.size() - 1);
        int longer = last.payloadLength + JournalRecordLayout.length(extra);
        if (unitsOf(longer) == unitsOf(last.payloadLength)) {
            last.records.add(extra);
            last.payloadLength = longer;
        }
        for (Draft draft : drafts) {
            int endUnit = nextUnit + unitsOf(draft.payloadLength);
            int fillerUnits =
                    draft == last ? rules.fillerUnits(durability, media.limits().mwCunits(), wsMin, endUnit, units) : 0;
            if (!programFrame(path, draft, end && draft == last, fillerUnits) || !fill(path, fillerUnits)) {
                return false;
            }
        }
        if (end) {
            firstRecordUnit = nextUnit;
        }
        return true;
    }

    /** Cuts records into frames; one without any when there are none. */
    private List<Draft> drafts(List<JournalRecord> records) {
        int most = mostFrameUnits * unitBytes - JournalFrameLayout.PAYLOAD_OFFSET;
        List<Draft> drafts = new ArrayList<>();
        Draft draft = new Draft();
        drafts.add(draft);
        for (JournalRecord each : records) {
            int length = JournalRecordLayout.length(each);
            if (draft.payloadLength + length > most) {
                draft = new Draft();
                drafts.add(draft);
            }
            draft.records.add(each);
            draft.payloadLength += length;
        }
        return drafts;
    }

    private int unitsOf(int payloadLength) {
        return (JournalFrameLayout.PAYLOAD_OFFSET + payloadLength + unitBytes - 1) / unitBytes;
    }

    private boolean programFrame(MediaPath path, Draft draft, boolean end, int fillerUnits) throws GoneException {
        ByteBuffer bytes = path.buffer().bytes().clear().position(JournalFrameLayout.PAYLOAD_OFFSET);
        draft.records.forEach(each -> JournalRecordLayout.put(bytes, each));
        int frameUnits = unitsOf(draft.payloadLength);
        JournalFrameLayout.Head head = new JournalFrameLayout.Head(
                header.driveId(),
                header.targetId(),
                header.sequence(),
                nextUnit,
                frameUnits,
                fillerUnits,
                crc,
                draft.payloadLength,
                end,
                0);
        crc = JournalFrameLayout.encode(bytes.clear(), unitBytes, head, checksum);
        return program(path, frameUnits, JournalFrameLayout.PAYLOAD_OFFSET + draft.payloadLength);
    }

    /** Programs what is in the path's buffer. */
    private boolean program(MediaPath path, int programUnits, int metadataBytes) throws GoneException {
        int sectors = programUnits * wsMin;
        int[] outcome = {NvmeStatus.SUCCESS};
        MediaPath.Outcome note = (tag, status, failed) -> outcome[0] = status;
        path.command()
                .write(path.buffer(), 0)
                .addRun(ppa + (long) nextUnit * wsMin, sectors)
                .count(ByteClass.METADATA, metadataBytes)
                .count(ByteClass.PADDING, sectors * media.sectorBytes() - metadataBytes);
        path.submit(note);
        path.drain(note);
        failure = outcome[0];
        nextUnit += programUnits;
        return failure == NvmeStatus.SUCCESS;
    }

    private boolean fill(MediaPath path, int fillerUnits) throws GoneException {
        int end = nextUnit + fillerUnits;
        BlockFiller filler = new BlockFiller(media, path)
                .add(ppa, nextUnit * wsMin, end * wsMin)
                .fill();
        nextUnit = end;
        try {
            filler.check();
            return true;
        } catch (DeviceException e) {
            failure = e.status();
            return false;
        }
    }

    /**
     * As much of a checkpoint as the block holds: all of it, or without the ends of vblocks, which a mount can find by a scan.
     *
     * @throws NoSpaceException when there is too much of what has to be remembered
     */
    List<JournalRecord> mostOf(List<JournalRecord> records) throws NoSpaceException {
        if (fits(records)) {
            return records;
        }
        List<JournalRecord> fewer = new ArrayList<>(records);
        fewer.removeIf(each -> each instanceof JournalRecord.Sealed);
        if (!fits(fewer)) {
            throw new NoSpaceException(
                    "the journal has " + fewer.size()
                            + " retired blocks and vblocks being erased to remember, more than a"
                            + " block has room for",
                    "move the data to another drive: too many blocks of this one failed");
        }
        return fewer;
    }
}
