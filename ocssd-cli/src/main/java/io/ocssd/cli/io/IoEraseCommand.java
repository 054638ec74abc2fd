package io.ocssd.cli.io;

import com.google.common.collect.ImmutableList;
import io.ocssd.cli.frame.AddressArgument;
import io.ocssd.cli.frame.Confirmation;
import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Session;
import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ocssd io erase}. */
@Command(
        name = "erase",
        description = {
            "Erase whole blocks, and show what the device answers for each of them.",
            "What is in them is gone for good: it asks on a terminal, and needs --yes elsewhere. An ADDR stands for the block"
                    + " that it is in, whatever its sector; a block that is named more than once is erased once. --count is"
                    + " a number of blocks."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img io erase ch=0,lun=1,blk=7",
            "  ocssd -d emu:drive.img io erase ch=0-3,lun=0-1,blk=7-9 --yes",
            "  ocssd -d emu:drive.img io erase 0x7000000 --count 4 --dry-run"
        })
public final class IoEraseCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Mixin
    private Confirmation confirmation = new Confirmation();

    /** The verb in this session. */
    public IoEraseCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        ImmutableList<AddressArgument> addresses = place.addresses();
        int count = place.count();
        Devices devices = new Devices(session);
        DeviceUri uri = devices.chosen();
        IoOutcome outcome =
                devices.withDevice(uri, (device, scheduler) -> erase(uri, device, scheduler, addresses, count));
        outcome.print(session);
        outcome.check();
        return ExitStatus.OK;
    }

    private IoOutcome erase(
            DeviceUri uri, FlashDevice device, Scheduler scheduler, List<AddressArgument> addresses, int count)
            throws IOException {
        // Only the geometry tells which of the addresses are of the same block.
        Plan plan = Plan.blocks(device, addresses, count, place.isScalar());
        confirmation.require(session, "erase " + plan.size() + (plan.size() == 1 ? " block of " : " blocks of ") + uri);
        List<Answer> answers = confirmation.isDryRun() ? null : new Exchange(device, scheduler, plan, null, null).run();
        return new IoOutcome(plan, answers, 0, device.limits().wsMin());
    }
}
