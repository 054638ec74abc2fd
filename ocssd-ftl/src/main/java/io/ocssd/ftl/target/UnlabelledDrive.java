package io.ocssd.ftl.target;

import com.google.common.collect.ImmutableSet;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;
import io.ocssd.error.CorruptException;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.error.OcssdException;
import io.ocssd.ftl.journal.Journal;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.ftl.media.FillerLayout;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import io.ocssd.ftl.media.SectorReader;
import io.ocssd.ftl.vblock.VblockBegin;
import io.ocssd.target.TargetInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks at blocks that no label speaks of, so that nothing is destroyed that someone else stored.
 *
 * <p>Such blocks are ours when they are leftovers of a first label whose making was cut short: blocks among the candidates for
 * the label that begin with filler, or of which so little was programmed that nothing can be read yet or that the only unit may
 * have been torn. And when they begin a vblock of a target that was removed, of which they could not be erased.
 */
final class UnlabelledDrive {
    /** What the first sector of a block says; owned: it is a vblock's or a journal's. */
    private record Begin(int block, boolean readable, boolean filler, boolean owned, int target) {}

    private final Media media;
    private final Geometry geometry;
    private final Checksum checksum;

    UnlabelledDrive(Media media) {
        this.media = media;
        this.geometry = media.geometry();
        this.checksum = new Checksum(media.scheduler());
    }

    /**
     * Checks that a drive without label never had one.
     *
     * @throws CorruptException when there are vblocks on it
     */
    void checkNoVblocks(BlockReport report) throws OcssdException {
        List<Integer> used = new ArrayList<>();
        for (int block = 0; block < geometry.blocks(); block++) {
            if (report.state(block) == BlockState.CLOSED || report.state(block) == BlockState.OPEN) {
                used.add(block);
            }
        }
        List<Integer> vblocks = new ArrayList<>();
        look(used, begin -> {
            if (begin.owned()) {
                vblocks.add(begin.block());
            }
        });
        if (!vblocks.isEmpty()) {
            throw new CorruptException(
                    "no copy of the label can be read, but " + vblocks.size()
                            + " blocks hold vblocks or journals, the first at "
                            + Ppa.toString(geometry.blockPpa(vblocks.get(0))),
                    "the label is lost; recreate the drive if its data is not needed");
        }
    }

    /**
     * Checks that blocks in use are leftovers.
     *
     * @param label tells which targets there are and which there were
     * @throws NotRecognisedException when one may hold something else
     */
    void checkOnlyLeftovers(List<Integer> used, BlockReport report, Label label) throws OcssdException {
        Set<Integer> there = label.targets().stream().map(TargetInfo::id).collect(ImmutableSet.toImmutableSet());
        List<Integer> foreign = new ArrayList<>(used);
        foreign.removeAll(leftovers(used, report));
        Set<Integer> ofRemoved = new HashSet<>();
        look(foreign, begin -> {
            if (begin.owned() && begin.target() < label.nextTargetId() && !there.contains(begin.target())) {
                ofRemoved.add(begin.block());
            }
        });
        foreign.removeAll(ofRemoved);
        if (!foreign.isEmpty()) {
            throw new NotRecognisedException(
                    foreign.size() + " blocks hold data that no target owns, the first at "
                            + Ppa.toString(geometry.blockPpa(foreign.get(0))),
                    "choose other LUNs, or erase these blocks first if their data is not needed");
        }
    }

    /** Candidates for the label that an attempt to make one left in use. */
    List<Integer> leftovers(BlockReport report) throws OcssdException {
        List<Integer> used = new ArrayList<>();
        for (int block : LabelPlaces.candidates(geometry)) {
            if (report.state(block) == BlockState.CLOSED || report.state(block) == BlockState.OPEN) {
                used.add(block);
            }
        }
        return leftovers(used, report);
    }

    private List<Integer> leftovers(List<Integer> used, BlockReport report) throws OcssdException {
        List<Integer> candidates = LabelPlaces.candidates(geometry);
        List<Integer> reach = LabelPlaces.reach(geometry);
        List<Integer> leftovers = new ArrayList<>();
        look(used, begin -> {
            boolean open = report.state(begin.block()) == BlockState.OPEN;
            boolean torn = report.writePointer(begin.block()) == media.limits().wsMin();
            boolean isEmpty = open && (torn || !begin.readable());
            if ((begin.filler() ? reach : isEmpty ? candidates : List.of()).contains(begin.block())) {
                leftovers.add(begin.block());
            }
        });
        return leftovers;
    }

    /** Reads the first sectors of the first two units: the first one may be torn. */
    private void look(List<Integer> blocks, Consumer<Begin> seen) throws OcssdException {
        int perCommand = MediaPath.BUFFER_SECTORS / 2;
        MediaPath path = media.borrow();
        try {
            for (int first = 0; first < blocks.size(); first += perCommand) {
                List<Integer> some = blocks.subList(first, Math.min(blocks.size(), first + perCommand));
                long[] ppas = new long[2 * some.size()];
                for (int i = 0; i < some.size(); i++) {
                    ppas[2 * i] = geometry.blockPpa(some.get(i));
                    ppas[2 * i + 1] = ppas[2 * i] + media.limits().wsMin();
                }
                long readable = SectorReader.readable(path, ppas, ppas.length);
                for (int i = 0; i < some.size(); i++) {
                    seen.accept(begin(path, some.get(i), 2 * i, readable));
                }
            }
        } finally {
            media.giveBack(path);
        }
    }

    private Begin begin(MediaPath path, int block, int sector, long readable) {
        boolean first = (readable >>> sector & 1) != 0;
        boolean second = (readable >>> (sector + 1) & 1) != 0;
        return new Begin(
                block,
                first,
                (first && (isFiller(path, sector) || isLabel(path, sector))) || (second && isFiller(path, sector + 1)),
                first && (isVblock(path, sector) || isJournal(path, sector)),
                isJournal(path, sector)
                        ? Journal.targetId(path.buffer().bytes().clear(), sector * media.sectorBytes())
                        : VblockBegin.targetId(path.buffer().bytes().clear(), sector * media.sectorBytes()));
    }

    private boolean isFiller(MediaPath path, int sector) {
        return FillerLayout.isFiller(
                path.buffer().bytes().clear(), sector * media.sectorBytes(), media.driveId(), checksum);
    }

    /** A zone that was the label's begins with a record. */
    private boolean isLabel(MediaPath path, int sector) {
        return LabelLayout.isLabel(path.buffer().bytes().clear(), sector * media.sectorBytes(), media.driveId());
    }

    private boolean isVblock(MediaPath path, int sector) {
        return VblockBegin.isOne(path.buffer().bytes().clear(), sector * media.sectorBytes(), media.driveId());
    }

    private boolean isJournal(MediaPath path, int sector) {
        return Journal.beginsJournal(path.buffer().bytes().clear(), sector * media.sectorBytes(), media.driveId());
    }
}
