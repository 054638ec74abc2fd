package io.ocssd.ftl.benchmark;

import io.ocssd.geometry.benchmark.SideBySide;
import java.util.Arrays;
import java.util.List;

/** {@link AppendBenchmark} and {@link ReadBenchmark}, each row and its peer side by side in one process. */
public final class VblockPairs {
    private static final List<String> ALL = List.of("append", "random", "sequential");

    private VblockPairs() {}

    /**
     * Runs.
     *
     * @param arguments number of slices of each, "on" or "off" (whether the drives keep bytes), then which pairs: "append",
     *     "random", "sequential", all if none is named
     */
    public static void main(String[] arguments) throws Exception {
        int slices = Integer.parseInt(arguments[0]);
        String payload = arguments[1];
        for (String each : arguments.length > 2 ? Arrays.asList(arguments).subList(2, arguments.length) : ALL) {
            if (each.equals("append")) {
                append(slices, payload);
            } else if (ALL.contains(each)) {
                read(slices, payload, each);
            } else {
                throw new IllegalArgumentException("there are " + ALL + ", not " + each);
            }
        }
    }

    private static void append(int slices, String payload) throws Exception {
        AppendBenchmark pair = new AppendBenchmark();
        pair.payload = payload;
        pair.open();
        SideBySide.compare("append payload=" + payload, slices, pair::plainAppend, pair::vblockAppend);
        pair.close();
    }

    private static void read(int slices, String payload, String which) throws Exception {
        ReadBenchmark pair = new ReadBenchmark();
        pair.payload = payload;
        pair.open();
        if (which.equals("random")) {
            SideBySide.compare("random payload=" + payload, slices, pair::plainRandomRead, pair::vblockRandomRead);
            SideBySide.compare("direct payload=" + payload, slices, pair::plainRandomRead, pair::directRandomRead);
        } else {
            SideBySide.compare(
                    "sequential payload=" + payload, slices, pair::plainSequentialRead, pair::vblockSequentialRead);
            SideBySide.compare(
                    "direct sequential payload=" + payload,
                    slices,
                    pair::plainSequentialRead,
                    pair::directSequentialRead);
        }
        pair.close();
    }
}
