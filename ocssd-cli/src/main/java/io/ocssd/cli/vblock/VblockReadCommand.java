package io.ocssd.cli.vblock;

import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.OutputFiles;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.Sizes;
import io.ocssd.cli.frame.TargetOption;
import io.ocssd.cli.terminal.Meter;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.Target;
import io.ocssd.vblock.ReadHandle;
import io.ocssd.vblock.Vblock;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ocssd vblock read}. */
@Command(
        name = "read",
        description = "Read bytes of a vblock, all of them or a part.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img vblock read 0x100000001 --output data.bin",
            "  ocssd -d emu:drive.img vblock read 0x100000001 --offset 1M --length 4096 | hexdump -C"
        })
public final class VblockReadCommand implements Callable<Integer> {
    private static final int PIECE_BYTES = 1 << 20;

    private final Session session;

    @Mixin
    private TargetOption target = new TargetOption();

    @Parameters(paramLabel = "ID", description = "The vblock, as ocssd vblock list shows it.")
    private String id;

    @Option(
            names = "--offset",
            paramLabel = "SIZE",
            converter = Sizes.class,
            defaultValue = "0",
            description = "First byte. Default: 0.")
    private long offset;

    @Option(
            names = "--length",
            paramLabel = "SIZE",
            converter = Sizes.class,
            description = "How many bytes; to the end when not given.")
    private Long length;

    @Option(names = "--output", paramLabel = "FILE", description = "Write them to a file instead; - is stdout.")
    private String output;

    /** The verb in this session. */
    public VblockReadCommand(Session session) {
        this.session = session;
    }

    /** What was read, as JSON has it. */
    private record Got(VblockView vblock, long offsetBytes, long bytes, String output, boolean complete) {}

    @Override
    public Integer call() throws Exception {
        long wanted = VblockId.parse(id);
        boolean toStdout = output == null || output.equals("-");
        if (toStdout && session.json()) {
            throw Failure.usage("the bytes and --json both want stdout", "give --output a file");
        }
        if (!toStdout) {
            OutputFiles.check(session, output);
        }
        Got got = TargetVblocks.with(
                session, target, OpenOptions.defaults(), (open, drive) -> read(open, wanted, toStdout));
        if (session.json()) {
            session.json(got);
        } else if (!toStdout) {
            session.done("read " + Numbers.bytes(got.bytes()) + " of vblock "
                    + got.vblock().id() + " to " + output);
        }
        return got.complete() ? ExitStatus.OK : ExitStatus.REFUSED;
    }

    private Got read(Target open, long wanted, boolean toStdout) throws IOException {
        Vblock vblock = TargetVblocks.find(open.vblocks(), wanted);
        long most = vblock.length() - offset;
        if (most < 0 || (length != null && length > most)) {
            throw Failure.refused(
                    "vblock " + VblockView.id(wanted) + " has " + vblock.length() + " bytes, too few for "
                            + (length == null ? "" : length + " bytes ") + "from " + offset + " on",
                    "give a smaller --offset or --length");
        }
        long bytes = length == null ? most : length;
        // Not before it is known that there is something to read: a file that is there is written anew.
        try (OutputStream file = toStdout ? OutputStream.nullOutputStream() : new FileOutputStream(output);
                ReadHandle handle = open.vblocks().openHandle();
                Meter meter = session.meter("reading", bytes, "bytes")) {
            OutputStream out = toStdout ? session.out() : file;
            long done = 0;
            ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
            while (done < bytes && !session.interrupted()) {
                piece.clear().limit((int) Math.min(PIECE_BYTES, bytes - done));
                int count = piece.limit();
                vblock.read(handle, offset + done, piece);
                out.write(piece.array(), 0, count);
                done += count;
                meter.to(done);
            }
            out.flush();
            if (done < bytes) {
                session.note("stopped after " + done + " of " + bytes + " bytes");
            }
            return new Got(VblockView.of(vblock), offset, done, output, done == bytes);
        }
    }
}
