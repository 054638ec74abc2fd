package io.ocssd.ftl.vblock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.ftl.TestDrive;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.ReadHandle;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What users of the C library liblightnvm ran into with its virtual blocks. Failed writes that lose their status are in {@link
 * DeviceErrorsTest}, writes that go on after a restart in {@link AbandonedVblockTest}, copies in an order that strict devices
 * refuse in {@link ScrubTest}.
 */
final class FormerDefectsTest {
    private static final String TINY = "mem:?profile=tiny&factoryBad=0&sectorBytes=512";
    private static final int GUARD = 0x5a;

    /** What a test does with the vblocks of a drive of its own. */
    @FunctionalInterface
    private interface Body {
        void run(Drive drive, Vblocks vblocks) throws Exception;
    }

    @Test
    void aReadOfOneByteTouchesNothingElseInTheBuffer() throws Exception {
        onDrive(TINY, (drive, vblocks) -> {
            Vblock vblock = sealed(vblocks, 2, random(10_000));
            byte[] memory = new byte[4096];
            Arrays.fill(memory, (byte) GUARD);
            vblock.read(700, ByteBuffer.wrap(memory, 1000, 1));
            assertThat(memory[1000]).isEqualTo(random(10_000)[700]);
            memory[1000] = GUARD;
            assertThat(memory).containsOnly(GUARD);
            IoBuffer direct = new IoBufferPool(4096, 1).tryTake();
            direct.bytes().put(0, memory).limit(512);
            try (ReadHandle handle = vblocks.openHandle()) {
                vblock.read(handle, 0, direct);
            }
            byte[] behind = new byte[4096 - 512];
            direct.bytes().clear().get(512, behind);
            assertThat(behind).containsOnly(GUARD);
        });
    }

    @Test
    void nothingIsWrittenBehindTheEndAndNothingIsNoLength() throws Exception {
        onDrive(TINY, (drive, vblocks) -> {
            VblockWriter writer = vblocks.allocate(request(2));
            assertThat(writer.append(ByteBuffer.allocate(0))).isZero();
            long room = writer.remaining(true);
            assertThatThrownBy(() -> writer.append(ByteBuffer.allocate((int) room + 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("remaining=" + room);
            byte[] bytes = random((int) room);
            writer.append(ByteBuffer.wrap(bytes));
            assertThat(writer.remaining(true)).isZero();
            assertThat(writer.append(ByteBuffer.allocate(0))).isEqualTo(room);
            writer.seal();
            assertHolds(writer.vblock(), bytes);
            writer.vblock().read(room, ByteBuffer.allocate(0));
        });
    }

    @Test
    void aFullVblockIsSealedLikeAnyOther() throws Exception {
        onDrive(TINY, (drive, vblocks) -> {
            VblockWriter writer = vblocks.allocate(request(1));
            byte[] bytes = random((int) writer.remaining(true));
            writer.append(ByteBuffer.wrap(bytes));
            writer.sync();
            writer.seal();
            assertHolds(writer.vblock(), bytes);
        });
    }

    @Test
    void aVblockMayHaveMoreThan128BlocksAndHasNoneTwice() throws Exception {
        try (TestDrive image = TestDrive.create(
                "channels=16&luns=12&blocks=16&sectors=32&sectorBytes=4096&wsMin=4&wsOpt=8&factoryBad=0")) {
            byte[] bytes = random(9_000_000);
            long id = TestDrive.simulated(1, scheduler -> {
                try (Drive drive = image.open(scheduler, "")) {
                    Vblocks vblocks =
                            drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
                    assertThat(vblocks.maxWidth()).isEqualTo(192);
                    Vblock vblock = sealed(vblocks, 192, bytes);
                    assertThat(new HashSet<>(vblock.luns())).hasSize(192);
                    assertHolds(vblock, bytes);
                    return vblock.id();
                }
            });
            TestDrive.simulated(2, scheduler -> {
                try (Drive drive = image.open(scheduler, "")) {
                    assertHolds(drive.target("t").vblocks().open(id), bytes);
                }
                return null;
            });
        }
    }

    @Test
    void whatIsClosedLeavesNothingBehind() throws Exception {
        onDrive(TINY, (drive, vblocks) -> {
            int available = vblocks.available(2);
            for (int i = 0; i < 300; i++) {
                VblockWriter writer = vblocks.allocate(request(2));
                writer.append(ByteBuffer.allocate(100));
                vblocks.openHandle().close();
                if (i % 2 == 0) {
                    writer.close();
                } else {
                    writer.seal();
                }
                writer.vblock().erase();
            }
            assertThat(vblocks.available(2)).isEqualTo(available);
            assertThat(vblocks.statistics().commandsUnderWay()).isZero();
        });
    }

    private static void onDrive(String uri, Body body) throws Exception {
        TestDrive.simulated(1, scheduler -> {
            try (Drive drive = Ocssd.open(uri, scheduler, OpenOptions.defaults())) {
                body.run(
                        drive, drive.createTarget(TargetRequest.wholeDrive("t")).vblocks());
            }
            return null;
        });
    }

    private static Vblock sealed(Vblocks vblocks, int width, byte[] bytes) throws Exception {
        VblockWriter writer = vblocks.allocate(request(width));
        writer.append(ByteBuffer.wrap(bytes));
        writer.seal();
        return writer.vblock();
    }

    private static VblockRequest request(int width) {
        return new VblockRequest(Stream.DATA, width, 0);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }

    private static void assertHolds(Vblock vblock, byte[] bytes) throws Exception {
        assertThat(vblock.length()).isEqualTo(bytes.length);
        ByteBuffer back = ByteBuffer.allocate(bytes.length);
        vblock.read(0, back);
        assertThat(back.array()).isEqualTo(bytes);
    }
}
