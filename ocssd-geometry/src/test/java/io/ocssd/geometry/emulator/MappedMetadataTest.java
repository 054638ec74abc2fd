package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.device.DeviceUri;
import io.ocssd.error.CorruptException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** State table and OOB area in mapped memory: the same bytes as in the file, with space on the file system, never torn. */
final class MappedMetadataTest {
    @TempDir
    Path directory;

    private FileChannel channel;
    private FileBacking file;
    /** Writes that went through the file: offset and length. */
    private final List<long[]> written = new ArrayList<>();

    private boolean isFull;

    /** The file, which can be full, and tells what is written to it. */
    private final class WatchedFile implements Backing {
        @Override
        public void read(ByteBuffer target, long offset) throws IOException {
            file.read(target, offset);
        }

        @Override
        public void write(ByteBuffer source, long offset) throws IOException {
            if (isFull) {
                throw new IOException("no space left on device");
            }
            written.add(new long[] {offset, source.remaining()});
            file.write(source, offset);
        }

        @Override
        public void commit() throws IOException {
            file.commit();
        }

        @Override
        public void force() throws IOException {
            file.force();
        }

        @Override
        public boolean givesSpaceBack() {
            return file.givesSpaceBack();
        }

        @Override
        public void discard(long offset, long bytes) throws IOException {
            file.discard(offset, bytes);
        }

        @Override
        public void close() {
            file.close();
        }
    }

    @BeforeEach
    void open() throws IOException {
        channel = FileChannel.open(
                directory.resolve("image"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE);
        file = new FileBacking(channel, () -> channel, () -> {});
    }

    @AfterEach
    void close() {
        file.close();
    }

    private static CreationParameters drive(String parameters) {
        return CreationParameters.of(new Parameters(DeviceUri.parse("mem:?factoryBad=0&" + parameters)));
    }

    private ImageLayout layout(CreationParameters drive) throws IOException {
        ImageLayout layout = new ImageLayout(drive.geometry(), drive.payload());
        file.write(ByteBuffer.allocate(1), layout.bytes() - 1);
        return layout;
    }

    private MappedMetadata mapped(ImageLayout layout) {
        return new MappedMetadata(new WatchedFile(), file::map, layout);
    }

    private static ByteBuffer random(SplittableRandom random, int bytes) {
        byte[] all = new byte[bytes];
        random.nextBytes(all);
        return ByteBuffer.wrap(all);
    }

    private byte[] inFile(long offset, int bytes) throws IOException {
        ByteBuffer found = ByteBuffer.allocate(bytes);
        file.read(found, offset);
        return found.array();
    }

    @Test
    void whatIsWrittenIsInTheFileWhereverItIs() throws Exception {
        ImageLayout layout = layout(drive("channels=1&luns=1&blocks=64&sectors=32768&oobBytes=64&sectorBytes=512"));
        long edge = ImageLayout.STATE_TABLE_OFFSET + (64L << 20);
        assertThat(layout.dataAreaOffset()).isGreaterThan(edge + (64 << 10));
        MappedMetadata mapped = mapped(layout);
        SplittableRandom random = new SplittableRandom(1);
        long[] places = {0, 4096, layout.oobAreaOffset(), edge - 700, edge - 4096, layout.dataAreaOffset() - 1024};
        for (int round = 0; round < 3; round++) {
            for (long place : places) {
                ByteBuffer bytes = random(random, 2048);
                mapped.write(bytes.position(500).limit(1500), place);
                assertThat(bytes.position()).as("offset=" + place).isEqualTo(1500);
                assertThat(bytes.limit()).as("offset=" + place).isEqualTo(1500);
                ByteBuffer back = ByteBuffer.allocate(2048).position(300).limit(1300);
                mapped.read(back, place);
                assertThat(back.position()).as("offset=" + place).isEqualTo(1300);
                assertThat(back.slice(300, 1000)).as("offset=" + place).isEqualTo(bytes.slice(500, 1000));
                assertThat(ByteBuffer.wrap(inFile(place, 1000)))
                        .as("offset=" + place)
                        .isEqualTo(bytes.slice(500, 1000));
            }
        }
        ByteBuffer data = random(random, 5000);
        mapped.write(data, layout.dataAreaOffset());
        assertThat(inFile(layout.dataAreaOffset(), 5000)).isEqualTo(data.array());
    }

    @Test
    void aPageIsWrittenThroughTheFileTheFirstTime() throws Exception {
        ImageLayout layout = layout(drive("profile=tiny"));
        MappedMetadata mapped = mapped(layout);
        long page = layout.oobAreaOffset() + 4096;
        mapped.write(ByteBuffer.allocate(16), page + 100);
        assertThat(written).containsExactly(new long[] {page + 100, 16});
        mapped.write(ByteBuffer.allocate(4096), page);
        assertThat(written).hasSize(1);
        mapped.write(ByteBuffer.allocate(32), page + 4080);
        mapped.write(ByteBuffer.allocate(32), page + 4080);
        assertThat(written).hasSize(2).last().isEqualTo(new long[] {page + 4080, 32});
    }

    @Test
    void aFullFileSystemIsAnErrorAndNoSignal() throws Exception {
        ImageLayout layout = layout(drive("profile=tiny"));
        MappedMetadata mapped = mapped(layout);
        isFull = true;
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> mapped.write(ByteBuffer.allocate(16), layout.oobAreaOffset()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no space left on device");
        }
        isFull = false;
        mapped.write(ByteBuffer.allocate(16), layout.oobAreaOffset());
        isFull = true;
        mapped.write(ByteBuffer.allocate(16), layout.oobAreaOffset() + 16);
    }

    /**
     * Every change of a record, and what a reader makes of its half.
     *
     * @param before condition, sectors written, erases; "-" for a block that was never touched
     */
    @ParameterizedTest
    @CsvSource({
        "-, OPEN 8 0, FREE 0 0",
        "-, CLOSED 32 0, FREE 0 0",
        "-, CLOSED 3 0, FREE 0 0",
        "-, EXPLICITLY_OPEN 0 0, FREE 0 0",
        "-, FREE 0 1, FREE 0 0",
        "-, OFFLINE 0 0, FREE 0 0",
        "FREE 0 2, OPEN 8 2, FREE 0 2",
        "FREE 0 2, CLOSED 32 2, FREE 0 2",
        "FREE 0 2, CLOSED 3 2, CLOSED 0 2",
        "FREE 0 2, EXPLICITLY_OPEN 0 2, FREE 0 2",
        "FREE 0 2, OFFLINE 0 2, OFFLINE 0 2",
        "OPEN 8 2, OPEN 16 2, OPEN 16 2",
        "OPEN 8 2, PARKED 8 2, OPEN 8 2",
        "OPEN 8 2, CLOSED 32 2, CLOSED 32 2",
        "OPEN 8 2, CLOSED 11 2, CLOSED 8 2",
        "OPEN 8 2, CLOSED 8 2, CLOSED 8 2",
        "OPEN 8 2, READ_ONLY 11 2, READ_ONLY 8 2",
        "OPEN 8 2, FREE 0 3, FREE 0 3",
        "OPEN 8 2, OFFLINE 0 3, OFFLINE 0 3",
        "EXPLICITLY_OPEN 0 2, FREE 0 2, FREE 0 2",
        "EXPLICITLY_OPEN 0 2, EXPLICITLY_OPEN 4 2, EXPLICITLY_OPEN 4 2",
        "EXPLICITLY_OPEN 4 2, CLOSED 32 2, CLOSED 32 2",
        "PARKED 8 2, OPEN 16 2, PARKED 16 2",
        "PARKED 8 2, CLOSED 32 2, CLOSED 32 2",
        "CLOSED 32 2, FREE 0 3, FREE 0 3",
        "CLOSED 11 2, FREE 0 3, FREE 0 3",
        "CLOSED 32 2, OFFLINE 0 3, OFFLINE 0 3"
    })
    void halfAChangeIsTheOldOrTheNewOrHarmless(String before, String after, String half) throws Exception {
        CreationParameters drive = drive("profile=tiny&channels=1&luns=1&zoned=on");
        BlockShapes shapes = new BlockShapes(drive);
        BlockRecords records = new BlockRecords(drive, shapes);
        ByteBuffer old = before.equals("-") ? CommandScratch.newRecord() : record(records, before);
        ByteBuffer now = record(records, after);
        boolean restFirst = MappedMetadata.isRestFirst(old, 0, now, 0);
        ByteBuffer torn = CommandScratch.newRecord();
        torn.put(0, restFirst ? old : now, 0, 8).put(8, restFirst ? now : old, 8, 24);
        BlockStates states = new BlockStates(drive.geometry(), shapes);
        records.decode(5, torn, 0, states, "image");
        assertThat(states.condition(5) + " " + states.written(5) + " " + states.erases(5))
                .isEqualTo(half);
        records.decode(5, now, 0, states, "image");
        assertThat(states.condition(5) + " " + states.written(5) + " " + states.erases(5))
                .isEqualTo(after);
    }

    private static ByteBuffer record(BlockRecords records, String what) {
        String[] words = what.split(" ", -1);
        ByteBuffer record = CommandScratch.newRecord();
        records.encode(5, Condition.valueOf(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]), record);
        return record;
    }

    @Test
    void aRestWithoutAFirstLongIsOnlyBelievedWhenItIsThatOfTheBlock() throws Exception {
        CreationParameters drive = drive("profile=tiny");
        BlockShapes shapes = new BlockShapes(drive);
        BlockRecords records = new BlockRecords(drive, shapes);
        BlockStates states = new BlockStates(drive.geometry(), shapes);
        ByteBuffer record = record(records, "OPEN 8 0").putLong(0, 0);
        records.decode(5, record, 0, states, "image");
        for (int at = 8; at < BlockRecordLayout.BYTES; at++) {
            ByteBuffer damaged = CommandScratch.newRecord().put(0, record, 0, 32);
            damaged.put(at, (byte) (damaged.get(at) ^ 0x40));
            assertThatThrownBy(() -> records.decode(5, damaged, 0, states, "image"))
                    .as("byte " + at)
                    .isInstanceOf(CorruptException.class)
                    .hasMessageContaining("it has no state");
        }
    }

    @Test
    void recordsGetToTheFileAsTheyAre() throws Exception {
        CreationParameters drive = drive("profile=tiny");
        ImageLayout layout = layout(drive);
        MappedMetadata mapped = mapped(layout);
        BlockTable table = new BlockTable(drive, layout, mapped);
        ByteBuffer record = CommandScratch.newRecord();
        for (int written = 2; written <= 32; written += 2) {
            table.set(7, written == 32 ? Condition.CLOSED : Condition.OPEN, written, 0, record);
            BlockTable loaded = BlockTable.load(drive, layout, file, file, "image");
            assertThat(loaded.writePointer(7)).isEqualTo(written);
            assertThat(loaded.state(7)).isEqualTo(table.state(7));
        }
        table.set(7, Condition.FREE, 0, 1, record);
        assertThat(BlockTable.load(drive, layout, mapped, mapped, "image").erases(7))
                .isEqualTo(1);
        assertThat(written).as("writes through the file").hasSize(1);
        assertThat(ByteBuffer.wrap(inFile(layout.recordOffset(7), 32)).order(ByteOrder.LITTLE_ENDIAN))
                .isEqualTo(record.position(0));
    }
}
