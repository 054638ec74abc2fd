package io.ocssd.cli.watch;

import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.Durations;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Session;
import io.ocssd.device.DeviceUri;
import io.ocssd.error.BusyException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ocssd device watch}. */
@Command(
        name = "watch",
        description = {
            "Show live counters of the process that owns a drive: its drives and the targets that it has open, as rates.",
            "Rates are by the clock of the host, also where the drive's clock is a virtual one."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd device watch 4711",
            "  ocssd -d emu:drive.img device watch --interval 5s",
            "  ocssd -d emu:drive.img device watch --count 10 --json"
        })
public final class DeviceWatchCommand implements Callable<Integer> {
    private static final long SECOND_NANOS = 1_000_000_000;
    private static final long HOUR_NANOS = 3_600 * SECOND_NANOS;

    private final Session session;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PID",
            description = "The process; without it, the one that has the drive of -d open.")
    private Long process;

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            defaultValue = "1s",
            converter = Durations.class,
            description = "How long an interval is, 1s to 1h; default ${DEFAULT-VALUE}.")
    private long intervalNanos;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "End after so many intervals; without it, when the process ends or by Ctrl-C.")
    private Long count;

    /** The verb in this session. */
    public DeviceWatchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        if (intervalNanos < SECOND_NANOS || intervalNanos > HOUR_NANOS) {
            throw Failure.usage("an interval is 1s to 1h long", "give --interval 1s or more");
        }
        if (count != null && count < 1) {
            throw Failure.usage("--count " + count + " is less than 1", "leave it away to watch on and on");
        }
        if (process != null && process < 1) {
            throw Failure.usage(process + " is no process id", "jcmd -l lists the Java processes");
        }
        long owner = process != null ? process : owner();
        Duration interval = Duration.ofNanos(intervalNanos);
        WatchDisplay display =
                session.json() ? new WatchJson(session.out()) : new WatchText(session.out(), session.colours());
        WatchedProcess watched = WatchedProcess.of(owner);
        new Watcher(session, owner, display, count == null ? 0 : count, interval).run(watched, interval);
        return ExitStatus.OK;
    }

    /** The process that has the chosen drive open. */
    private long owner() throws Exception {
        if (session.device().isEmpty()) {
            throw Failure.usage(
                    "no process and no device given", "give the id of the process, or name its drive with -d");
        }
        Devices devices = new Devices(session);
        DeviceUri uri = devices.chosen();
        if (uri.toString().matches("([a-z]+\\+)*mem:.*")) {
            throw Failure.usage(
                    "a drive in memory can't be seen from outside its process", "give the id of that process instead");
        }
        try {
            devices.withDevice(uri, (device, scheduler) -> null);
        } catch (BusyException e) {
            OptionalLong holder = e.process();
            if (holder.isEmpty()) {
                throw e;
            }
            return holder.getAsLong();
        }
        throw Failure.refused("no process has " + uri + " open", "start the one that is to be watched first");
    }
}
