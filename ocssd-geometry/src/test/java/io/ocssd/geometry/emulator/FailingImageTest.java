package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockState;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** An image that can't be read or written in between: what could not be done is said, and nothing else has changed. */
final class FailingImageTest {
    private static final String SHAPE =
            "channels=1&luns=1&blocks=8&sectors=8&sectorBytes=512&wsMin=4&wsOpt=4&mwCunits=0&factoryBad=0&oobBytes=8";
    private static final String ZONES = "profile=zns-small&sectors=16&sectorBytes=512&maxOpen=1&maxActive=1";

    /** Bytes in memory that can't be had when a test says so. */
    private static final class Failing implements Backing {
        private final MemoryBacking good;
        private boolean failsReads;
        private boolean failsWrites;

        Failing(String shape) {
            CreationParameters made = Made.of(shape);
            good = new MemoryBacking(new ImageLayout(made.geometry(), made.payload()).bytes());
        }

        @Override
        public void read(ByteBuffer target, long offset) throws IOException {
            if (failsReads) {
                throw new IOException("no read");
            }
            good.read(target, offset);
        }

        @Override
        public void write(ByteBuffer source, long offset) throws IOException {
            if (failsWrites) {
                throw new IOException("no write");
            }
            good.write(source, offset);
        }

        @Override
        public void commit() {
            good.commit();
        }

        @Override
        public void force() {
            good.force();
        }

        @Override
        public boolean givesSpaceBack() {
            return good.givesSpaceBack();
        }

        @Override
        public void discard(long offset, long bytes) {
            good.discard(offset, bytes);
        }

        @Override
        public void close() {
            good.close();
        }
    }

    private interface Body {
        void run(Console drive, Failing image) throws Exception;
    }

    private static void on(String shape, Body body) throws Exception {
        Failing image = new Failing(shape);
        try (Console drive = Console.on(shape, image, media -> {})) {
            body.run(drive, image);
        }
    }

    @Test
    void aProgramThatCantBeKept() throws Exception {
        on(SHAPE + "&maxOpen=1", (drive, image) -> {
            image.failsWrites = true;
            for (int block = 1; block < 4; block++) {
                assertThat(drive.write(block, 0, 4)).isEqualTo(0x006);
                assertThat(drive.failed()).isEqualTo(0b1111);
                assertThat(drive.state(block)).isEqualTo(BlockState.FREE);
            }
            image.failsWrites = false;
            assertThat(drive.write(5, 0, 4)).as("no place was taken").isZero();
            assertThat(drive.write(6, 0, 4)).as("one is").isEqualTo(0x280);
            assertThat(drive.device.counters().programmedSectors()).isEqualTo(4);
        });
    }

    @Test
    void theRunsOfAProgramThatCantBeKept() throws Exception {
        on(SHAPE, (drive, image) -> {
            image.failsWrites = true;
            assertThat(drive.write(
                            drive.ppa(1, 0),
                            drive.ppa(1, 1),
                            drive.ppa(1, 2),
                            drive.ppa(1, 3),
                            drive.ppa(2, 0),
                            drive.ppa(2, 1),
                            drive.ppa(2, 2),
                            drive.ppa(2, 3)))
                    .isEqualTo(0x006);
            assertThat(drive.failed()).isEqualTo(0xFF);
        });
    }

    @Test
    void aReadOfWhatCantBeHad() throws Exception {
        on(SHAPE, (drive, image) -> {
            drive.fill(1);
            image.failsReads = true;
            assertThat(drive.read(drive.ppa(2, 0), drive.ppa(1, 0), drive.ppa(1, 1), drive.ppa(3, 0)))
                    .as("the gravest")
                    .isEqualTo(0x006);
            assertThat(drive.failed()).isEqualTo(0b1111);
            assertThat(drive.read(drive.ppa(1, 1), drive.ppa(1, 2))).isEqualTo(0x006);
            assertThat(drive.failed()).isEqualTo(0b11);
            image.failsReads = false;
            assertThat(drive.read(1, 0, 4)).isZero();
            assertThat(drive.mark(3)).isPositive();
        });
    }

    @Test
    void anEraseThatCantBeKept() throws Exception {
        on(SHAPE, (drive, image) -> {
            drive.fill(1);
            image.failsWrites = true;
            assertThat(drive.erase(drive.ppa(1, 0))).isEqualTo(0x006);
            assertThat(drive.failed()).isEqualTo(0b1);
            image.failsWrites = false;
            assertThat(drive.state(1)).isEqualTo(BlockState.CLOSED);
            assertThat(drive.device.report().eraseCount(1)).isZero();
            assertThat(drive.read(1, 0, 8)).isZero();
            assertThat(drive.erase(drive.ppa(1, 0))).isZero();
        });
    }

    @Test
    void aZoneWhoseStateCantBeKept() throws Exception {
        on(ZONES, (drive, image) -> {
            image.failsWrites = true;
            assertThat(drive.open(1)).isEqualTo(0x006);
            assertThat(drive.finish(1)).isEqualTo(0x006);
            image.failsWrites = false;
            assertThat(drive.state(1)).isEqualTo(BlockState.FREE);
            assertThat(drive.open(2)).as("no place was taken").isZero();
            assertThat(drive.open(3)).as("one is").isEqualTo(0x1BD);
            image.failsWrites = true;
            assertThat(drive.close(2)).isEqualTo(0x006);
            image.failsWrites = false;
            assertThat(drive.open(2)).isZero();
            assertThat(drive.write(2, 0, 1)).isZero();
            assertThat(drive.close(2)).isZero();
            image.failsWrites = true;
            assertThat(drive.open(2)).as("one that is active already").isEqualTo(0x006);
            image.failsWrites = false;
            assertThat(drive.open(3)).as("it still has its place").isEqualTo(0x1BD);
            assertThat(drive.open(2)).isZero();
            assertThat(drive.finish(2)).isZero();
            assertThat(drive.open(3)).isZero();
        });
    }
}
