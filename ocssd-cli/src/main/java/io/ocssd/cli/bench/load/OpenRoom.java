package io.ocssd.cli.bench.load;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.Limits;
import java.util.List;

/**
 * How many blocks may be partly written beside those that are already.
 *
 * <p>Of zones the limit of active ones counts: a drive of fewer open ones closes one by itself to open another. Blocks that
 * are written anywhere take no place.
 */
final class OpenRoom {
    private final int whole;
    private final int[] ofLun;

    private OpenRoom(int whole, int[] ofLun) {
        this.whole = whole;
        this.ofLun = ofLun;
    }

    static OpenRoom of(Limits limits, BlockReport report) {
        int blocksPerLun = report.geometry().blocksPerLun();
        int[] open = new int[report.geometry().luns()];
        int all = 0;
        for (int block = 0; block < report.geometry().blocks(); block++) {
            if (report.state(block) == BlockState.OPEN && report.type(block) == BlockType.SEQUENTIAL) {
                open[block / blocksPerLun]++;
                all++;
            }
        }
        for (int lun = 0; lun < open.length; lun++) {
            open[lun] = left(limits.maxOpenPerLun(), open[lun]);
        }
        return new OpenRoom(left(limits.maxActive() > 0 ? limits.maxActive() : limits.maxOpen(), all), open);
    }

    private static int left(int limit, int taken) {
        return limit == 0 ? Integer.MAX_VALUE : Math.max(0, limit - taken);
    }

    /** On the whole drive. */
    int whole() {
        return whole;
    }

    /** On one LUN, as far as that has a limit of its own. */
    int ofLun(int lun) {
        return ofLun[lun];
    }

    /** On these LUNs, whichever of them all of the blocks are on. */
    int anywhereOn(List<Integer> luns) {
        return luns.stream().mapToInt(this::ofLun).reduce(whole, Math::min);
    }
}
