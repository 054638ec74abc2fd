package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import java.util.HashSet;
import java.util.Set;

/** Says of the runs of a program whether a device would accept them all (Open-Channel SSD 2.0, write rules). Used once. */
final class Acceptance {
    private final DeviceBelow below;
    private final BlockReport report;
    private final int[] openInLun;
    private int open;
    private final Set<Integer> blocks = new HashSet<>();

    Acceptance(DeviceBelow below, BlockReport report) {
        this.below = below;
        this.report = report;
        this.openInLun = new int[below.geometry.luns()];
        for (int block = 0; block < below.geometry.blocks(); block++) {
            if (report.state(block) == BlockState.OPEN && !below.isRandom(block)) {
                opened(block);
            }
        }
    }

    /** Whether a run would be accepted with those before it. */
    boolean takes(long ppa, int sectors) {
        int block = below.block(ppa);
        if (block < 0 || !blocks.add(block) || below.isRandom(block)) {
            return false;
        }
        boolean free = report.state(block) == BlockState.FREE;
        int writePointer = free ? 0 : report.writePointer(block);
        if ((!free && report.state(block) != BlockState.OPEN)
                || Ppa.sector(ppa) != writePointer
                || sectors % below.limits.wsMin() != 0
                || writePointer + sectors > below.sectors(block)) {
            return false;
        }
        if (!free) {
            return true;
        }
        opened(block);
        Limits limits = below.limits;
        int most = below.capabilities.zoned() && limits.maxActive() > 0 ? limits.maxActive() : limits.maxOpen();
        return (most == 0 || open <= most)
                && (limits.maxOpenPerLun() == 0 || openInLun[lun(block)] <= limits.maxOpenPerLun());
    }

    private void opened(int block) {
        open++;
        openInLun[lun(block)]++;
    }

    private int lun(int block) {
        return block / below.geometry.blocksPerLun();
    }
}
