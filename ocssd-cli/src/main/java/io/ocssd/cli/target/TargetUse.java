package io.ocssd.cli.target;

import com.google.common.collect.ImmutableSet;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.target.Drive;
import io.ocssd.target.TargetInfo;
import java.io.IOException;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The blocks of a target by what the device says of them; the components are keys of a JSON object.
 *
 * @param blocks of its share, the label's not counted
 * @param usable those that are not offline, such as the target itself has retired among them: only a target that is opened for
 *     writing knows all of these
 * @param usableBytes of them
 */
record TargetUse(int blocks, int usable, long usableBytes, int free, int open, int closed, int offline) {
    /** Looks at a device. */
    static TargetUse of(Drive drive, TargetInfo target) throws IOException {
        BlockReport report = drive.device().report();
        Set<Integer> reserved = ImmutableSet.copyOf(drive.reservedBlocks());
        int[] counts = new int[BlockState.values().length];
        blocks(target, report.geometry())
                .filter(block -> !reserved.contains(block))
                .forEach(block -> counts[report.state(block).ordinal()]++);
        int offline = counts[BlockState.OFFLINE.ordinal()];
        int all = IntStream.of(counts).sum();
        return new TargetUse(
                all,
                all - offline,
                (all - offline) * report.geometry().blockBytes(),
                counts[BlockState.FREE.ordinal()],
                counts[BlockState.OPEN.ordinal()],
                counts[BlockState.CLOSED.ordinal()],
                offline);
    }

    private static IntStream blocks(TargetInfo target, Geometry geometry) {
        if (target.blocks().isEmpty()) {
            return target.luns().stream()
                    .mapToInt(lun -> lun * geometry.blocksPerLun())
                    .flatMap(first -> IntStream.range(first, first + geometry.blocksPerLun()));
        }
        return target.blocks().stream().flatMapToInt(range -> IntStream.range(range.first(), range.end()));
    }
}
