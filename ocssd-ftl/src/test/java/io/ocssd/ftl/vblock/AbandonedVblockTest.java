package io.ocssd.ftl.vblock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.ftl.TestDrive;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A writer that is closed without seal leaves what a crash would leave, in this opening and in the next one. */
final class AbandonedVblockTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5_000, 60_000})
    void endsAtItsLastSync(int syncedBytes) throws Exception {
        byte[] bytes = new byte[syncedBytes + 100_000];
        new SplittableRandom(syncedBytes).nextBytes(bytes);
        try (TestDrive image = TestDrive.create("profile=tiny")) {
            long id = TestDrive.simulated(1, scheduler -> {
                try (Drive drive = image.open(scheduler, "")) {
                    Vblocks vblocks =
                            drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
                    VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.LOG, 2, 0));
                    writer.append(ByteBuffer.wrap(bytes, 0, syncedBytes));
                    writer.sync();
                    writer.append(ByteBuffer.wrap(bytes, syncedBytes, 100_000));
                    assertThat(writer.vblock().length()).isGreaterThan(syncedBytes);
                    writer.close();
                    check(writer.vblock(), bytes, syncedBytes);
                    return writer.vblock().id();
                }
            });
            TestDrive.simulated(2, scheduler -> {
                try (Drive drive = image.open(scheduler, "")) {
                    check(drive.target("t").vblocks().open(id), bytes, syncedBytes);
                }
                return null;
            });
        }
    }

    @Test
    void canBeErased() throws Exception {
        try (TestDrive image = TestDrive.create("profile=tiny")) {
            TestDrive.simulated(1, scheduler -> {
                try (Drive drive = image.open(scheduler, "")) {
                    Vblocks vblocks =
                            drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
                    int before = vblocks.available(2);
                    VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.LOG, 2, 0));
                    writer.append(ByteBuffer.allocate(50_000));
                    writer.close();
                    writer.vblock().erase();
                    assertThat(vblocks.available(2)).isEqualTo(before);
                }
                return null;
            });
        }
    }

    private static void check(Vblock vblock, byte[] bytes, int syncedBytes) throws Exception {
        assertThat(vblock.length()).isEqualTo(syncedBytes);
        ByteBuffer target = ByteBuffer.allocate(syncedBytes);
        vblock.read(0, target);
        assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(bytes, 0, syncedBytes));
        assertThatThrownBy(() -> vblock.read(syncedBytes, ByteBuffer.allocate(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
