package io.ocssd.cli.watch;

import io.ocssd.Ocssd;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A program that has a drive open and writes to it: says "open" then, closes the drive when a line comes in on stdin and says
 * "closed", and ends with stdin.
 */
final class BusyProcess {
    private BusyProcess() {}

    /** Takes the URI of the drive. */
    public static void main(String[] arguments) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            try {
                stop.set(System.in.read() >= -1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        reader.start();
        try (Scheduler scheduler = Scheduler.real()) {
            scheduler.run("busy", () -> {
                try (Drive drive = Ocssd.open(arguments[0], scheduler, OpenOptions.defaults())) {
                    write(drive.createTarget(TargetRequest.wholeDrive("busy")).vblocks(), stop);
                }
                return null;
            });
        }
        System.out.println("closed");
        reader.join();
        while (System.in.read() >= 0) {
            // until nobody is there any more
        }
    }

    private static void write(Vblocks vblocks, AtomicBoolean stop) throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate(10_000);
        System.out.println("open");
        while (!stop.get()) {
            VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 1, 0));
            while (writer.remaining(true) >= bytes.capacity() && !stop.get()) {
                writer.append(bytes.clear());
            }
            writer.seal();
            vblocks.open(writer.vblock().id()).erase();
        }
    }
}
