package io.ocssd.cli.io;

import com.google.common.collect.ImmutableList;
import io.ocssd.cli.frame.AddressArgument;
import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.HexDump;
import io.ocssd.cli.frame.OutputFiles;
import io.ocssd.cli.frame.Session;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand.Operation;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ocssd io read}. */
@Command(
        name = "read",
        description = {
            "Read sectors, and show what the device answers for each of them.",
            "What can't be read is zeros in the output."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img io read ch=0,lun=1,blk=7 --count 8 --dump",
            "  ocssd -d emu:drive.img io read ch=0-3,lun=0-1,blk=7,sec=0-3 --output stripe.bin",
            "  ocssd -d emu:drive.img io read 0x1000000 --count 256 --output - --oob-output oob.bin | sha256sum"
        })
public final class IoReadCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Option(names = "--output", paramLabel = "FILE", description = "Write the data there; - is stdout.")
    private String output;

    @Option(names = "--oob-output", paramLabel = "FILE", description = "Write the out-of-band bytes there.")
    private String oobOutput;

    @Option(names = "--dump", description = "Show the bytes; with --json, as Base64.")
    private boolean dump;

    /** The verb in this session. */
    public IoReadCommand(Session session) {
        this.session = session;
    }

    /** What was read. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Got(IoOutcome outcome, byte[] data, byte[] oob) {}

    @Override
    public Integer call() throws Exception {
        boolean toStdout = "-".equals(output);
        if (toStdout && (session.json() || dump)) {
            throw Failure.usage(
                    "--output - and " + (dump ? "--dump" : "--json") + " both want stdout",
                    "give --output a file, or leave one of them away");
        }
        if ("-".equals(oobOutput)) {
            throw Failure.usage("--oob-output is no file", "name a file; only the data can go to stdout");
        }
        for (String file : new String[] {output, oobOutput}) {
            if (file != null && !file.equals("-")) {
                OutputFiles.check(session, file);
            }
        }
        ImmutableList<AddressArgument> addresses = place.addresses();
        int count = place.count();
        Got got = new Devices(session).withDevice((device, scheduler) -> read(device, scheduler, addresses, count));
        if (toStdout) {
            session.out().write(got.data(), 0, got.data().length);
            session.out().flush();
        } else {
            write(output, got.data());
        }
        write(oobOutput, got.oob());
        print(got, toStdout);
        got.outcome().check();
        return ExitStatus.OK;
    }

    private Got read(FlashDevice device, Scheduler scheduler, List<AddressArgument> addresses, int count)
            throws IOException {
        Geometry geometry = device.geometry();
        Plan plan = Plan.sectors(Operation.READ, device, addresses, count, place.isScalar());
        boolean wantsOob = geometry.oobBytes() > 0 && (oobOutput != null || dump);
        if (oobOutput != null && !wantsOob) {
            throw Failure.refused("this drive has no out-of-band bytes", "leave --oob-output away");
        }
        byte[] data = new byte[plan.size() * geometry.sectorBytes()];
        byte[] oob = wantsOob ? new byte[plan.size() * geometry.oobBytes()] : null;
        List<Answer> answers = new Exchange(
                        device, scheduler, plan, ByteBuffer.wrap(data), oob == null ? null : ByteBuffer.wrap(oob))
                .run();
        return new Got(new IoOutcome(plan, answers, data.length, device.limits().wsMin()), data, oob);
    }

    private void print(Got got, boolean toStdout) {
        if (toStdout) {
            got.outcome().printText(session, session.err());
        } else if (session.json()) {
            IoView view = got.outcome().view();
            session.json(dump ? view.withBytes(base64(got.data()), base64(got.oob())) : view);
        } else {
            got.outcome().print(session);
            if (dump) {
                HexDump.print(session.out(), got.data());
                if (got.oob() != null) {
                    session.out().println("out of band");
                    HexDump.print(session.out(), got.oob());
                }
            }
        }
    }

    private static String base64(byte[] bytes) {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
    }

    private static void write(String file, byte[] bytes) throws IOException {
        if (file != null) {
            Files.write(Path.of(file), bytes);
        }
    }
}
