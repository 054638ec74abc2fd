package io.ocssd.ftl.vblock;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;
import io.ocssd.error.CorruptException;
import io.ocssd.error.OcssdException;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import io.ocssd.ftl.media.SectorReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the headers of blocks in use and sorts the blocks into whole vblocks and orphans: blocks without a valid header of
 * this target, and blocks of vblocks that were half made or half erased. Used once, by one task.
 */
final class BlockSurvey {
    private final Media media;
    private final Geometry geometry;
    private final VblockSpace space;
    private final VblockIds ids;
    private final Set<Long> unfilled;
    private final BlockReport report;
    private final Checksum checksum;
    private final TreeMap<Long, List<BlockHeader>> headers = new TreeMap<>();
    private final List<BlockHeader> vblocks = new ArrayList<>();
    private final List<Long> orphans = new ArrayList<>();

    /**
     * Prepares a survey.
     *
     * @param unfilled addresses of open blocks that refused their filler: what can't be read of them is no reason to erase
     *     anything
     * @param report states of all blocks; what is offline is no reason either
     */
    BlockSurvey(Media media, VblockSpace space, VblockIds ids, Set<Long> unfilled, BlockReport report) {
        this.media = media;
        this.geometry = media.geometry();
        this.space = space;
        this.ids = ids;
        this.unfilled = unfilled;
        this.report = report;
        this.checksum = new Checksum(media.scheduler());
    }

    /**
     * Surveys.
     *
     * @param used blocks that are neither free nor offline, by linear number
     * @throws CorruptException when one belongs to another drive, or a vblock to a LUN of which everything is offline
     */
    BlockSurvey run(MediaPath path, List<Integer> used) throws OcssdException {
        int headerSectors = headerSectors();
        int most = MediaPath.BUFFER_SECTORS / headerSectors;
        for (int first = 0; first < used.size(); first += most) {
            readSome(path, used.subList(first, Math.min(used.size(), first + most)), headerSectors);
        }
        for (List<BlockHeader> each : headers.values()) {
            sort(each);
        }
        return this;
    }

    /** One header of each whole vblock, in the order of their ids. */
    List<BlockHeader> vblocks() {
        return vblocks;
    }

    /** Addresses of the blocks to erase. */
    List<Long> orphans() {
        return orphans;
    }

    private int headerSectors() {
        int widest = Math.min(space.luns().size(), BlockHeaderLayout.mostMembers(media.unitBytes()));
        return (BlockHeaderLayout.length(widest) + media.sectorBytes() - 1) / media.sectorBytes();
    }

    private void readSome(MediaPath path, List<Integer> blocks, int headerSectors) throws OcssdException {
        long[] ppas = new long[blocks.size() * headerSectors];
        for (int i = 0; i < ppas.length; i++) {
            ppas[i] = geometry.blockPpa(blocks.get(i / headerSectors)) + i % headerSectors;
        }
        long readable = SectorReader.read(path, ppas, ppas.length);
        int headerBytes = headerSectors * media.sectorBytes();
        for (int i = 0; i < blocks.size(); i++) {
            long blockPpa = geometry.blockPpa(blocks.get(i));
            boolean there = (readable >>> (i * headerSectors) & 1) != 0;
            BlockHeader header = there
                    ? BlockHeaderLayout.decode(path.buffer().bytes().clear(), i * headerBytes, headerBytes, checksum)
                    : null;
            if (header != null) {
                checkDrive(header, blockPpa);
                ids.seen(header.vblockId());
            }
            if (header != null && header.targetId() == space.targetId() && isAt(header, blockPpa)) {
                headers.computeIfAbsent(header.vblockId(), id -> new ArrayList<>())
                        .add(header);
            } else if (there || !unfilled.contains(blockPpa)) {
                orphans.add(blockPpa);
            }
        }
    }

    private static boolean isAt(BlockHeader header, long blockPpa) {
        return header.members().get(header.place()) == blockPpa;
    }

    private void checkDrive(BlockHeader header, long blockPpa) throws CorruptException {
        if (header.driveId() != media.driveId()) {
            throw new CorruptException(
                    "the block at " + Ppa.toString(blockPpa) + " holds a vblock of another drive",
                    "was this drive put together from others? recreate it to use it");
        }
    }

    private void sort(List<BlockHeader> ofOneVblock) throws CorruptException {
        BlockHeader first = ofOneVblock.get(0);
        boolean[] there = new boolean[first.width()];
        int count = 0;
        for (BlockHeader header : ofOneVblock) {
            if (header.belongsWith(first) && !there[header.place()]) {
                there[header.place()] = true;
                count++;
            }
        }
        if (count == first.width() && count == ofOneVblock.size()) {
            vblocks.add(first.withPlace(0));
        } else if (mayBeWhole(first, there)) {
            checkLuns(first, there);
        } else {
            for (BlockHeader header : ofOneVblock) {
                orphans.add(header.members().get(header.place()));
            }
        }
    }

    /**
     * Whether the headers that are missing are of blocks that refused their filler, or that are offline: such a vblock is left
     * as it is. One that was half made or half erased has blocks that are free, or that are another vblock's by now.
     */
    private boolean mayBeWhole(BlockHeader header, boolean[] there) {
        for (int place = 0; place < there.length; place++) {
            long member = header.members().get(place);
            if (!there[place]
                    && !unfilled.contains(member)
                    && !isOffline(media.geometry().blockIndex(member))) {
                return false;
            }
        }
        return true;
    }

    /** Whether all that is missing is missing because a LUN is: then nothing of the target can be trusted to be there. */
    private void checkLuns(BlockHeader header, boolean[] there) throws CorruptException {
        for (int place = 0; place < there.length; place++) {
            long member = header.members().get(place);
            if (!there[place] && isDead(media.geometry().lunIndex(member))) {
                throw new CorruptException(
                        "vblock " + Long.toHexString(header.vblockId()) + " has a block on LUN "
                                + media.geometry().lunIndex(member)
                                + ", of which every block is offline; nothing was erased",
                        "bring the LUN back, or recreate the target without it");
            }
        }
    }

    private boolean isDead(int lun) {
        int first = lun * media.geometry().blocksPerLun();
        for (int block = first; block < first + media.geometry().blocksPerLun(); block++) {
            if (!isOffline(block)) {
                return false;
            }
        }
        return true;
    }

    private boolean isOffline(int block) {
        return report.state(block) == BlockState.OFFLINE;
    }
}
