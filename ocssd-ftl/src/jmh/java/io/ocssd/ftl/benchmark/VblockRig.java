package io.ocssd.ftl.benchmark;

import io.ocssd.Ocssd;
import io.ocssd.device.FlashDevice;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.io.Closeable;
import java.io.IOException;

/** Two drives alike, without any time of their own: one with a target that has all of it, one for the bare commands beside. */
final class VblockRig implements Closeable {
    private static final long WINDOW_BYTES = 1L << 28;

    final FlashDevice bare;
    final Vblocks vblocks;
    private final Drive drive;

    /** Makes both. */
    VblockRig(String shape) throws IOException {
        Scheduler scheduler = Scheduler.real();
        bare = Ocssd.openDevice(shape, scheduler);
        drive = Ocssd.open(shape, scheduler, OpenOptions.defaults().withWindowBytes(WINDOW_BYTES));
        vblocks = drive.createTarget(TargetRequest.wholeDrive("all")).vblocks();
    }

    /** A new vblock over so many LUNs. */
    VblockWriter allocate(int width) throws IOException {
        return vblocks.allocate(new VblockRequest(Stream.DATA, width, 0));
    }

    /** Appends buffers until nothing more fits. */
    static void fill(VblockWriter writer) throws IOException {
        while (writer.remaining(false) > 0) {
            writer.append(writer.takeBuffer());
        }
    }

    /** A drive lives long: what belongs to it is old, and stores of references into it cost what they then cost. */
    static void age() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
    }

    @Override
    public void close() {
        drive.close();
        bare.close();
    }
}
