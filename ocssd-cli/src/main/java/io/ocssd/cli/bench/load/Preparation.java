package io.ocssd.cli.bench.load;

import io.ocssd.cli.frame.Failure;
import io.ocssd.device.BlockReport;
import io.ocssd.device.ByteClass;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.error.GoneException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sees to it that there is something to read: takes what is full already, and fills free blocks where that is not enough. */
final class Preparation {
    /** Blocks filled side by side. */
    private static final int AT_A_TIME = 64;

    private final FlashDevice device;
    private final Geometry geometry;
    private final BlockSupply supply;
    private final Monitor monitor;
    private long filledBlocks;

    Preparation(FlashDevice device, BlockSupply supply, Monitor monitor) {
        this.device = device;
        this.geometry = device.geometry();
        this.supply = supply;
        this.monitor = monitor;
    }

    /** Bytes that it wrote. */
    long writtenBytes() {
        return filledBlocks * geometry.blockBytes();
    }

    /** What a load can read; each LUN of it has room for one request at least. */
    ReadableData prepare(ReadLoad load, BlockReport report, int mostOpen) throws GoneException {
        ReadableData data = ReadableData.find(report, load.luns());
        int least = (load.sectors() + geometry.sectorsPerBlock() - 1) / geometry.sectorsPerBlock();
        int wanted = Math.max(least, load.blocksPerLun());
        int missing = 0;
        for (int i = 0; i < data.luns(); i++) {
            missing += Math.max(0, wanted - data.blocks(i));
        }
        if (missing > 0) {
            monitor.begin("writing data to read", missing, "blocks");
            fill(data, wanted, missing, Math.min(AT_A_TIME, mostOpen));
        }
        for (int i = 0; i < data.luns(); i++) {
            if (data.blocks(i) < least) {
                throw Failure.refused(
                        "LUN " + data.lun(i) + " has not enough full blocks to read, and no free ones to write",
                        "choose other LUNs with --luns, or see ocssd device report for what is there");
            }
        }
        return data;
    }

    /** Fills free blocks; for one that can't be filled another one, as long as there are any. */
    private void fill(ReadableData data, int wanted, int missing, int atATime) throws GoneException {
        if (atATime < 1) {
            throw Failure.refused(
                    "as many blocks are open as the drive allows, so that none can be written",
                    "see ocssd device report --state open");
        }
        Filler filler = new Filler(device, ByteClass.PAYLOAD, Math.min(atATime, missing), monitor);
        while (true) {
            Map<Long, Integer> chosen = choose(data, wanted);
            if (chosen.isEmpty()) {
                return;
            }
            List<Filler.Rest> rests = new ArrayList<>();
            chosen.keySet().forEach(block -> rests.add(new Filler.Rest(block, 0, geometry.sectorsPerBlock())));
            List<Filler.Unfilled> unfilled = filler.fill(rests);
            unfilled.forEach(each -> chosen.remove(each.rest().blockPpa()));
            chosen.forEach((ppa, lunOrdinal) -> data.add(lunOrdinal, Ppa.block(ppa)));
            filledBlocks += chosen.size();
            if (monitor.stopRequested()) {
                throw Failure.refused("stopped while writing the data to read", "nothing was measured yet");
            }
            if (chosen.isEmpty()) {
                Filler.Unfilled first = unfilled.get(0);
                throw Failure.refused(
                        "the data to read can't be written: " + NvmeStatus.name(first.status()) + " at "
                                + Ppa.toString(Ppa.withSector(
                                        first.rest().blockPpa(), first.rest().fromSector())),
                        "see ocssd device report for the states of the blocks");
            }
        }
    }

    /** Free blocks by address, with the LUN that misses them, in the order of the LUNs. */
    private Map<Long, Integer> choose(ReadableData data, int wanted) {
        Map<Long, Integer> chosen = new LinkedHashMap<>();
        for (int i = 0; i < data.luns(); i++) {
            for (int missing = wanted - data.blocks(i); missing > 0; missing--) {
                int block = supply.takeFree(data.lun(i));
                if (block < 0) {
                    break;
                }
                chosen.put(geometry.blockPpa(data.lun(i), block), i);
            }
        }
        return chosen;
    }
}
