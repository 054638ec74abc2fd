package io.ocssd.ftl.vblock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.buffer.IoBuffer;
import io.ocssd.device.Ppa;
import io.ocssd.error.DeviceException;
import io.ocssd.ftl.TestDrive;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sector that the media can't deliver costs what it held, and nothing else, whatever recovery needed it for. */
final class UnreadableSectorsTest {
    private static final String SHAPE = "profile=tiny&factoryBad=0&sectorBytes=512&sectors=96&class=";
    private static final int STAGED_BYTES = 900;

    /** What a life needs of a drive that it opens. */
    @FunctionalInterface
    private interface Life {
        void live(Drive drive) throws Exception;
    }

    private long id;
    private byte[] bytes;

    @ParameterizedTest
    @ValueSource(strings = {"protected", "volatile-pairs"})
    void oneAmongRawUnitsDoesNotEndAVblockThatIsScanned(String durability) throws Exception {
        try (TestDrive image = TestDrive.create(SHAPE + durability)) {
            long[] lost = new long[1];
            live(image, "", drive -> {
                VblockWriter writer = drive.createTarget(TargetRequest.wholeDrive("t"))
                        .vblocks()
                        .allocate(new VblockRequest(Stream.DATA, 2, 0));
                bytes = new byte[24 * drive.device().limits().wsOpt() * 512];
                new SplittableRandom(3).nextBytes(bytes);
                appendRaw(writer, bytes);
                writer.sync();
                lost[0] = ((FlashVblock) writer.vblock())
                        .map()
                        .ppa(1, 2 * drive.device().limits().wsOpt() + 1);
                id = writer.vblock().id();
                writer.close();
            });
            live(image, unreadable(lost[0]), drive -> {
                Vblock vblock = drive.target("t").vblocks().open(id);
                assertThat(vblock.length()).isEqualTo(bytes.length);
                assertThatThrownBy(() -> vblock.read(0, ByteBuffer.allocate(bytes.length)))
                        .isInstanceOf(DeviceException.class)
                        .hasMessageContaining("unrecovered read error");
                ByteBuffer end = ByteBuffer.allocate(bytes.length / 4);
                vblock.read(bytes.length - end.capacity(), end);
                assertThat(end.flip()).isEqualTo(ByteBuffer.wrap(bytes, bytes.length - end.limit(), end.limit()));
            });
            live(image, "", this::assertAllThere);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"protected", "volatile-pairs"})
    void theHeaderOfABlockThatHoldsNothingDoesNotTakeTheVblockAlong(String durability) throws Exception {
        headerIsUnreadableOnce(durability, STAGED_BYTES, 3, false);
    }

    @ParameterizedTest
    @CsvSource({"protected, 0", "protected, 1", "protected, 20", "volatile-pairs, 0", "volatile-pairs, 7"})
    void theHeaderOfAFrameTakesThatFrameAlone(String durability, int lostFrame) throws Exception {
        try (TestDrive image = TestDrive.create(SHAPE + durability)) {
            long[] lost = new long[1];
            List<Integer> starts = new ArrayList<>();
            live(image, "", drive -> {
                VblockWriter writer = drive.createTarget(TargetRequest.wholeDrive("t"))
                        .vblocks()
                        .allocate(new VblockRequest(Stream.LOG, 2, 0));
                FlashVblock vblock = (FlashVblock) writer.vblock();
                bytes = new byte[60_000];
                new SplittableRandom(5).nextBytes(bytes);
                writer.append(ByteBuffer.wrap(bytes));
                writer.sync();
                for (int i = 0; i < vblock.extents().count(); i++) {
                    starts.add((int) vblock.extents().start(i));
                }
                starts.add(bytes.length);
                long streamSector = vblock.extents().streamSector(lostFrame);
                lost[0] = vblock.map()
                        .ppa(
                                vblock.layout().place(streamSector),
                                vblock.layout().sector(streamSector));
                id = vblock.id();
                writer.close();
            });
            live(image, unreadable(lost[0]), drive -> {
                Vblock vblock = drive.target("t").vblocks().open(id);
                assertThat(vblock.length()).isEqualTo(bytes.length);
                for (int i = 0; i < starts.size() - 1; i++) {
                    int from = starts.get(i);
                    ByteBuffer frame = ByteBuffer.allocate(starts.get(i + 1) - from);
                    if (i == lostFrame) {
                        assertThatThrownBy(() -> vblock.read(from, frame)).isInstanceOf(DeviceException.class);
                    } else {
                        vblock.read(from, frame);
                        assertThat(frame.flip()).isEqualTo(ByteBuffer.wrap(bytes, from, frame.limit()));
                    }
                }
            });
            live(image, "", this::assertAllThere);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"protected", "volatile-pairs"})
    void theHeaderOfASealedVblockDoesNotTakeItAlong(String durability) throws Exception {
        headerIsUnreadableOnce(durability, 150_000, 1, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"protected", "volatile-pairs"})
    void theHeaderOfAnAbandonedVblockDoesNotTakeItAlong(String durability) throws Exception {
        headerIsUnreadableOnce(durability, 150_000, 1, false);
    }

    private void headerIsUnreadableOnce(String durability, int length, int place, boolean sealed) throws Exception {
        bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        try (TestDrive image = TestDrive.create(SHAPE + durability)) {
            long[] lost = new long[1];
            live(image, "", drive -> {
                VblockWriter writer = drive.createTarget(TargetRequest.wholeDrive("t"))
                        .vblocks()
                        .allocate(new VblockRequest(Stream.DATA, 4, 0));
                writer.append(ByteBuffer.wrap(bytes));
                writer.sync();
                lost[0] = ((FlashVblock) writer.vblock()).map().ppa(place, 0);
                id = writer.vblock().id();
                if (sealed) {
                    writer.seal();
                } else {
                    writer.close();
                }
            });
            // What lost it is known to be no power cut once the vblock was whole and closed.
            live(image, "", drive -> drive.target("t"));
            live(image, unreadable(lost[0]), drive -> drive.target("t"));
            live(image, "", this::assertAllThere);
        }
    }

    private static void live(TestDrive image, String faults, Life life) throws Exception {
        TestDrive.simulated(1, scheduler -> {
            try (Drive drive = open(image, faults, scheduler)) {
                life.live(drive);
            }
            return null;
        });
    }

    private static Drive open(TestDrive image, String faults, Scheduler scheduler) throws IOException {
        String uri = (faults.isEmpty() ? "emu:" : "faults+emu:") + image.file() + "?" + faults;
        return Ocssd.open(uri, scheduler, OpenOptions.defaults());
    }

    private static String unreadable(long ppa) {
        return "faults.rules=unreadable,group=" + Ppa.channel(ppa) + ",punit=" + Ppa.lun(ppa) + ",chunk="
                + Ppa.block(ppa) + ",sectr=" + Ppa.sector(ppa);
    }

    private void assertAllThere(Drive drive) throws IOException {
        Vblock vblock = drive.target("t").vblocks().open(id);
        assertThat(vblock.length()).isEqualTo(bytes.length);
        ByteBuffer all = ByteBuffer.allocate(bytes.length);
        vblock.read(0, all);
        assertThat(all.array()).isEqualTo(bytes);
    }

    private static void appendRaw(VblockWriter writer, byte[] bytes) throws IOException {
        for (int done = 0; done < bytes.length; ) {
            IoBuffer buffer = writer.takeBuffer();
            int count = Math.min(buffer.bytes().limit(), bytes.length - done);
            buffer.bytes().put(0, bytes, done, count).limit(count);
            writer.append(buffer);
            done += count;
        }
    }
}
