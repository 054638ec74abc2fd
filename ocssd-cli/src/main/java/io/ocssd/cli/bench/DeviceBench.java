package io.ocssd.cli.bench;

import io.ocssd.cli.bench.load.LoadResult;
import io.ocssd.cli.bench.load.ReadLoad;
import io.ocssd.cli.bench.load.Workload;
import io.ocssd.cli.bench.load.WriteLoad;
import io.ocssd.cli.bench.measure.Measure;
import io.ocssd.device.FlashDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** What was run on a device and what it came to, and the report of it. */
final class DeviceBench {
    private final FlashDevice device;
    private final LoadOptions options;
    private final Workload workload;
    private final LoadResult result;

    DeviceBench(FlashDevice device, LoadOptions options, Workload workload, LoadResult result) {
        this.device = device;
        this.options = options;
        this.workload = workload;
        this.result = result;
    }

    BenchReport report(boolean virtual) {
        int sectorBytes = device.geometry().sectorBytes();
        boolean poisson = options.arrivals == LoadOptions.Arrivals.poisson;
        return new BenchReport(
                device.info().uri(),
                device.info().model(),
                options.pattern.label(),
                virtual ? "virtual" : "real",
                workload.seed(),
                ofReads(load -> (long) load.sectors() * sectorBytes),
                ofWrites(load -> (long) load.sectors() * sectorBytes),
                ofReads(ReadLoad::depth),
                ofWrites(WriteLoad::depth),
                ofReads(load -> load.priority().name().toLowerCase(Locale.ROOT)),
                sorted(ofReads(ReadLoad::luns)),
                sorted(ofWrites(WriteLoad::luns)),
                ofWrites(WriteLoad::active),
                options.arrivals.name(),
                poisson ? options.rate : null,
                ofWrites(WriteLoad::busyFraction),
                result.preparedBytes(),
                workload.warmupNanos(),
                result.window().nanos(),
                result.stopped(),
                rate(result.reads().orElse(null), Measure::megabytesPerSecond),
                rate(result.writes().orElse(null), Measure::megabytesPerSecond),
                rate(result.reads().orElse(null), Measure::requestsPerSecond),
                rate(result.writes().orElse(null), Measure::requestsPerSecond),
                count(result.reads().orElse(null), Measure::requests),
                count(result.writes().orElse(null), Measure::requests),
                count(result.reads().orElse(null), Measure::bytes),
                count(result.writes().orElse(null), Measure::bytes),
                count(result.reads().orElse(null), Measure::errors),
                count(result.writes().orElse(null), Measure::errors),
                result.reads().map(Measure::firstError).orElse(null),
                result.writes().map(Measure::firstError).orElse(null),
                result.deadWriters(),
                count(result.reads().orElse(null), Measure::unsent)
                        + count(result.writes().orElse(null), Measure::unsent),
                count(result.writes().orElse(null), Measure::erases),
                result.reads().map(each -> LatencyView.of(each.latencies())).orElse(null),
                result.writes().map(each -> LatencyView.of(each.latencies())).orElse(null),
                Utilisation.of(
                        result.before()::busyNanos,
                        result.after()::busyNanos,
                        device.geometry().luns(),
                        result.window().nanos()),
                Utilisation.of(
                        result.before()::channelBusyNanos,
                        result.after()::channelBusyNanos,
                        device.geometry().channels(),
                        result.window().nanos()),
                virtual ? HostCosts.table() : null);
    }

    private <T> T ofReads(Function<ReadLoad, T> value) {
        return workload.reads().map(value).orElse(null);
    }

    private <T> T ofWrites(Function<WriteLoad, T> value) {
        return workload.writes().map(value).orElse(null);
    }

    private static List<Integer> sorted(List<Integer> luns) {
        List<Integer> sorted = luns == null ? new ArrayList<>() : new ArrayList<>(luns);
        sorted.sort(null);
        return sorted;
    }

    private static double rate(Measure measure, ToDoubleFunction<Measure> value) {
        return measure == null ? 0 : value.applyAsDouble(measure);
    }

    private static long count(Measure measure, ToLongFunction<Measure> value) {
        return measure == null ? 0 : value.applyAsLong(measure);
    }
}
