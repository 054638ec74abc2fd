package io.ocssd.cli.io;

import com.google.common.collect.ImmutableList;
import io.ocssd.cli.frame.AddressArgument;
import io.ocssd.cli.frame.Confirmation;
import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Session;
import io.ocssd.device.FlashDevice;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ocssd io copy}. */
@Command(
        name = "copy",
        description = {
            "Let the device copy sectors by itself, and show what it answers for each of them.",
            "Nothing that is written can be written over, so it does not ask. After a command that failed no other is sent."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img io copy ch=0,lun=1,blk=7 --count 8 --to ch=1,lun=0,blk=3",
            "  ocssd -d emu:drive.img io copy ch=0,lun=1,blk=7,sec=0-3 --to ch=1,lun=0,blk=3,sec=0-3 --dry-run"
        })
public final class IoCopyCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Mixin
    private Confirmation confirmation = new Confirmation();

    @Option(
            names = "--to",
            paramLabel = "ADDR",
            required = true,
            description = "Where to: one address, from which on all sectors follow each other, or one for each ADDR.")
    private List<String> destinations = new ArrayList<>();

    /** The verb in this session. */
    public IoCopyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        if (place.isScalar()) {
            throw Failure.usage("--scalar: a copy lists its addresses", "leave --scalar away");
        }
        ImmutableList<AddressArgument> from = place.addresses();
        ImmutableList<AddressArgument> to = AddressArgument.parse(destinations);
        int count = place.count();
        IoOutcome outcome =
                new Devices(session).withDevice((device, scheduler) -> copy(device, scheduler, from, to, count));
        outcome.print(session);
        outcome.check();
        return ExitStatus.OK;
    }

    private IoOutcome copy(
            FlashDevice device, Scheduler scheduler, List<AddressArgument> from, List<AddressArgument> to, int count)
            throws IOException {
        Plan plan = Plan.copies(device, from, to, count);
        List<Answer> answers = confirmation.isDryRun() ? null : new Exchange(device, scheduler, plan, null, null).run();
        return new IoOutcome(plan, answers, 0, device.limits().wsMin());
    }
}
