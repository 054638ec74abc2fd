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

    /** Frames of which each is synced, or only the last one; a whole page of them is lost, or more. */
    @ParameterizedTest
    @CsvSource({
        "protected, 1, 70, 3, 2, 0",
        "protected, 2, 70, 7, 9, 0",
        "protected, 4, 70, 2, 3, 0",
        "protected, 2, 60000, 1, 3, 2",
        "volatile-pairs, 2, 60000, 1, 2, 0",
        "volatile-pairs, 1, 30000, 2, 2, 2"
    })
    void severalFramesInARowTakeThoseAlone(
            String durability, int width, int syncBytes, int firstLost, int lostFrames, int sectorsLeft)
            throws Exception {
        try (TestDrive image = TestDrive.create(SHAPE + durability)) {
            int syncs = syncBytes > 100 ? 1 : 32 * width;
            String[] faults = new String[1];
            List<Integer> starts = new ArrayList<>();
            live(image, "", drive -> {
                VblockWriter writer = drive.createTarget(TargetRequest.wholeDrive("t"))
                        .vblocks()
                        .allocate(new VblockRequest(Stream.LOG, width, 0));
                FlashVblock vblock = (FlashVblock) writer.vblock();
                bytes = new byte[syncs * syncBytes];
                new SplittableRandom(5).nextBytes(bytes);
                for (int i = 0; i < syncs; i++) {
                    writer.append(ByteBuffer.wrap(bytes, i * syncBytes, syncBytes));
                    writer.sync();
                }
                for (int i = 0; i < vblock.extents().count(); i++) {
                    starts.add((int) vblock.extents().start(i));
                }
                starts.add(bytes.length);
                faults[0] = unreadable(vblock, firstLost, firstLost + lostFrames, sectorsLeft);
                id = vblock.id();
                writer.close();
            });
            for (int life = 0; life < 2; life++) {
                live(image, faults[0], drive -> {
                    Vblock vblock = drive.target("t").vblocks().open(id);
                    assertThat(vblock.length()).isEqualTo(bytes.length);
                    for (int i = 0; i < starts.size() - 1; i++) {
                        int from = starts.get(i);
                        ByteBuffer frame = ByteBuffer.allocate(starts.get(i + 1) - from);
                        if (i >= firstLost && i < firstLost + lostFrames) {
                            assertThatThrownBy(() -> vblock.read(from, frame)).isInstanceOf(DeviceException.class);
                        } else {
                            vblock.read(from, frame);
                            assertThat(frame.flip()).isEqualTo(ByteBuffer.wrap(bytes, from, frame.limit()));
                        }
                    }
                });
            }
            live(image, "", this::assertAllThere);
        }
    }

    /** All that lies between the begins of two frames is lost, but for some sectors before the second. */
    private static String unreadable(FlashVblock vblock, int firstFrame, int endFrame, int sectorsLeft) {
        StringBuilder rules = new StringBuilder("faults.rules=");
        long end = vblock.extents().streamSector(endFrame) - sectorsLeft;
        for (long at = vblock.extents().streamSector(firstFrame); at < end; at++) {
            long ppa =
                    vblock.map().ppa(vblock.layout().place(at), vblock.layout().sector(at));
            rules.append(unreadable(ppa).substring("faults.rules=".length())).append(';');
        }
        return rules.substring(0, rules.length() - 1);
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
