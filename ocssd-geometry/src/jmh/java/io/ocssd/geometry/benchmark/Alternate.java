package io.ocssd.geometry.benchmark;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs benchmarks in rounds, each row in a fresh process per round, so that rows and their peers alternate and a busy quarter
 * of an hour does not fall on one of them alone. Prints the quietest and the median round of each row, what it allocates, and
 * the ratio to its peer: the row of the same parameters whose name begins with "plain" and ends alike.
 */
public final class Alternate {
    private static final String PEER = "plain";

    private Alternate() {}

    /**
     * Runs.
     *
     * @param arguments number of rounds, then patterns of names as JMH takes them
     */
    public static void main(String[] arguments) throws RunnerException {
        int rounds = Integer.parseInt(arguments[0]);
        Map<String, double[]> nanos = new TreeMap<>();
        Map<String, Double> bytes = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            for (RunResult each : round(Arrays.copyOfRange(arguments, 1, arguments.length))) {
                String row = name(each);
                double[] scores = nanos.computeIfAbsent(row, key -> new double[rounds]);
                scores[round] = each.getPrimaryResult().getStatistics().getPercentile(50);
                Result<?> allocated = each.getSecondaryResults().get("gc.alloc.rate.norm");
                bytes.merge(row, allocated == null ? 0 : allocated.getScore(), Math::min);
            }
            System.out.println("round " + (round + 1) + " of " + rounds);
        }
        System.out.printf("%-60s %12s %12s %8s %8s%n", "row", "quietest", "median", "B", "of peer");
        nanos.values().forEach(Arrays::sort);
        nanos.forEach((row, scores) -> System.out.printf(
                Locale.ROOT,
                "%-60s %12.1f %12.1f %8.1f %8s%n",
                row,
                scores[0],
                scores[rounds / 2],
                bytes.get(row),
                ratio(scores, nanos.get(peer(row)), rounds)));
    }

    private static Collection<RunResult> round(String[] patterns) throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        for (String each : patterns) {
            options.include(each);
        }
        Options once = options.forks(1)
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .build();
        return new Runner(once).run();
    }

    private static String name(RunResult result) {
        String[] path = result.getParams().getBenchmark().split("\\.", -1);
        StringBuilder name = new StringBuilder(path[path.length - 2] + "." + path[path.length - 1]);
        for (String key : result.getParams().getParamsKeys()) {
            name.append(' ').append(key).append('=').append(result.getParams().getParam(key));
        }
        return name.toString();
    }

    /** {@code X.driveRead} has the peer {@code X.plainRead}: the first word of the method is exchanged. */
    private static String peer(String row) {
        return row.replaceFirst("\\.[a-z]+", "." + PEER);
    }

    private static String ratio(double[] scores, double[] peer, int rounds) {
        if (peer == null || Arrays.equals(scores, peer)) {
            return "";
        }
        return String.format(Locale.ROOT, "%.2f %.2f", peer[0] / scores[0], peer[rounds / 2] / scores[rounds / 2]);
    }
}
