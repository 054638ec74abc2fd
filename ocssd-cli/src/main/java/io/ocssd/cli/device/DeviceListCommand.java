package io.ocssd.cli.device;

import io.ocssd.Ocssd;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.Table;
import io.ocssd.device.FoundDevice;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code ocssd device list}. */
@Command(
        name = "list",
        description = {
            "Show the NVMe namespaces and zoned drives of this host, and what each can be opened as.",
            "Opens none of them and needs no privilege."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ocssd device list", "  ocssd device list --json"})
public final class DeviceListCommand implements Callable<Integer> {
    private final Session session;

    /** The verb in this session. */
    public DeviceListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        List<FoundDevice> found = Ocssd.devices();
        if (session.json()) {
            session.json(found.stream().map(View::of).toList());
            return ExitStatus.OK;
        }
        if (found.isEmpty()) {
            session.done(
                    "no NVMe namespace and no zoned drive on this host; ocssd device create makes an emulated one");
            return ExitStatus.OK;
        }
        Table table = new Table("node", ">size", "model", "serial", "opens as", "what it is");
        for (FoundDevice each : found) {
            table.row(
                    each.path(),
                    Numbers.bytes(each.capacityBytes()),
                    each.model(),
                    each.serial(),
                    each.uri().isEmpty() ? "-" : each.uri(),
                    each.note());
        }
        table.print(session.out());
        return ExitStatus.OK;
    }

    /**
     * One entry of the JSON document.
     *
     * @param uri what it can be opened as; null when nothing here opens it
     */
    private record View(String path, String model, String serial, long capacityBytes, String uri, String note) {
        static View of(FoundDevice found) {
            return new View(
                    found.path(),
                    found.model(),
                    found.serial(),
                    found.capacityBytes(),
                    found.uri().isEmpty() ? null : found.uri(),
                    found.note());
        }
    }
}
