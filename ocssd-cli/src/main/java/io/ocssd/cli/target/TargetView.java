package io.ocssd.cli.target;

import io.ocssd.cli.frame.Ranges;
import io.ocssd.device.Geometry;
import io.ocssd.target.BlockRange;
import io.ocssd.target.TargetInfo;
import java.util.List;

/**
 * A target as the verbs show it; the components are the keys of the JSON object.
 *
 * @param luns linear numbers
 * @param blocks on a drive of one LUN, else null
 * @param rawBytes of all blocks of its share
 * @param overprovision fraction of the usable blocks that is for garbage collection alone
 * @param openBlocks that it may have at the same time; null when nothing limits them
 * @param windowBytes null when each program that opens the drive decides
 * @param removing whether a removal was begun and cut short
 */
record TargetView(
        String name,
        int id,
        List<Integer> luns,
        List<BlockRange> blocks,
        long rawBytes,
        double overprovision,
        Integer openBlocks,
        Long windowBytes,
        boolean removing) {
    static TargetView of(TargetInfo info, Geometry geometry) {
        return new TargetView(
                info.name(),
                info.id(),
                info.luns(),
                info.blocks().isEmpty() ? null : info.blocks(),
                info.blockCount(geometry) * geometry.blockBytes(),
                info.overprovision(),
                info.openBlocks() == 0 ? null : info.openBlocks(),
                info.windowBytes() == 0 ? null : info.windowBytes(),
                info.removing());
    }

    /** What it has, as ranges: {@code LUNs 0-3,8}, or {@code blocks 2-14}. */
    String share() {
        return blocks == null ? "LUNs " + Ranges.of(luns) : "blocks " + blockRanges();
    }

    private String blockRanges() {
        StringBuilder text = new StringBuilder();
        for (BlockRange range : blocks) {
            text.append(text.length() == 0 ? "" : ",").append(range.first());
            if (range.count() > 1) {
                text.append('-').append(range.end() - 1);
            }
        }
        return text.toString();
    }
}
