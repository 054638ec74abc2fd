package io.ocssd.ftl.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Completion;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.error.BusyException;
import io.ocssd.error.CorruptException;
import io.ocssd.error.GoneException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.error.NotFoundException;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.ftl.TestDrive;
import io.ocssd.ftl.journal.Journal;
import io.ocssd.ftl.media.Media;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.TargetInfo;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels: what they say, what a power cut leaves of them, and what they refuse. */
final class LabelTest {
    private static final String TINY = "profile=tiny&sectorBytes=512";
    private static final String ONE_LUN =
            "channels=1&luns=1&blocks=14&sectors=24&sectorBytes=512&wsMin=1&wsOpt=4&mwCunits=9&factoryBad=1";

    private static final String ZONES = "profile=zns-small&sectors=24&sectorBytes=512";

    @ParameterizedTest
    @ValueSource(strings = {TINY, ONE_LUN, ZONES + "&factoryBad=1"})
    void cutAtAnyCommandOfTheFirstLabelLeavesNoneOrThatOne(String shape) throws Exception {
        int made = 0;
        int lost = 0;
        for (int cut = 1; made < 3; cut++) {
            try (TestDrive image = TestDrive.create(shape + "&seed=" + cut)) {
                boolean acknowledged = createTarget(image, "t", List.of(), cut);
                made += acknowledged ? 1 : 0;
                List<TargetInfo> targets = targets(image);
                if (acknowledged || !targets.isEmpty()) {
                    assertThat(targets).extracting(TargetInfo::name).containsExactly("t");
                } else {
                    lost++;
                    // Another cut, or none: the leftovers stop nobody.
                    if (!createTarget(image, "u", List.of(), cut % 17 + 3)
                            && targets(image).isEmpty()) {
                        createTarget(image, "u", List.of(), 0);
                    }
                    assertThat(targets(image)).extracting(TargetInfo::name).containsExactly("u");
                }
                useTarget(image, targets(image).get(0).name());
            }
        }
        assertThat(lost).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {TINY, ZONES})
    void aLabelBlockThatFailsStopsNobody(String shape) throws Exception {
        for (int failing = 0; failing < 3; failing++) {
            try (TestDrive image = TestDrive.create(shape + "&blocks=32&factoryBad=0")) {
                assertThat(createTarget(image, "t", List.of(), 0)).isTrue();
                String faults = "faults.rules=reset-fail,group=0,punit=0,chunk=" + failing;
                long highest = 0;
                for (int life = 0; life < 7; life++) {
                    try (Scheduler scheduler = Scheduler.real();
                            Drive drive = Ocssd.open(
                                    "faults+emu:" + image.file() + "?" + faults, scheduler, OpenOptions.defaults())) {
                        VblockWriter writer = drive.target("t").vblocks().allocate(new VblockRequest(Stream.LOG, 1, 0));
                        assertThat(writer.vblock().id()).isGreaterThan(highest);
                        highest = writer.vblock().id();
                        writer.seal();
                        writer.vblock().erase();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "reset-fail, profile=tiny&sectorBytes=512",
        "'early-close,sectr=3', profile=tiny&sectorBytes=512",
        "next-unit, profile=tiny&sectorBytes=512",
        "reset-fail, channels=1&luns=1&blocks=20&sectors=24&sectorBytes=512&wsMin=1&wsOpt=4&mwCunits=9",
        "reset-fail, profile=zns-small&sectors=24&sectorBytes=512",
        "'early-close,sectr=0', profile=zns-small&sectors=24&sectorBytes=512"
    })
    void aLabelWhoseBlocksAllFailGoesToOthers(String fault, String shape) throws Exception {
        try (TestDrive image = TestDrive.create(shape + "&factoryBad=0")) {
            assertThat(createTarget(image, "t", List.of(), 0)).isTrue();
            List<Integer> first;
            try (Scheduler scheduler = Scheduler.real();
                    Drive drive = image.open(scheduler, "")) {
                first = drive.reservedBlocks();
            }
            List<Long> ids = new ArrayList<>();
            for (int life = 0; life < 5; life++) {
                try (Scheduler scheduler = Scheduler.real();
                        Drive drive = openWithFaults(image, scheduler, fault + ",chunk=0-1")) {
                    Vblocks vblocks = drive.target("t").vblocks();
                    assertThat(vblocks.list()).extracting(Vblock::id).containsExactlyElementsOf(ids);
                    VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.LOG, 1, 0));
                    ids.add(writer.vblock().id());
                    // What was given away twice would be found now.
                    for (int i = 0; i < 6; i++) {
                        VblockWriter more = vblocks.allocate(new VblockRequest(Stream.DATA, 1, 0));
                        more.seal();
                        more.vblock().erase();
                    }
                    writer.seal();
                    assertThat(drive.reservedBlocks()).hasSameSizeAs(first);
                }
            }
            try (Scheduler scheduler = Scheduler.real();
                    Drive drive = openWithFaults(image, scheduler, "gone,nth=1000000")) {
                assertThat(drive.reservedBlocks()).hasSameSizeAs(first).doesNotContainAnyElementsOf(first);
                assertThat(drive.target("t").vblocks().list())
                        .extracting(Vblock::id)
                        .containsExactlyElementsOf(ids);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TINY, "channels=1&luns=1&blocks=20&sectors=24&sectorBytes=512&wsMin=1&wsOpt=4", ZONES})
    void cutAtAnyCommandOfAReplacementLeavesALabel(String shape) throws Exception {
        boolean acknowledged = false;
        for (int cut = 1; !acknowledged; cut++) {
            try (TestDrive image = TestDrive.create(shape + "&factoryBad=0&seed=" + cut)) {
                createTarget(image, "t", List.of(), 0);
                long first = allocate(image, 0);
                long second = 0;
                try (Scheduler scheduler = Scheduler.real();
                        Drive drive = Ocssd.open(
                                "faults+emu:" + image.file() + "?cut=" + cut + "&cutSeed=" + cut * 31
                                        + "&faults.damage=" + image.file()
                                        + ".damage&faults.rules=reset-fail,chunk=0-1",
                                scheduler,
                                OpenOptions.defaults())) {
                    second = drive.target("t")
                            .vblocks()
                            .allocate(new VblockRequest(Stream.DATA, 1, 0))
                            .vblock()
                            .id();
                    acknowledged = true;
                } catch (GoneException e) {
                    assertThat(acknowledged).isFalse();
                }
                long third = allocate(image, 0);
                assertThat(third).as("cut=" + cut).isGreaterThan(Math.max(first, second));
                assertThat(ids(image)).as("cut=" + cut).contains(first, third);
                try (Scheduler scheduler = Scheduler.real();
                        Drive drive = image.open(scheduler, "")) {
                    assertThat(drive.reservedBlocks())
                            .hasSize(drive.device().geometry().luns() == 1 ? 2 : 4);
                }
            }
        }
    }

    private static Drive openWithFaults(TestDrive image, Scheduler scheduler, String rule) throws IOException {
        return Ocssd.open(
                "faults+emu:" + image.file() + "?faults.damage=" + image.file() + ".damage&faults.rules=" + rule,
                scheduler,
                OpenOptions.defaults());
    }

    @ParameterizedTest
    @ValueSource(strings = {TINY, ZONES})
    void attemptsThatWereCutNeverUseUpThePlacesOfTheLabel(String shape) throws Exception {
        try (TestDrive image = TestDrive.create(shape + "&factoryBad=0")) {
            for (int attempt = 0; attempt < 40; attempt++) {
                createTarget(image, "t", List.of(), 1 + attempt % 3);
            }
            assertThat(createTarget(image, "t", List.of(), 0)).isTrue();
            useTarget(image, "t");
        }
    }

    @Test
    void aLabelInUserDataIsNoLabel() throws Exception {
        byte[] label;
        try (TestDrive other = TestDrive.create(TINY + "&factoryBad=0&seed=77")) {
            createTarget(other, "other", List.of(), 0);
            useTarget(other, "other");
            label = labelOf(other);
        }
        try (TestDrive image = TestDrive.create(TINY + "&factoryBad=0")) {
            createTarget(image, "t", List.of(), 0);
            TestDrive.simulated(3, scheduler -> {
                try (Drive drive = image.open(scheduler, "")) {
                    Vblocks vblocks = drive.target("t").vblocks();
                    int copies = 0;
                    while (vblocks.available(4) > 0) {
                        VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 4, 0));
                        while (writer.remaining(false) > 0) {
                            IoBuffer buffer = writer.takeBuffer();
                            buffer.bytes().clear();
                            int bytes = (int) Math.min(buffer.capacity(), writer.remaining(false));
                            for (int at = 0; at + label.length <= bytes; at += label.length) {
                                buffer.bytes().put(at, label);
                                copies++;
                            }
                            buffer.bytes().limit(bytes);
                            writer.append(buffer);
                        }
                        writer.seal();
                    }
                    assertThat(copies).isGreaterThan(100);
                }
                return null;
            });
            assertThat(targets(image)).extracting(TargetInfo::name).containsExactly("t");
        }
    }

    /** The bytes of the newest record on an image, one unit. */
    private static byte[] labelOf(TestDrive image) throws Exception {
        byte[] all = Files.readAllBytes(image.file());
        byte[] magic = "OCSSDLBL".getBytes(StandardCharsets.US_ASCII);
        byte[] found = null;
        for (int at = 0; at + 1024 <= all.length; at += 512) {
            if (Arrays.equals(all, at, at + magic.length, magic, 0, magic.length)) {
                found = Arrays.copyOfRange(all, at, at + 1024);
            }
        }
        assertThat(found).isNotNull();
        return found;
    }

    @Test
    void aDriveThatAllowsTooFewOpenBlocksGetsNoTarget() throws Exception {
        try (TestDrive image = TestDrive.create(TINY + "&maxOpen=4")) {
            TestDrive.simulated(1, scheduler -> {
                try (Drive drive = image.open(scheduler, "")) {
                    assertThatThrownBy(() -> drive.createTarget(TargetRequest.wholeDrive("t")))
                            .isInstanceOf(NoSpaceException.class)
                            .hasMessageContaining("3 open blocks");
                    assertThat(drive.targets()).isEmpty();
                }
                return null;
            });
        }
    }

    @Test
    void whatOneTargetLeavesOpenIsNotTheOthersLoss() throws Exception {
        try (TestDrive image = TestDrive.create(TINY + "&factoryBad=0&maxOpen=11")) {
            createTarget(image, "a", List.of(1, 3), 0);
            createTarget(image, "b", List.of(0, 2), 0);
            TestDrive.simulated(1, scheduler -> {
                try (Drive drive = image.open(scheduler, "")) {
                    Vblocks ofA = drive.target("a").vblocks();
                    assertThat(ofA.maxWriters(2)).isEqualTo(2);
                    for (int i = 0; i < 2; i++) {
                        ofA.allocate(new VblockRequest(Stream.DATA, 2, i));
                    }
                    assertThatThrownBy(() -> ofA.allocate(new VblockRequest(Stream.DATA, 1, 0)))
                            .hasMessageContaining("5 open blocks, 5 are open");
                }
                return null;
            });
            TestDrive.simulated(2, scheduler -> {
                try (Drive drive = image.open(scheduler, "")) {
                    Vblocks ofB = drive.target("b").vblocks();
                    for (int i = 0; i < 2; i++) {
                        ofB.allocate(new VblockRequest(Stream.DATA, 2, i));
                    }
                    Vblocks ofA = drive.target("a").vblocks();
                    for (int i = 0; i < 4; i++) {
                        ofA.allocate(new VblockRequest(Stream.DATA, 1, i));
                    }
                    // And the block of a's journal, which remembers where the vblocks of before end.
                    assertThat(drive.device().report().count(BlockState.OPEN)).isEqualTo(9);
                }
                return null;
            });
        }
    }

    @Test
    void cutAtAnyCommandOfALaterLabelLeavesTheOldOrTheNewOne() throws Exception {
        boolean acknowledged = false;
        TreeSet<Integer> sizes = new TreeSet<>();
        for (int cut = 1; !acknowledged; cut++) {
            try (TestDrive image = TestDrive.create(TINY + "&seed=" + cut)) {
                createTarget(image, "a", List.of(0, 3), 0);
                createTarget(image, "b", List.of(1), 0);
                acknowledged = createTarget(image, "c", List.of(2), cut);
                List<String> names =
                        targets(image).stream().map(TargetInfo::name).toList();
                assertThat(names).isIn(List.of("a", "b"), List.of("a", "b", "c"));
                sizes.add(names.size());
                assertThat(!acknowledged || names.size() == 3).isTrue();
                // The next update finds its slot whatever state that is in.
                if (names.size() == 2) {
                    createTarget(image, "d", List.of(2), 0);
                    assertThat(targets(image)).extracting(TargetInfo::name).containsExactly("a", "b", "d");
                }
            }
        }
        assertThat(sizes).containsExactly(2, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {TINY, ZONES})
    void cutAtAnyCommandOfAnEpochNeverLeadsToAnIdTwice(String shape) throws Exception {
        boolean acknowledged = false;
        for (int cut = 1; !acknowledged; cut++) {
            try (TestDrive image = TestDrive.create(shape + "&seed=" + cut)) {
                createTarget(image, "t", List.of(), 0);
                long first = allocate(image, 0);
                long second = allocate(image, cut);
                acknowledged = second != 0;
                long third = allocate(image, 0);
                assertThat(third).isGreaterThan(Math.max(first, second));
                assertThat(ids(image)).contains(first, third);
            }
        }
    }

    @Test
    void targetsShareADriveByLuns() throws Exception {
        onRealTime(TINY, (image, scheduler) -> {
            try (Drive drive = image.open(scheduler, "")) {
                assertThat(drive.targets()).isEmpty();
                drive.createTarget(new TargetRequest("b", List.of(2, 1)));
                drive.createTarget(TargetRequest.wholeDrive("a"));
                assertThat(drive.targets())
                        .containsExactly(
                                new TargetInfo("a", 2, List.of(0, 3), List.of(), 0, 0, 0, false),
                                new TargetInfo("b", 1, List.of(1, 2), List.of(), 0, 0, 0, false));
                assertThat(drive.target("a")).isSameAs(drive.target("a"));
                assertThat(drive.target("a").vblocks().maxWidth()).isEqualTo(2);
                assertThatThrownBy(() -> drive.createTarget(TargetRequest.wholeDrive("a")))
                        .isInstanceOf(BusyException.class)
                        .hasMessageContaining("\"a\"");
                assertThatThrownBy(() -> drive.createTarget(TargetRequest.wholeDrive("c")))
                        .isInstanceOf(BusyException.class)
                        .hasMessageContaining("a, b");
                assertThatThrownBy(() -> drive.createTarget(new TargetRequest("c", List.of(2))))
                        .isInstanceOf(BusyException.class)
                        .hasMessage("LUN 2 belongs to target \"b\"");
                assertThatThrownBy(() -> drive.createTarget(new TargetRequest("c", List.of(4))))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("0..3");
                assertThatThrownBy(() -> drive.target("c"))
                        .isInstanceOf(NotFoundException.class)
                        .hasMessageContaining("a, b");
            }
            assertThat(targets(image)).hasSize(2);
        });
    }

    @Test
    void oneTargetCanNotReachAnothersBlocks() throws Exception {
        onRealTime(TINY, (image, scheduler) -> {
            try (Drive drive = image.open(scheduler, "")) {
                Vblocks a = drive.createTarget(new TargetRequest("a", List.of(0, 1)))
                        .vblocks();
                Vblocks b = drive.createTarget(new TargetRequest("b", List.of(2, 3)))
                        .vblocks();
                BlockReport before = drive.device().report();
                while (a.available(1) > 0) {
                    a.allocate(new VblockRequest(Stream.DATA, 1, 0)).seal();
                }
                assertThatThrownBy(() -> a.allocate(new VblockRequest(Stream.DATA, 1, 0)))
                        .isInstanceOf(NoSpaceException.class);
                BlockReport after = drive.device().report();
                // LUN 2 is the one of the label's second copy.
                int perLun = drive.device().geometry().blocksPerLun();
                for (int block = 3 * perLun; block < 4 * perLun; block++) {
                    assertThat(after.state(block)).isEqualTo(before.state(block));
                }
                assertThat(b.list()).isEmpty();
                long id = a.list().get(0).id();
                assertThatThrownBy(() -> b.open(id)).isInstanceOf(NotFoundException.class);
                a.list().get(0).erase();
                long other = b.allocate(new VblockRequest(Stream.DATA, 1, 0))
                        .vblock()
                        .id();
                assertThat(a.list()).extracting(Vblock::id).doesNotContain(other);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {TINY, ZONES})
    void foreignDataIsNotDestroyed(String shape) throws Exception {
        onRealTime(shape, (image, scheduler) -> {
            try (Drive drive = image.open(scheduler, "")) {
                FlashDevice device = drive.device();
                int block = firstFree(device, 11);
                program(device, block, 0, 10);
                assertThat(drive.targets()).isEmpty();
                BlockReport before = device.report();
                assertThatThrownBy(() -> drive.createTarget(TargetRequest.wholeDrive("t")))
                        .isInstanceOf(NotRecognisedException.class)
                        .hasMessageContaining("1 blocks hold data that no target owns");
                for (int i = 0; i < device.geometry().blocks(); i++) {
                    assertThat(device.report().state(i)).isEqualTo(before.state(i));
                    assertThat(device.report().writePointer(i)).isEqualTo(before.writePointer(i));
                }
                assertThat(drive.targets()).isEmpty();
            }
        });
    }

    @Test
    void eitherCopyOfTheLabelIsEnoughAndWithoutBothTheDriveIsNotTakenForEmpty() throws Exception {
        onRealTime(TINY, (image, scheduler) -> {
            Label label;
            createTarget(image, "t", List.of(), 0);
            allocate(image, 0);
            try (Drive drive = image.open(scheduler, "")) {
                label = load(drive.device(), scheduler);
                drive.target("t").vblocks().list().get(0).erase();
                VblockWriter writer = drive.target("t").vblocks().allocate(new VblockRequest(Stream.DATA, 4, 0));
                writer.seal();
                label = load(drive.device(), scheduler);
            }
            try (FlashDevice device = device(image, scheduler)) {
                erase(device, label.block(0));
            }
            assertThat(targets(image)).hasSize(1);
            try (FlashDevice device = device(image, scheduler)) {
                erase(device, label.block(1));
                // The label before the last one is still there, and good.
                assertThat(load(device, scheduler).sequence()).isEqualTo(label.sequence() - 1);
                for (int block : label.blocks()) {
                    if (device.report().state(block) == BlockState.CLOSED) {
                        erase(device, block);
                    }
                }
            }
            assertThatThrownBy(() -> targets(image))
                    .isInstanceOf(CorruptException.class)
                    .hasMessageContaining("no copy of the label can be read, but 4 blocks hold vblocks");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {TINY, ZONES})
    void labelOfAnotherDriveOrGeometryIsRefused(String shape) throws Exception {
        onRealTime(shape, (image, scheduler) -> {
            try (FlashDevice device = device(image, scheduler)) {
                Media media = new Media(device, scheduler);
                LabelStore store = new LabelStore(media);
                Label ours = store.firstLabel(device.report());
                store.store(
                        new Label(ours.driveId() + 1, 1, ours.shape(), 0, 1, ours.blocks(), List.of()),
                        (lun, label) -> -1);
                assertThatThrownBy(() -> store.load(device.report()))
                        .isInstanceOf(NotRecognisedException.class)
                        .hasMessageContaining("another drive");
                store.store(
                        new Label(ours.driveId(), 2, ours.shape() + 1, 0, 1, ours.blocks(), List.of()),
                        (lun, label) -> -1);
                assertThatThrownBy(() -> store.load(device.report()))
                        .isInstanceOf(NotRecognisedException.class)
                        .hasMessageContaining("another geometry");
            }
        });
    }

    @Test
    void labelIsCountedAsMetadataMirrorAndPadding() throws Exception {
        onRealTime(TINY, (image, scheduler) -> {
            try (Drive drive = image.open(scheduler, "")) {
                drive.createTarget(TargetRequest.wholeDrive("t"));
                DeviceCounters counters = drive.device().counters();
                int length = 72 + LabelLayout.targetLength(0, 4);
                assertThat(counters.programmedBytes(ByteClass.METADATA)).isEqualTo(length);
                assertThat(counters.programmedBytes(ByteClass.MIRROR)).isEqualTo(length);
                assertThat(counters.programmedBytes(ByteClass.PADDING)).isEqualTo(2 * (32 * 512 - length));
                assertThat(counters.programmedBytes()).isEqualTo(2 * 32 * 512);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {TINY, ZONES})
    void labelBlocksAreNeverLeftOpen(String shape) throws Exception {
        onRealTime(shape, (image, scheduler) -> {
            createTarget(image, "t", List.of(), 0);
            for (int i = 0; i < 5; i++) {
                allocate(image, 0);
                try (FlashDevice device = device(image, scheduler)) {
                    for (int block : load(device, scheduler).blocks()) {
                        assertThat(device.report().state(block)).isIn(BlockState.CLOSED, BlockState.FREE);
                    }
                }
            }
        });
    }

    @Test
    void tooSmallATargetAndATooFullLabelAreRefused() throws Exception {
        onRealTime(
                "channels=2&luns=2&blocks=5&sectors=8&sectorBytes=512&wsMin=1&wsOpt=1&factoryBad=0",
                (image, scheduler) -> {
                    try (Drive drive = image.open(scheduler, "")) {
                        assertThatThrownBy(() -> drive.createTarget(new TargetRequest("t", List.of(0))))
                                .isInstanceOf(NoSpaceException.class)
                                .hasMessageContaining("3 usable blocks");
                        assertThat(drive.targets()).isEmpty();
                    }
                });
        onRealTime(
                "channels=16&luns=1&blocks=6&sectors=8&sectorBytes=512&wsMin=1&wsOpt=1&factoryBad=0",
                (image, scheduler) -> {
                    try (Drive drive = image.open(scheduler, "")) {
                        int most = (512 - 72) / LabelLayout.targetLength(0, 16);
                        for (int i = 0; i < most; i++) {
                            drive.createTarget(new TargetRequest("t" + i, List.of(15 - i)));
                        }
                        assertThatThrownBy(() -> drive.createTarget(new TargetRequest("u", List.of(2))))
                                .isInstanceOf(NoSpaceException.class)
                                .hasMessageContaining("no room for that: it would take");
                        assertThat(drive.targets()).hasSize(most);
                    }
                });
    }

    @Test
    void closedDriveSaysSo() throws Exception {
        onRealTime(TINY, (image, scheduler) -> {
            Drive drive = image.open(scheduler, "");
            drive.close();
            drive.close();
            assertThatThrownBy(() -> drive.createTarget(TargetRequest.wholeDrive("t")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        });
    }

    private interface Body {
        void run(TestDrive image, Scheduler scheduler) throws Exception;
    }

    private static void onRealTime(String shape, Body body) throws Exception {
        try (TestDrive image = TestDrive.create(shape);
                Scheduler scheduler = Scheduler.real()) {
            body.run(image, scheduler);
        }
    }

    /** Makes a target; false when power was cut at command {@code cut} of the opening. */
    private static boolean createTarget(TestDrive image, String name, List<Integer> luns, int cut) throws Exception {
        try (Scheduler scheduler = Scheduler.real();
                Drive drive = image.open(scheduler, cut == 0 ? "" : "cut=" + cut + "&cutSeed=" + cut * 31)) {
            drive.createTarget(new TargetRequest(name, luns));
            return true;
        } catch (GoneException e) {
            return false;
        }
    }

    private static List<TargetInfo> targets(TestDrive image) throws Exception {
        try (Scheduler scheduler = Scheduler.real();
                Drive drive = image.open(scheduler, "")) {
            return drive.targets();
        }
    }

    private static void useTarget(TestDrive image, String name) throws Exception {
        try (Scheduler scheduler = Scheduler.real();
                Drive drive = image.open(scheduler, "")) {
            Vblocks vblocks = drive.target(name).vblocks();
            assertThat(vblocks.list()).isEmpty();
            BlockReport report = drive.device().report();
            // Nothing is lost to leftovers but the label's blocks, two on each LUN that has them, and the journal's.
            int label = drive.device().geometry().luns() == 1 ? 2 : 4;
            assertThat(drive.reservedBlocks()).hasSize(label);
            assertThat(vblocks.available(1))
                    .isEqualTo(drive.device().geometry().blocks()
                            - report.count(BlockState.OFFLINE)
                            - label
                            - Journal.FEWEST_BLOCKS);
            vblocks.allocate(new VblockRequest(Stream.LOG, 1, 0)).seal();
        }
    }

    /** Allocates a vblock; 0 when power was cut at command {@code cut} of the opening. */
    private static long allocate(TestDrive image, int cut) throws Exception {
        try (Scheduler scheduler = Scheduler.real();
                Drive drive = image.open(scheduler, cut == 0 ? "" : "cut=" + cut + "&cutSeed=" + cut * 31)) {
            Vblocks vblocks = drive.target("t").vblocks();
            return vblocks.allocate(new VblockRequest(Stream.DATA, 1, 0))
                    .vblock()
                    .id();
        } catch (GoneException e) {
            return 0;
        }
    }

    private static List<Long> ids(TestDrive image) throws Exception {
        try (Scheduler scheduler = Scheduler.real();
                Drive drive = image.open(scheduler, "")) {
            return drive.target("t").vblocks().list().stream().map(Vblock::id).toList();
        }
    }

    private static FlashDevice device(TestDrive image, Scheduler scheduler) throws Exception {
        return io.ocssd.Ocssd.openDevice("emu:" + image.file(), scheduler);
    }

    private static Label load(FlashDevice device, Scheduler scheduler) throws Exception {
        return new LabelStore(new Media(device, scheduler)).load(device.report());
    }

    private static int firstFree(FlashDevice device, int from) throws GoneException {
        int block = from;
        while (device.report().state(block) != BlockState.FREE) {
            block++;
        }
        return block;
    }

    private static void program(FlashDevice device, int block, int from, int sectors) throws GoneException {
        IoBuffer buffer = new IoBufferPool(sectors * device.geometry().sectorBytes(), 1).tryTake();
        execute(
                device,
                new IoCommand().write(buffer, 0).addRun(device.geometry().blockPpa(block) + from, sectors));
    }

    private static void erase(FlashDevice device, int block) throws GoneException {
        execute(device, new IoCommand().erase().add(device.geometry().blockPpa(block)));
    }

    private static void execute(FlashDevice device, IoCommand command) throws GoneException {
        Completion completion = new Completion();
        try (IoQueue queue = device.openQueue(1)) {
            queue.submit(command);
            queue.await(1, Long.MAX_VALUE);
            queue.poll(completion);
        }
        assertThat(completion.status()).isZero();
    }

    @Test
    void unusableBlocksAreRefused() throws Exception {
        // Blocks of three units have no room for header, payload, sync and summary.
        assertThatThrownBy(() -> onRealTime(
                        "channels=1&luns=1&blocks=16&sectors=6&sectorBytes=512&wsMin=2&wsOpt=2&factoryBad=0",
                        (image, scheduler) -> image.open(scheduler, "").close()))
                .isInstanceOf(NotRecognisedException.class);
        assertThat(OpenOptions.defaults().windowBytes()).isEqualTo(64L << 20);
    }
}
