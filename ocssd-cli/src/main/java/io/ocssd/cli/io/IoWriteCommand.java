package io.ocssd.cli.io;

import com.google.common.collect.ImmutableList;
import io.ocssd.cli.frame.AddressArgument;
import io.ocssd.cli.frame.Confirmation;
import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Session;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand.Operation;
import io.ocssd.device.Ppa;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ocssd io write}. */
@Command(
        name = "write",
        description = {
            "Program sectors at the write pointer of their block, and show what the device answers for each of them.",
            "Nothing that is written can be written over, so it does not ask. A command that the device refuses writes nothing:"
                    + " what it does not call wrong is shown as not written. With one ADDR and without --count as many"
                    + " sectors are written as the input fills. What the input does not fill is zeros; an empty one writes"
                    + " nothing and is refused. After a command that failed no other is sent."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img io write ch=0,lun=1,blk=7 --input data.bin",
            "  ocssd -d emu:drive.img io write ch=0-3,lun=0,blk=7 --count 8 --input stripe.bin --oob-input oob.bin",
            "  head -c 32K /dev/urandom | ocssd -d emu:drive.img io write 0x7000000 --input - --scalar"
        })
public final class IoWriteCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Mixin
    private Confirmation confirmation = new Confirmation();

    @Option(names = "--input", paramLabel = "FILE", required = true, description = "The data; - is stdin.")
    private String input;

    @Option(names = "--oob-input", paramLabel = "FILE", description = "The out-of-band bytes; zeros without it.")
    private String oobInput;

    /** The verb in this session. */
    public IoWriteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        if ("-".equals(oobInput)) {
            throw Failure.usage("--oob-input is no file", "name a file; only the data can come from stdin");
        }
        ImmutableList<AddressArgument> addresses = place.addresses();
        int count = place.count();
        // Before the device is opened: it may be the only thing that takes long.
        byte[] data = read(input, Plan.MOST_BYTES, "can be moved at once");
        if (data.length == 0) {
            throw Failure.refused(
                    name(input) + " is empty", "give the bytes to write; head -c 32K /dev/zero makes zeros");
        }
        IoOutcome outcome = new Devices(session)
                .withDevice((device, scheduler) -> write(device, scheduler, addresses, count, data));
        outcome.print(session);
        outcome.check();
        return ExitStatus.OK;
    }

    private IoOutcome write(
            FlashDevice device, Scheduler scheduler, List<AddressArgument> addresses, int count, byte[] data)
            throws IOException {
        Geometry geometry = device.geometry();
        int sectors = place.hasCount() || addresses.size() > 1 ? count : fitting(device, addresses.get(0), data.length);
        Plan plan = Plan.sectors(Operation.WRITE, device, addresses, sectors, place.isScalar());
        long room = (long) plan.size() * geometry.sectorBytes();
        checkFits(data.length, room, () -> moreThan(device, addresses, data.length));
        ByteBuffer oob = null;
        if (oobInput != null) {
            long oobRoom = (long) plan.size() * geometry.oobBytes();
            byte[] bytes =
                    read(oobInput, oobRoom, "the " + oobRoom + " out-of-band bytes of " + plan.size() + " sectors");
            oob = padded(bytes, (int) oobRoom);
        }
        if (confirmation.isDryRun()) {
            return new IoOutcome(plan, null, room, device.limits().wsMin());
        }
        List<Answer> answers = new Exchange(device, scheduler, plan, padded(data, (int) room), oob).run();
        return new IoOutcome(plan, answers, room, device.limits().wsMin());
    }

    /** As many sectors as bytes fill. */
    private int fitting(FlashDevice device, AddressArgument address, int bytes) {
        Geometry geometry = device.geometry();
        int left = left(device, address);
        checkFits(
                bytes,
                (long) left * geometry.sectorBytes(),
                () -> "give less: the block has room for " + left + " sectors from " + address + " on");
        return sectors(bytes, geometry);
    }

    private static int sectors(int bytes, Geometry geometry) {
        return (int) (((long) bytes + geometry.sectorBytes() - 1) / geometry.sectorBytes());
    }

    /** Sectors from an address to the end of its block. */
    private static int left(FlashDevice device, AddressArgument address) {
        return device.geometry().sectorsPerBlock() - Ppa.sector(address.ppa(device.geometry(), device.limits()));
    }

    /** What to do about more bytes than the chosen sectors hold. */
    private static String moreThan(FlashDevice device, List<AddressArgument> addresses, int bytes) {
        int wsMin = device.limits().wsMin();
        int each = (sectors(bytes, device.geometry()) + addresses.size() - 1) / addresses.size();
        int count = (each + wsMin - 1) / wsMin * wsMin;
        return addresses.stream().allMatch(address -> count <= left(device, address))
                ? "give --count " + count + ", so many sectors of each ADDR"
                : "give less, or more addresses";
    }

    private void checkFits(long bytes, long room, Supplier<String> hint) {
        if (bytes > room) {
            throw Failure.refused(
                    name(input) + " has " + bytes + " bytes, more than the " + room + " of the sectors to write",
                    hint.get());
        }
    }

    /** All bytes of a file that has at most so many. */
    private byte[] read(String file, long most, String than) throws IOException {
        try (InputStream in = file.equals("-") ? session.host().in() : Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, most + 1));
            if (bytes.length > most) {
                throw Failure.refused(name(file) + " has more bytes than " + than, "give less");
            }
            return bytes;
        }
    }

    private static String name(String file) {
        return file.equals("-") ? "stdin" : file;
    }

    private static ByteBuffer padded(byte[] bytes, int length) {
        return ByteBuffer.allocate(length).put(bytes).clear();
    }
}
