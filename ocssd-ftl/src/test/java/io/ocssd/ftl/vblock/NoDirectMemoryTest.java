package io.ocssd.ftl.vblock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockState;
import io.ocssd.error.BusyException;
import io.ocssd.ftl.TestDrive;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A JVM that has no direct memory left for the OOB bytes of a vblock: one of its own, so that no other test is in want. */
final class NoDirectMemoryTest {
    private static final int MOST_BYTES = 16 << 20;
    /** Less than the OOB bytes of a vblock take. */
    private static final int LEAST_BYTES = 4096;

    @Test
    void whatWasTakenForAVblockIsGivenBack() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:MaxDirectMemorySize=" + MOST_BYTES,
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        InWant.class.getName())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
    }

    /** What runs in that JVM. */
    static final class InWant {
        private InWant() {}

        public static void main(String[] arguments) throws Exception {
            TestDrive.simulated(1, scheduler -> {
                try (Drive drive =
                        Ocssd.open("mem:?profile=tiny&factoryBad=0&maxOpen=14", scheduler, OpenOptions.defaults())) {
                    Vblocks vblocks =
                            drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
                    run(drive, vblocks);
                }
                return null;
            });
        }

        private static void run(Drive drive, Vblocks vblocks) throws Exception {
            VblockRequest request = new VblockRequest(Stream.DATA, 4, 0);
            // Its window is kept for the next vblock.
            VblockWriter first = vblocks.allocate(request);
            first.seal();
            first.vblock().erase();
            int available = vblocks.available(4);
            List<ByteBuffer> taken = takeAll();
            assertThatThrownBy(() -> vblocks.allocate(request))
                    .isInstanceOf(BusyException.class)
                    .hasMessageContaining("direct memory left for the OOB bytes");
            assertThat(taken).isNotEmpty();
            taken.clear();
            assertThat(vblocks.available(4)).isEqualTo(available);
            assertThat(drive.device().report().count(BlockState.OPEN)).isLessThanOrEqualTo(1);
            List<VblockWriter> writers = new ArrayList<>();
            while (writers.size() < vblocks.maxWriters(4)) {
                writers.add(vblocks.allocate(request));
            }
            assertThat(writers).hasSize(3);
        }

        /** What nobody uses any more is found by the last attempt, and taken, too. */
        private static List<ByteBuffer> takeAll() {
            List<ByteBuffer> taken = new ArrayList<>();
            try {
                while (true) {
                    taken.add(ByteBuffer.allocateDirect(LEAST_BYTES));
                }
            } catch (OutOfMemoryError e) {
                return taken;
            }
        }
    }
}
