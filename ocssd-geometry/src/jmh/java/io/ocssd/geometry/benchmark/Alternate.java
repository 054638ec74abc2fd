package io.ocssd.geometry.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs benchmarks in rounds, each row in a fresh process per round, so that rows and their peers alternate and a busy quarter
 * of an hour does not fall on one of them alone.
 *
 * <p>Of the iterations of all rounds it prints the quietest, the tenth part and the median, what a row allocates, and the
 * ratio of each figure to that of the row's peer: the row of the same parameters whose name begins with "plain" and ends
 * alike. On a machine that does other things meanwhile iterations must be short (20 ms), and the lower figures say more than
 * the median.
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
        Map<String, List<Double>> nanos = new TreeMap<>();
        Map<String, Double> bytes = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            for (RunResult each : round(Arrays.copyOfRange(arguments, 1, arguments.length))) {
                String row = name(each);
                nanos.computeIfAbsent(row, key -> new ArrayList<>()).addAll(iterations(each));
                Result<?> allocated = each.getSecondaryResults().get("gc.alloc.rate.norm");
                bytes.merge(row, allocated == null ? 0 : allocated.getScore(), Math::min);
            }
            System.out.println("round " + (round + 1) + " of " + rounds);
        }
        nanos.values().forEach(Collections::sort);
        System.out.printf("%-60s %11s %11s %11s %7s  %s%n", "row", "quietest", "tenth", "median", "B", "of peer");
        nanos.forEach((row, scores) -> System.out.printf(
                Locale.ROOT,
                "%-60s %11.2f %11.2f %11.2f %7.1f  %s%n",
                row,
                part(scores, 0),
                part(scores, 0.1),
                part(scores, 0.5),
                bytes.get(row),
                ratios(scores, nanos.get(peer(row)))));
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

    private static List<Double> iterations(RunResult result) {
        List<Double> scores = new ArrayList<>();
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
            for (IterationResult each : fork.getIterationResults()) {
                scores.add(each.getPrimaryResult().getScore());
            }
        }
        return scores;
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

    private static String ratios(List<Double> scores, List<Double> peer) {
        if (peer == null || peer.equals(scores)) {
            return "";
        }
        StringBuilder ratios = new StringBuilder();
        for (double each : new double[] {0, 0.1, 0.5}) {
            ratios.append(String.format(Locale.ROOT, "%.2f ", part(peer, each) / part(scores, each)));
        }
        return ratios.toString().trim();
    }

    private static double part(List<Double> sorted, double share) {
        return sorted.get((int) (share * (sorted.size() - 1)));
    }
}
