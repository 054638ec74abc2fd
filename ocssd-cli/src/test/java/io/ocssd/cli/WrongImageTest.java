package io.ocssd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.device.FlashDevice;
import io.ocssd.scheduler.Scheduler;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no image, or no good one: a sentence, status 1, and the file is as it was. */
class WrongImageTest {
    private static final int SUPERBLOCK_BYTES = 4096;
    private static final int COPY_OFFSET = 64 << 10;
    private static final int VERSION_OFFSET = 8;
    private static final int CHECKSUM_OFFSET = 4092;

    @TempDir
    Path directory;

    private Path file;
    private String image;

    @BeforeEach
    void create() {
        file = directory.resolve("drive.img");
        image = "emu:" + file;
        new Cli().run("device", "create", image, "--profile", "tiny").succeeds();
    }

    @Test
    void aFileThatIsNoImage() throws Exception {
        Files.writeString(file, "A letter to a friend.\n".repeat(10_000));
        refusedAndUnchanged("is no drive image");
    }

    @Test
    void anEmptyFile() throws Exception {
        Files.write(file, new byte[0]);
        refusedAndUnchanged("no drive image");
    }

    @Test
    void aTruncatedImage() throws Exception {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(open.length() / 2);
        }
        refusedAndUnchanged("truncated");
    }

    @Test
    void anImageOfAnOlderVersion() throws Exception {
        setVersion(0);
        refusedAndUnchanged("older version");
    }

    @Test
    void anImageOfANewerVersion() throws Exception {
        setVersion(99);
        refusedAndUnchanged("newer version");
    }

    @Test
    void aFlippedByteInTheSuperblock() throws Exception {
        flip(50);
        Cli.Run run = new Cli().run("-d", image, "device", "info", "--json").succeeds();
        assertThat(run.err()).startsWith("ocssd: note: the superblock of ").contains("its copy was used");
        assertThat(run.json().getAsJsonObject().getAsJsonArray("notes").get(0).getAsString())
                .contains("its copy was used");
        // It was repaired, so now there is nothing to say.
        new Cli().run("-d", image, "device", "info").succeeds().silently();
    }

    @Test
    void aFlippedByteInBothSuperblocks() throws Exception {
        flip(50);
        flip(COPY_OFFSET + 60);
        refusedAndUnchanged("both damaged");
    }

    @Test
    void anImageThatIsOpenElsewhere() throws Exception {
        try (Scheduler scheduler = Scheduler.real();
                FlashDevice device = Ocssd.openDevice(image, scheduler)) {
            assertThat(device.geometry().channels()).isEqualTo(2);
            new Cli()
                    .run("-d", image, "device", "info")
                    .fails(
                            1,
                            "device info",
                            "held by process " + ProcessHandle.current().pid());
            new Cli().run("-d", image, "kv", "get", "key").fails(1, "kv get", "held by process");
        }
        new Cli().run("-d", image, "device", "info").succeeds();
    }

    private void refusedAndUnchanged(String why) throws Exception {
        byte[] before = Files.readAllBytes(file);
        new Cli().run("-d", image, "device", "info").fails(1, "device info", why);
        new Cli().run("--json", "-d", image, "device", "report").fails(1, "device report", why);
        new Cli().run("-d", image, "kv", "put", "key", "value").fails(1, "kv put", why);
        assertThat(Files.readAllBytes(file)).as("the image afterwards").isEqualTo(before);
    }

    private void flip(long offset) throws Exception {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(offset);
            int old = open.read();
            open.seek(offset);
            open.write(old ^ 0x10);
        }
    }

    /** Another version, with checksums that are right. */
    private void setVersion(int version) throws Exception {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            for (long offset : new long[] {0, COPY_OFFSET}) {
                byte[] bytes = new byte[SUPERBLOCK_BYTES];
                open.seek(offset);
                open.readFully(bytes);
                ByteBuffer superblock = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
                superblock.putInt(VERSION_OFFSET, version);
                CRC32C checksum = new CRC32C();
                checksum.update(bytes, 0, CHECKSUM_OFFSET);
                superblock.putInt(CHECKSUM_OFFSET, (int) checksum.getValue());
                open.seek(offset);
                open.write(bytes);
            }
        }
    }
}
