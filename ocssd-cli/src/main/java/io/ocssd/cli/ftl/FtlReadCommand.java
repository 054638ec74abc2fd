package io.ocssd.cli.ftl;

import io.ocssd.block.BlockDevice;
import io.ocssd.block.BlockOptions;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.OutputFiles;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.TargetOption;
import io.ocssd.cli.terminal.Meter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ocssd ftl read}. */
@Command(
        name = "read",
        description = "Read sectors, all of them or some.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img ftl read --output disk.img",
            "  ocssd -d emu:drive.img ftl read --sector 100 --count 1 | hexdump -C"
        })
public final class FtlReadCommand implements Callable<Integer> {
    private static final int PIECE_SECTORS = 256;

    private final Session session;

    @Mixin
    private TargetOption target = new TargetOption();

    @Option(names = "--sector", paramLabel = "N", defaultValue = "0", description = "First sector. Default: 0.")
    private long sector;

    @Option(names = "--count", paramLabel = "N", description = "How many; to the end when not given.")
    private Long count;

    @Option(names = "--output", paramLabel = "FILE", description = "Write them to a file instead; - is stdout.")
    private String output;

    /** The verb in this session. */
    public FtlReadCommand(Session session) {
        this.session = session;
    }

    /** What was read, as JSON has it. */
    private record Got(long sector, long sectors, String output, boolean complete) {}

    @Override
    public Integer call() throws Exception {
        boolean toStdout = output == null || output.equals("-");
        if (toStdout && session.json()) {
            throw Failure.usage("the sectors and --json both want stdout", "give --output a file");
        }
        if (!toStdout) {
            OutputFiles.check(session, output);
        }
        Got got = OpenedBlockDevice.with(session, target, BlockOptions.defaults(), device -> read(device, toStdout));
        if (session.json()) {
            session.json(got);
        } else if (!toStdout) {
            session.done("read " + Numbers.count(got.sectors()) + " sectors to " + output);
        }
        return got.complete() ? ExitStatus.OK : ExitStatus.REFUSED;
    }

    private Got read(BlockDevice device, boolean toStdout) throws IOException {
        long wanted = count == null ? Math.max(0, device.sectors() - sector) : count;
        OpenedBlockDevice.checkRange(device, sector, wanted);
        // Not before it is known that there is something to read: a file that is there is written anew.
        try (OutputStream file = toStdout ? OutputStream.nullOutputStream() : new FileOutputStream(output);
                Meter meter = session.meter("reading", wanted, "sectors")) {
            OutputStream out = toStdout ? session.out() : file;
            ByteBuffer piece = ByteBuffer.allocate(PIECE_SECTORS * BlockDevice.SECTOR_BYTES);
            long done = 0;
            while (done < wanted && !session.interrupted()) {
                int sectors = (int) Math.min(PIECE_SECTORS, wanted - done);
                device.read(sector + done, piece.clear().limit(sectors * BlockDevice.SECTOR_BYTES));
                out.write(piece.array(), 0, sectors * BlockDevice.SECTOR_BYTES);
                done += sectors;
                meter.to(done);
            }
            out.flush();
            if (done < wanted) {
                session.note("stopped after " + done + " of " + wanted + " sectors");
            }
            return new Got(sector, done, output, done == wanted);
        }
    }
}
