package io.ocssd.cli.ftl;

import io.ocssd.block.BlockDevice;
import io.ocssd.block.BlockOptions;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.TargetOption;
import io.ocssd.cli.terminal.Meter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ocssd ftl write}. */
@Command(
        name = "write",
        description = {
            "Write whole sectors; durable when it returns.",
            "A file that does not fit or ends within a sector is refused before anything is written. With --atomic all sectors are"
                    + " there after a cut, or none."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img ftl write --sector 100 --input data.bin",
            "  dd if=/dev/urandom bs=4096 count=8 | ocssd -d emu:drive.img ftl write --input - --atomic"
        })
public final class FtlWriteCommand implements Callable<Integer> {
    private static final int PIECE_BYTES = 256 * BlockDevice.SECTOR_BYTES;

    private final Session session;

    @Mixin
    private TargetOption target = new TargetOption();

    @Option(names = "--sector", paramLabel = "N", defaultValue = "0", description = "First sector. Default: 0.")
    private long sector;

    @Option(names = "--input", paramLabel = "FILE", required = true, description = "What to write; - is stdin.")
    private String input;

    @Option(names = "--atomic", description = "All of it or nothing; only so much as ocssd ftl info says.")
    private boolean atomic;

    /** The verb in this session. */
    public FtlWriteCommand(Session session) {
        this.session = session;
    }

    /** What was written, as JSON has it. */
    private record Written(long sector, long sectors, boolean complete) {}

    @Override
    public Integer call() throws Exception {
        long known = input.equals("-") ? -1 : Files.size(Path.of(input));
        Written written =
                OpenedBlockDevice.with(session, target, BlockOptions.defaults(), device -> write(device, known));
        if (session.json()) {
            session.json(written);
        } else {
            session.done("wrote " + Numbers.count(written.sectors()) + " sectors from sector " + written.sector());
        }
        return written.complete() ? ExitStatus.OK : ExitStatus.REFUSED;
    }

    private Written write(BlockDevice device, long known) throws IOException {
        if (known >= 0) {
            checkWhole(known, 0);
            OpenedBlockDevice.checkRange(device, sector, known / BlockDevice.SECTOR_BYTES);
        }
        try (InputStream in = input.equals("-") ? session.host().in() : Files.newInputStream(Path.of(input))) {
            return atomic ? writeAtomically(device, in) : writeAll(device, in, known);
        }
    }

    private Written writeAtomically(BlockDevice device, InputStream in) throws IOException {
        int most = device.mostAtomicSectors();
        byte[] all = in.readNBytes(most * BlockDevice.SECTOR_BYTES + 1);
        if (all.length > most * BlockDevice.SECTOR_BYTES) {
            throw Failure.refused(
                    "the input is larger than the " + most + " sectors that can be written atomically",
                    "leave --atomic out, or write less");
        }
        checkWhole(all.length, 0);
        int count = all.length / BlockDevice.SECTOR_BYTES;
        OpenedBlockDevice.checkRange(device, sector, count);
        if (count > 0) {
            device.writeAtomically(LongStream.range(sector, sector + count).toArray(), ByteBuffer.wrap(all));
            device.flush();
        }
        return new Written(sector, count, true);
    }

    private Written writeAll(BlockDevice device, InputStream in, long known) throws IOException {
        long done = 0;
        boolean ended = false;
        try (Meter meter = session.meter("writing", Math.max(0, known), "bytes")) {
            while (!ended && !session.interrupted()) {
                byte[] piece = in.readNBytes(PIECE_BYTES);
                ended = piece.length < PIECE_BYTES;
                checkWhole(piece.length, done);
                int sectors = piece.length / BlockDevice.SECTOR_BYTES;
                OpenedBlockDevice.checkRange(device, sector + done, sectors);
                device.write(sector + done, ByteBuffer.wrap(piece));
                done += sectors;
                meter.to(done * BlockDevice.SECTOR_BYTES);
            }
        }
        device.flush();
        if (!ended) {
            session.note("stopped after " + done + " sectors");
        }
        return new Written(sector, done, ended);
    }

    private static void checkWhole(long bytes, long before) {
        if (bytes % BlockDevice.SECTOR_BYTES != 0) {
            throw Failure.refused(
                    "the input ends within a sector of " + BlockDevice.SECTOR_BYTES + " bytes"
                            + (before > 0 ? "; " + before + " sectors before that were written" : ""),
                    "fill it up to whole sectors");
        }
    }
}
