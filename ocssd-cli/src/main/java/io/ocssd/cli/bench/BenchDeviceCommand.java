package io.ocssd.cli.bench;

import io.ocssd.cli.bench.load.LoadResult;
import io.ocssd.cli.bench.load.LoadRun;
import io.ocssd.cli.bench.load.Workload;
import io.ocssd.cli.bench.measure.Measure;
import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Session;
import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import io.ocssd.scheduler.Scheduler;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ocssd bench device}. */
@Command(
        name = "device",
        header = "Read and write a device, and measure bandwidth, IOPS, latencies and how busy its LUNs are.",
        description = {
            "Without -d, on an emulated drive of its own, in the drive's own time: the same options and seed give the same"
                    + " figures. With -d, on that device: only blocks that are free are written, and they are erased again"
                    + " in the end.",
            "",
            "A request of more than 64 sectors is sent as several commands and ends with the last. Its latency begins when"
                    + " it comes: in a closed loop when it is sent, with --arrivals poisson when it was due, however long"
                    + " it had to wait to be sent. Reads stay on one LUN; what they read is written before and not"
                    + " measured. Writers fill one block after the other. When a LUN has no free block any more, the one"
                    + " written first is erased, between two requests: that takes from the bandwidth, and counts in the"
                    + " latency of a write only when that one had come before the erase was done."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd bench device",
            "  ocssd bench device --pattern seqwrite --luns 0-3 --block-size 64K",
            "  ocssd bench device --pattern mixed --luns 0 --arrivals poisson --rate 100 --write-busy 0.5 --count 10000",
            "  ocssd bench device --pattern mixed --block-size 256K --queue-depth 16 --write-active 4 --json",
            "  ocssd -d emu:drive.img bench device --pattern randread --queue-depth 32"
        })
public final class BenchDeviceCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private DriveOptions drive = new DriveOptions();

    @Mixin
    private LoadOptions load = new LoadOptions();

    /** The verb in this session. */
    public BenchDeviceCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Planner planner = new Planner(load);
        planner.checkUsage();
        Devices devices = new Devices(session);
        DeviceUri uri = drive.uri(session, devices, load.seed);
        boolean virtual = Devices.isVirtual(uri);
        BenchOutcome outcome =
                devices.withDevice(uri, load.seed, (device, scheduler) -> run(device, scheduler, planner, virtual));
        if (outcome.blocksLeft() > 0) {
            session.note(outcome.blocksLeft() + " blocks that were written could not be erased again");
        }
        if (session.json()) {
            session.json(outcome.report());
        } else {
            new BenchText(session.out(), session.colours()).print(outcome);
        }
        if (outcome.refusal() != null) {
            throw outcome.refusal();
        }
        return outcome.report().stopped() ? ExitStatus.REFUSED : ExitStatus.OK;
    }

    private BenchOutcome run(FlashDevice device, Scheduler scheduler, Planner planner, boolean virtual)
            throws Exception {
        Workload workload = planner.plan(device.geometry(), device.limits());
        LoadResult result;
        try (BenchProgress progress = new BenchProgress(session)) {
            result = LoadRun.run(device, scheduler, workload, !drive.isOwn(), progress);
        }
        if (workload.reads().isPresent() && result.readBlocks() < load.readBlocks) {
            session.note("--read-blocks " + load.readBlocks + ": a LUN has only " + result.readBlocks()
                    + " that can be read");
        }
        return new BenchOutcome(
                new DeviceBench(device, load, workload, result).report(virtual),
                device.geometry(),
                result.reads().map(Measure::latencies).orElse(null),
                result.writes().map(Measure::latencies).orElse(null),
                result.refusal().orElse(null),
                result.blocksLeft());
    }
}
