package io.ocssd.cli.bench.load;

import io.ocssd.cli.bench.measure.Measure;
import io.ocssd.cli.bench.measure.Window;
import io.ocssd.cli.frame.Failure;
import io.ocssd.device.BlockReport;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.FlashDevice;
import io.ocssd.error.GoneException;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Puts a load on a device and measures it. Used once, by one task of the device's scheduler. */
public final class LoadRun {
    private static final String SEE_OPEN = "see ocssd device report --state open";

    private final FlashDevice device;
    private final Scheduler scheduler;
    private final Workload workload;
    private final Monitor monitor;
    private final BlockReport report;
    private final BlockSupply supply;
    private final OpenRoom openRoom;
    private final SplittableRandom random;

    private LoadRun(FlashDevice device, Scheduler scheduler, Workload workload, Monitor monitor) throws GoneException {
        this.device = device;
        this.scheduler = scheduler;
        this.workload = workload;
        this.monitor = monitor;
        this.report = device.report();
        this.supply = new BlockSupply(report);
        this.openRoom = OpenRoom.of(device.limits(), report);
        this.random = new SplittableRandom(workload.seed());
    }

    /**
     * Runs a workload.
     *
     * @param restores whether the blocks that it writes are erased in the end, so that the drive is as it was but for their
     *     wear; not needed for a drive that is thrown away
     * @return what was measured, even when no LUN took writes any more before the end
     * @throws Failure when the device lacks what the workload needs
     */
    public static LoadResult run(
            FlashDevice device, Scheduler scheduler, Workload workload, boolean restores, Monitor monitor)
            throws Exception {
        LoadRun run = new LoadRun(device, scheduler, workload, monitor);
        LoadResult result;
        try {
            result = run.measure();
        } catch (Failure e) {
            if (restores) {
                new Restoration(device).restore(run.supply.touched());
            }
            throw e;
        }
        int left = restores ? new Restoration(device).restore(run.supply.touched()) : 0;
        return new LoadResult(
                result.window(),
                result.reads(),
                result.writes(),
                result.before(),
                result.after(),
                result.preparedBytes(),
                result.stopped(),
                result.deadWriters(),
                result.readBlocks(),
                result.refusal(),
                left);
    }

    private LoadResult measure() throws Exception {
        workload.writes().ifPresent(this::checkOpen);
        SplittableRandom places = random.split();
        SplittableRandom arrivals = random.split();
        SplittableRandom content = random.split();
        Preparation preparation = new Preparation(device, supply, monitor);
        ReadableData data = null;
        if (workload.reads().isPresent()) {
            ReadLoad load = workload.reads().get();
            data = preparation.prepare(load, report, openRoom.anywhereOn(load.luns()));
        }
        workload.writes().ifPresent(this::checkRoom);
        long now = scheduler.nanoTime();
        long begin = now + workload.warmupNanos();
        Window window =
                new Window(scheduler, begin, workload.count() > 0 ? Long.MAX_VALUE : begin + workload.durationNanos());
        Progress shown = Progress.shown(monitor, window, workload.count());
        Progress silent = Progress.silent(monitor, window);
        Measure reads = new Measure(window);
        Measure writes = new Measure(window);
        List<Stream> streams = new ArrayList<>();
        if (workload.reads().isPresent()) {
            streams.add(readStream(workload.reads().get(), data, places, arrivals, now, reads, shown));
        }
        if (workload.writes().isPresent()) {
            Progress progress = streams.isEmpty() ? shown : silent;
            long count = streams.isEmpty() ? workload.count() : 0;
            streams.add(writeStream(workload.writes().get(), arrivals, now, writes, content, count, progress));
        }
        List<Task> tasks = new ArrayList<>();
        for (Stream stream : streams) {
            tasks.add(scheduler.spawn("load-" + tasks.size(), stream::run));
        }
        window.awaitBegin();
        DeviceCounters before = device.counters();
        window.awaitEnd();
        DeviceCounters after = device.counters();
        joinAll(tasks);
        Optional<Failure> refusal = Optional.empty();
        if (streams.stream().anyMatch(Stream::isDead)) {
            refusal = Optional.of(Failure.refused(
                    "no LUN takes writes any more" + (writes.firstError() == null ? "" : ": " + writes.firstError()),
                    "see ocssd device report for the states of the blocks"));
        }
        return new LoadResult(
                window,
                workload.reads().map(load -> reads),
                workload.writes().map(load -> writes),
                before,
                after,
                preparation.writtenBytes(),
                shown.stopped() || silent.stopped(),
                streams.stream().mapToInt(Stream::dead).sum(),
                data == null ? 0 : data.fewestBlocks(),
                refusal,
                0);
    }

    private Stream readStream(
            ReadLoad load,
            ReadableData data,
            SplittableRandom places,
            SplittableRandom arrivals,
            long now,
            Measure measure,
            Progress progress) {
        ReadLane lane = new ReadLane(load, device.limits(), device.geometry().sectorBytes(), data, places);
        Pace pace = load.requestsPerSecond() > 0
                ? new PoissonPace(now, load.requestsPerSecond(), load.depth(), arrivals)
                : new ClosedPace(1, load.depth());
        return new Stream(device, scheduler, List.of(lane), pace, measure, workload.count(), progress);
    }

    private Stream writeStream(
            WriteLoad load,
            SplittableRandom arrivals,
            long now,
            Measure measure,
            SplittableRandom content,
            long count,
            Progress progress) {
        LunRotation rotation = new LunRotation(load.luns(), load.active(), supply);
        List<WriteLane> lanes = new ArrayList<>();
        for (int i = 0; i < load.active(); i++) {
            lanes.add(new WriteLane(
                    i, load, device.geometry(), device.limits(), supply, rotation, measure, content.split()));
        }
        int rooms = load.active() * load.depth();
        Pace pace = load.requestsPerSecond() > 0
                ? new PoissonPace(now, load.requestsPerSecond(), rooms, arrivals)
                : new ClosedPace(load.busyFraction(), rooms);
        return new Stream(device, scheduler, lanes, pace, measure, count, progress);
    }

    private void checkOpen(WriteLoad load) {
        int most = openRoom.whole();
        if (load.active() > most) {
            throw Failure.refused(
                    "writing " + load.active() + " LUNs at a time opens as many blocks, but the drive lets only " + most
                            + " more be open",
                    most == 0 ? SEE_OPEN : "give --write-active " + most + ", or less");
        }
        for (int lun : load.luns()) {
            if (openRoom.ofLun(lun) == 0) {
                throw Failure.refused(
                        "LUN " + lun + " has as many blocks open as the drive lets it have",
                        "choose other LUNs; " + SEE_OPEN);
            }
        }
    }

    private void checkRoom(WriteLoad load) {
        int with = 0;
        for (int lun : load.luns()) {
            with += supply.hasAny(lun) ? 1 : 0;
        }
        if (with < load.active()) {
            throw Failure.refused(
                    "of the LUNs to write only " + with + " have a free block, and " + load.active()
                            + " are to be written at a time",
                    "choose other LUNs; ocssd device report --state free shows where there is room");
        }
    }

    private static void joinAll(List<Task> tasks) throws Exception {
        Exception failure = null;
        for (Task task : tasks) {
            try {
                task.join();
            } catch (Exception e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
