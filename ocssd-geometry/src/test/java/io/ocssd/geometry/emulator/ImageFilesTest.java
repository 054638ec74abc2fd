package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockState;
import io.ocssd.device.FlashDevice;
import io.ocssd.error.BusyException;
import io.ocssd.error.CorruptException;
import io.ocssd.error.NotFoundException;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.error.OcssdException;
import io.ocssd.error.TooNewException;
import io.ocssd.error.TooOldException;
import io.ocssd.geometry.contract.Rig;
import io.ocssd.geometry.contract.Rig.Outcome;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that come back as they were, and every kind of file that is none: a sentence, a hint, and nothing changed. */
final class ImageFilesTest {
    @TempDir
    Path directory;

    private final Scheduler real = Scheduler.real();
    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("drive.img");
    }

    private FlashDevice open() throws IOException {
        return Ocssd.openDevice("emu:" + file, real);
    }

    private void create() throws IOException {
        Ocssd.create("emu:" + file + "?profile=tiny&seed=3");
    }

    private void patch(long offset, byte... bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), offset);
        }
    }

    private void flip(long offset) throws IOException {
        byte[] all = Files.readAllBytes(file);
        patch(offset, (byte) (all[(int) offset] ^ 0x40));
    }

    /** Opens what can't be opened, and sees that not a byte of it changed. */
    private AbstractThrowableAssert<?, ?> assertRefused(Class<? extends OcssdException> type) throws IOException {
        byte[] before = Files.readAllBytes(file);
        AbstractThrowableAssert<?, ?> thrown = assertThatThrownBy(this::open).isExactlyInstanceOf(type);
        thrown.hasMessageContaining(file.toString());
        thrown.satisfies(e -> assertThat(((OcssdException) e).hint()).isNotEmpty());
        assertThat(Arrays.equals(Files.readAllBytes(file), before)).isTrue();
        // Nothing is held after a refusal.
        assertThatThrownBy(this::open).isExactlyInstanceOf(type);
        return thrown;
    }

    @Test
    void whatWasWrittenIsThereAfterReopening() throws Exception {
        create();
        long closed;
        long open;
        try (Rig rig = new Rig(open())) {
            closed = rig.freeBlock(0);
            rig.fill(closed);
            assertThat(rig.erase(closed)).isEqualTo(Outcome.SUCCESS);
            rig.fill(closed);
            open = rig.freeBlock(0);
            rig.write(open, 10);
        }
        try (Rig rig = new Rig(open())) {
            assertThat(rig.state(closed)).isEqualTo(BlockState.CLOSED);
            assertThat(rig.erases(closed)).isEqualTo(1);
            assertThat(rig.state(open)).isEqualTo(BlockState.OPEN);
            assertThat(rig.writePointer(open)).isEqualTo(10);
            assertThat(rig.device.report().count(BlockState.OFFLINE)).isEqualTo(2);
            assertThat(rig.read(closed + 31, open + 1, open + 2)).isEqualTo(new Outcome(0x287, 0b100));
            rig.assertData(0, closed + 31);
            rig.assertOob(0, closed + 31);
            rig.assertData(1, open + 1);
            assertThat(rig.device.info().notes()).isEmpty();
            assertThat(rig.device.counters().commands()).isEqualTo(1);
        }
    }

    @Test
    void anImageSaysWhatItIs() throws Exception {
        Ocssd.create("emu:" + file + "?profile=qemu");
        assertThat(Files.size(file)).isGreaterThan(7L << 30);
        try (FlashDevice device = open()) {
            assertThat(device.info().model()).contains("qemu");
            assertThat(device.info().specification()).isEqualTo("2.0");
            assertThat(device.info().persistence()).contains("persist=process");
        }
    }

    @Test
    void anExistingFileIsNeverOverwritten() throws Exception {
        Files.writeString(file, "precious");
        assertThatThrownBy(this::create).isInstanceOf(BusyException.class).hasMessageContaining("exists already");
        assertThat(Files.readString(file)).isEqualTo("precious");
        assertThatThrownBy(() -> Ocssd.create("emu:" + directory))
                .isInstanceOf(BusyException.class)
                .hasMessageContaining("is a directory");
    }

    @Test
    void aMissingDirectoryIsSaid() {
        assertThatThrownBy(() -> Ocssd.create("emu:" + directory.resolve("no/where.img")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("its directory does not exist");
    }

    @Test
    void aDriveTooLargeForTheFileSystemLeavesNoFile() {
        assertThatThrownBy(() -> Ocssd.create("emu:" + file + "?blocks=16777216&sectors=16384"))
                .isInstanceOf(OcssdException.class)
                .hasMessageContaining("can't be made");
        assertThat(Files.exists(file)).isFalse();
    }

    @Test
    void aMissingFileIsSaidWithTheCommandThatMakesOne() {
        assertThatThrownBy(this::open)
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining(file.toString())
                .satisfies(e -> assertThat(((OcssdException) e).hint()).contains("ocssd device create"));
        assertThat(Files.exists(file)).isFalse();
    }

    @Test
    void aDirectoryIsNoImage() {
        assertThatThrownBy(() -> Ocssd.openDevice("emu:" + directory, real))
                .isInstanceOf(NotRecognisedException.class)
                .hasMessageContaining("is a directory");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 4096, 70_000, 200_000})
    void aFileThatIsNoImage(int bytes) throws Exception {
        byte[] text = new byte[bytes];
        Arrays.fill(text, (byte) 'x');
        Files.write(file, text);
        assertRefused(NotRecognisedException.class).hasMessageContaining("is no drive image");
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 4095, 4096, 65536, 100_000, 131_072, 200_000, 8_650_751})
    void aTruncatedImage(long bytes) throws Exception {
        create();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
        assertRefused(CorruptException.class).hasMessageContaining("truncated").hasMessageContaining("" + bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 8, 11, 12, 20, 30, 40, 60, 87, 90, 107, 2000, 4095})
    void aFlippedByteInTheSuperblockIsRepairedFromTheCopy(int offset) throws Exception {
        create();
        flip(offset);
        try (FlashDevice device = open()) {
            assertThat(device.info().notes())
                    .containsExactly("the superblock of " + file
                            + " was damaged; its copy was used and the superblock rewritten");
            assertThat(device.geometry().blocksPerLun()).isEqualTo(16);
        }
        try (FlashDevice device = open()) {
            assertThat(device.info().notes()).isEmpty();
        }
    }

    @Test
    void aFlippedByteInTheCopyIsRepaired() throws Exception {
        create();
        flip(65536 + 50);
        try (FlashDevice device = open()) {
            assertThat(device.info().notes())
                    .containsExactly("the copy of the superblock of " + file + " was damaged and was rewritten");
        }
        flip(50);
        try (FlashDevice device = open()) {
            assertThat(device.info().notes()).singleElement().asString().contains("its copy was used");
        }
    }

    @Test
    void aSuperblockIsNotRepairedInAnImageThatIsRefused() throws Exception {
        create();
        flip(50);
        patch(131_072, (byte) 0x7F);
        assertRefused(CorruptException.class).hasMessageContaining("ch=0,lun=0,blk=0");
    }

    @Test
    void bothSuperblocksDamaged() throws Exception {
        create();
        flip(50);
        flip(65536 + 90);
        assertRefused(CorruptException.class).hasMessageContaining("both damaged");
    }

    @ParameterizedTest
    @CsvSource({"3,true", "3,false", "77,true", "1,true", "1,false", "0,true", "0,false"})
    void anotherVersion(int version, boolean checksummed) throws Exception {
        create();
        ByteBuffer superblock =
                ByteBuffer.wrap(Files.readAllBytes(file), 0, 4096).slice().order(ByteOrder.LITTLE_ENDIAN);
        superblock.putInt(8, version);
        if (checksummed) {
            CRC32C crc = new CRC32C();
            crc.update(superblock.slice(0, 4092));
            superblock.putInt(4092, (int) crc.getValue());
        }
        byte[] bytes = new byte[4096];
        superblock.get(0, bytes);
        patch(0, bytes);
        patch(65536, bytes);
        if (version > SuperblockLayout.VERSION) {
            assertRefused(TooNewException.class).hasMessageContaining("a newer version");
        } else {
            assertRefused(TooOldException.class)
                    .hasMessageContaining("an older version")
                    .satisfies(e -> assertThat(((OcssdException) e).hint()).contains("recreate it"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 3, its state is 0x3",
        "0, 0, it has no state",
        "1, 2, its type is 0x2",
        "2, 9, its wear does not agree",
        "7, -1, its wear does not agree",
        "8, 1, device address 0x",
        "17, 1, sectors",
        "24, 33, it is open with write pointer 33",
        "27, 1, write pointer"
    })
    void aDamagedStateTableIsRefusedWithTheBlock(int offset, int value, String says) throws Exception {
        create();
        long block;
        try (Rig rig = new Rig(open())) {
            block = rig.blockIn(BlockState.FREE, 50);
            rig.write(block, 2);
        }
        int index = 2 * 2 * 16 - 1;
        for (; index >= 0 && blockPpa(index) != block; index--) {}
        patch(131_072 + index * 32L + offset, (byte) value);
        assertRefused(CorruptException.class)
                .hasMessageContaining("ch=" + index / 32 + ",lun=" + index / 16 % 2 + ",blk=" + index % 16)
                .hasMessageContaining(says);
    }

    private static long blockPpa(int index) {
        return io.ocssd.device.Ppa.of(index / 32, index / 16 % 2, index % 16, 0);
    }
}
