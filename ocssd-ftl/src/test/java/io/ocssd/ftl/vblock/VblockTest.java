package io.ocssd.ftl.vblock;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.ftl.TestDrive;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class VblockTest {
    @Test
    void smoke() throws Exception {
        try (TestDrive image = TestDrive.create("profile=tiny")) {
            TestDrive.simulated(1, scheduler -> {
                smoke(image, scheduler);
                return null;
            });
        }
        try (TestDrive image = TestDrive.create("profile=tiny");
                Scheduler scheduler = Scheduler.real()) {
            smoke(image, scheduler);
        }
    }

    private static void smoke(TestDrive image, Scheduler scheduler) throws Exception {
        byte[] bytes = new byte[100_000];
        new SplittableRandom(1).nextBytes(bytes);
        long id;
        try (Drive drive = image.open(scheduler, "")) {
            Vblocks vblocks = drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
            VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.LOG, vblocks.maxWidth(), 7));
            id = writer.vblock().id();
            int at = 0;
            for (int step = 1; at < bytes.length; step = step * 3 % 7001) {
                int n = Math.min(step, bytes.length - at);
                assertThat(writer.append(ByteBuffer.wrap(bytes, at, n))).isEqualTo(at);
                at += n;
                if (step % 2 == 1) {
                    writer.sync();
                    check(writer.vblock(), bytes, at);
                }
            }
            writer.seal();
            check(writer.vblock(), bytes, at);
        }
        try (Drive drive = image.open(scheduler, "")) {
            Vblock vblock = drive.target("t").vblocks().open(id);
            check(vblock, bytes, bytes.length);
            System.out.println(drive.target("t").recovery() + " " + scheduler.nanoTime());
            vblock.erase();
            assertThat(drive.target("t").vblocks().list()).isEmpty();
        }
    }

    private static void check(Vblock vblock, byte[] bytes, int length) throws Exception {
        assertThat(vblock.length()).isEqualTo(length);
        ByteBuffer back = ByteBuffer.allocate(length);
        vblock.read(0, back);
        assertThat(back.flip()).isEqualTo(ByteBuffer.wrap(bytes, 0, length));
    }
}
