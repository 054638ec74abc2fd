package io.ocssd.cli.badblock;

import io.ocssd.cli.frame.AddressArgument;
import io.ocssd.cli.frame.Confirmation;
import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Session;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.target.Drive;
import io.ocssd.target.TargetInfo;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ocssd badblock mark}. */
@Command(
        name = "mark",
        description = {
            "Take blocks out of use for good.",
            "The target that a block belongs to remembers it, so a block that is no target's can't be marked, nor one of the"
                    + " label, nor one that a vblock has: that vblock has to be erased first. It can't be taken back but by removing"
                    + " the target: it asks on a terminal, and needs --yes elsewhere."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img badblock mark ch=0,lun=1,blk=7",
            "  ocssd -d emu:drive.img badblock mark 0x10007000000 --yes"
        })
public final class BadblockMarkCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ADDR", arity = "1..*", description = "Any address in each block.")
    private List<String> addresses;

    @Mixin
    private Confirmation confirmation = new Confirmation();

    /** The verb in this session. */
    public BadblockMarkCommand(Session session) {
        this.session = session;
    }

    /** What was marked, as JSON has it. */
    private record Marked(List<String> blocks, boolean dryRun) {}

    @Override
    public Integer call() throws Exception {
        List<AddressArgument> parsed = AddressArgument.parse(addresses);
        Marked marked = new Devices(session).withDrive((drive, scheduler) -> mark(drive, parsed));
        if (session.json()) {
            session.json(marked);
        }
        int count = marked.blocks().size();
        session.done((marked.dryRun() ? "would mark " : "marked ") + count + (count == 1 ? " block" : " blocks"));
        return ExitStatus.OK;
    }

    private Marked mark(Drive drive, List<AddressArgument> parsed) throws IOException {
        FlashDevice device = drive.device();
        Geometry geometry = device.geometry();
        TreeSet<Integer> blocks = new TreeSet<>();
        for (AddressArgument each : parsed) {
            blocks.add(geometry.blockIndex(each.ppa(geometry, device.limits())));
        }
        TreeMap<Integer, String> owners = new TreeMap<>();
        for (int block : blocks) {
            owners.put(block, owner(drive, block));
        }
        confirmation.require(
                session,
                "take " + blocks.size() + (blocks.size() == 1 ? " block" : " blocks") + " out of use for good");
        if (!confirmation.isDryRun()) {
            for (int block : blocks) {
                drive.target(owners.get(block)).markBad(block);
            }
        }
        return new Marked(
                blocks.stream()
                        .map(block -> "0x" + Long.toHexString(geometry.blockPpa(block)))
                        .toList(),
                confirmation.isDryRun());
    }

    private static String owner(Drive drive, int block) {
        Geometry geometry = drive.device().geometry();
        String address = "block 0x" + Long.toHexString(geometry.blockPpa(block));
        if (drive.reservedBlocks().contains(block)) {
            throw Failure.refused(address + " belongs to the label", "choose a block of a target");
        }
        for (TargetInfo target : drive.targets()) {
            boolean has = target.blocks().isEmpty()
                    ? target.luns().contains(geometry.lunIndex(geometry.blockPpa(block)))
                    : target.blocks().stream()
                            .anyMatch(run -> block >= run.first() && block < run.first() + run.count());
            if (has) {
                return target.name();
            }
        }
        throw Failure.refused(
                address + " belongs to no target, so nobody would remember that it is bad",
                "make a target of it first with ocssd target create");
    }
}
