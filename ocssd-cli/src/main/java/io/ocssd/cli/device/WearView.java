package io.ocssd.cli.device;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How worn a device is; the components are the keys of the JSON document.
 *
 * @param blocks blocks of the device
 * @param blocksByState how many there are in each state
 * @param totalErases erases of all blocks but those that are bad from the start; null, as the next four, when the device does not tell
 * @param minErases erases of the block with the fewest
 * @param maxErases erases of the block with the most
 * @param meanErases their mean
 * @param eraseCountCov their standard deviation by their mean; null when nothing was erased
 * @param maxWearIndex largest wear level index of a block, 0 (new) to 255 (worn out)
 * @param luns every LUN, in order
 */
record WearView(
        int blocks,
        Map<String, Integer> blocksByState,
        Long totalErases,
        Long minErases,
        Long maxErases,
        Double meanErases,
        Double eraseCountCov,
        int maxWearIndex,
        List<LunWear> luns) {

    /**
     * A LUN.
     *
     * @param erases by block; null for a block whose device does not tell
     * @param wearIndexes by block
     * @param offlineBlocks which blocks are out of use
     * @param openBlocks which blocks are open
     */
    record LunWear(
            int channel,
            int lun,
            List<Long> erases,
            List<Integer> wearIndexes,
            List<Integer> offlineBlocks,
            List<Integer> openBlocks) {}

    static WearView of(BlockReport report) {
        Geometry geometry = report.geometry();
        Map<String, Integer> states = new LinkedHashMap<>();
        for (BlockState state : BlockState.values()) {
            states.put(state.label(), report.count(state));
        }
        List<LunWear> luns = new ArrayList<>();
        for (int lun = 0; lun < geometry.luns(); lun++) {
            luns.add(lun(report, lun));
        }
        int worn = 0;
        for (int block = 0; block < geometry.blocks(); block++) {
            worn = Math.max(worn, report.wearIndex(block));
        }
        EraseSummary erases = EraseSummary.of(report);
        return new WearView(
                geometry.blocks(),
                states,
                erases.isKnown() ? erases.total() : null,
                erases.isKnown() ? erases.least() : null,
                erases.isKnown() ? erases.most() : null,
                erases.isKnown() ? erases.mean() : null,
                erases.isKnown() && erases.total() > 0 ? erases.cov() : null,
                worn,
                luns);
    }

    private static LunWear lun(BlockReport report, int lun) {
        Geometry geometry = report.geometry();
        LunWear wear = new LunWear(
                lun / geometry.lunsPerChannel(),
                lun % geometry.lunsPerChannel(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        for (int block = 0; block < geometry.blocksPerLun(); block++) {
            int index = lun * geometry.blocksPerLun() + block;
            long erases = report.eraseCount(index);
            wear.erases().add(erases == BlockReport.UNKNOWN_ERASES ? null : erases);
            wear.wearIndexes().add(report.wearIndex(index));
            if (report.state(index) == BlockState.OFFLINE) {
                wear.offlineBlocks().add(block);
            } else if (report.state(index) == BlockState.OPEN) {
                wear.openBlocks().add(block);
            }
        }
        return wear;
    }
}
