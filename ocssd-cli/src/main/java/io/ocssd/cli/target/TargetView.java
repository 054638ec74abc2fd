package io.ocssd.cli.target;

import io.ocssd.device.Geometry;
import io.ocssd.target.TargetInfo;
import java.util.List;

/** A target as the verbs show it; the components are the keys of the JSON object. */
record TargetView(String name, int id, List<Integer> luns, long rawBytes) {
    static TargetView of(TargetInfo info, Geometry geometry) {
        return new TargetView(
                info.name(),
                info.id(),
                info.luns(),
                (long) info.luns().size() * geometry.blocksPerLun() * geometry.blockBytes());
    }

    /** LUNs as ranges: {@code 0-3,8}. */
    String lunRanges() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < luns.size(); ) {
            int end = i;
            while (end + 1 < luns.size() && luns.get(end + 1) == luns.get(end) + 1) {
                end++;
            }
            text.append(text.length() == 0 ? "" : ",").append(luns.get(i));
            if (end > i) {
                text.append('-').append(luns.get(end));
            }
            i = end + 1;
        }
        return text.toString();
    }
}
