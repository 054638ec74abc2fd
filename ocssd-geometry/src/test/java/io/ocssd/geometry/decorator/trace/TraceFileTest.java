package io.ocssd.geometry.decorator.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.Capabilities;
import io.ocssd.device.Completion;
import io.ocssd.device.DurabilityClass;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Limits;
import io.ocssd.device.Priority;
import io.ocssd.device.Timings;
import io.ocssd.error.CorruptException;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.error.TooNewException;
import io.ocssd.error.TooOldException;
import io.ocssd.geometry.decorator.TestDrive;
import io.ocssd.scheduler.Scheduler;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of a trace file, whole, torn and damaged. */
final class TraceFileTest {
    @TempDir
    Path directory;

    @Test
    void bytesAreAsDocumented() throws Exception {
        TraceCodec codec = new TraceCodec();
        long[] words = new long[64];
        IoCommand command = new IoCommand()
                .read(null, 0)
                .add(0x0102_0000_0300_0005L)
                .add(0x0102_0000_0300_0009L)
                .priority(Priority.HIGH);
        int next = TraceWords.putSubmitted(words, 0, 1000, command);
        next = TraceWords.putSubmitted(
                words, next, 1001, new IoCommand().erase().range(0x0102_0000_0300_0000L, 300));
        next = TraceWords.putCompleted(words, next, 1300, 2, 0x287, 0b10, 0);
        next = TraceWords.putCompleted(words, next, 1300, 1, 0, 0, 0x0102_0000_0300_0001L);
        assertThat(next).isEqualTo(4 + 3 + 3 + 3);
        byte[] record = codec.encode(5, 130, words, next);
        byte[] bytes = Arrays.copyOf(record, codec.length());
        String expected = "02" + "05" + "8201" // chunk of queue 5, from command 130 on
                + "20" + "02" + "e807" // read, high; 2 addresses; 1000 ns
                + "858080988080808101" + "04" // the first, and 4 behind it
                + "c402" + "ac02" + "01" // erase, scalar, ascends; 300 sectors; 1 ns later
                + "8800" // 9 before the last: all bits flipped, and a zero byte
                + "bb28" + "02" + "ab02" + "02" // completed with 0x287 and a bitmap; 2 since; 299 ns later; the bitmap
                + "05" + "01" + "00" + "01"; // completed with an address; 1 since; at once; 1 behind the last
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(expected);
        TraceChunk read = TraceCodec.chunk(bytes);
        assertThat(Arrays.copyOf(read.words, read.length)).isEqualTo(Arrays.copyOf(words, next));
        assertThat(read.queue).isEqualTo(5);
        assertThat(read.first).isEqualTo(130);
    }

    @Test
    void aCompletionThatIsABitInMemoryIsAnEventInTheFile() throws Exception {
        long[] words = new long[64];
        IoCommand command = new IoCommand().read(null, 0).add(0x0102_0000_0300_0005L);
        int next = TraceWords.putSubmitted(words, 0, 1000, command);
        long[] apart = words.clone();
        int end = TraceWords.putCompleted(apart, next, 1000, 1, 0, 0, 0);
        words[0] |= TraceWords.SUCCEEDED_AT_ONCE;
        TraceCodec codec = new TraceCodec();
        byte[] bytes = Arrays.copyOf(codec.encode(5, 130, words, next), codec.length());
        assertThat(bytes).isEqualTo(Arrays.copyOf(codec.encode(5, 130, apart, end), codec.length()));
    }

    @Test
    void bytesOfTheHeaderAreAsDocumented() {
        Geometry geometry = new Geometry(2, 3, 4, 24, 512, 8);
        BlockReport blocks = new BlockReport(geometry);
        for (int block = 0; block < geometry.blocks(); block++) {
            blocks.set(block, BlockState.FREE, 0, BlockReport.UNKNOWN_ERASES);
        }
        blocks.set(0, BlockState.CLOSED, 24, BlockReport.UNKNOWN_ERASES);
        blocks.set(5, BlockState.OPEN, 6, BlockReport.UNKNOWN_ERASES);
        blocks.set(6, BlockState.OPEN, 0, BlockReport.UNKNOWN_ERASES);
        blocks.describe(6, BlockType.RANDOM, 24, 0);
        blocks.describe(7, BlockType.SEQUENTIAL, 10, 0);
        blocks.set(23, BlockState.OFFLINE, 0, BlockReport.UNKNOWN_ERASES);
        TraceHeader header = new TraceHeader(
                "mem:",
                "m",
                new Limits(2, 4, 4, 5, 6, 0),
                new Capabilities(false, true, false, true),
                DurabilityClass.VOLATILE_PAIRS,
                new Timings(70, 90, 110, 120, 121, 122),
                blocks,
                true);
        TraceCodec codec = new TraceCodec();
        byte[] first = Arrays.copyOf(codec.encode(header), codec.length());
        assertThat(HexFormat.of().formatHex(first))
                .isEqualTo(
                        "01" // a header
                                + "02" + "03" + "04" + "18" + "8004" + "08" // geometry
                                + "02" + "04" + "04" + "05" + "06" + "00" // limits
                                + "0a" + "01" // can copy and erase open blocks; volatile pairs
                                + "46" + "5a" + "6e" + "78" + "79" + "7a" // timings
                                + "01" + "046d656d3a" + "016d"); // virtual; URI and model
        assertThat(codec.encodeBlocks(blocks, 0)).isEqualTo(24);
        byte[] second = Arrays.copyOf(codec.record(), codec.length());
        assertThat(HexFormat.of().formatHex(second))
                .isEqualTo("03" + "00" // blocks, from the first one on
                        + "01" + "02" + "18" + "18" // one closed block, 24 sectors, all of them written
                        + "04" + "00" + "18" + "00" // four free ones
                        + "01" + "01" + "18" + "06" // open, 6 written
                        + "01" + "05" + "18" + "00" // open, written anywhere
                        + "01" + "00" + "0a" + "00" // free, of 10 sectors
                        + "0f" + "00" + "18" + "00"
                        + "01" + "03" + "18" + "00"); // offline
        TraceHeader read = TraceCodec.header(first);
        assertThat(TraceCodec.blocks(second, read.blocks(), 0)).isEqualTo(24);
        assertThat(read).usingRecursiveComparison().isEqualTo(header);
    }

    /** So many blocks without two neighbours alike that they take several records. */
    @Test
    void everyBlockComesBack() throws Exception {
        String shape = TestDrive.SHAPE.replace("blocks=6", "blocks=20000") + "&randomBlocks=1&shortBlocks=9000";
        Path file = directory.resolve("blocks.trace");
        try (Scheduler scheduler = Scheduler.real();
                Trace trace = Trace.toFile(file);
                FlashDevice inner = TestDrive.memory(shape, scheduler)) {
            BlockReport expected = inner.report();
            try (TraceReader reader = open(new TracedDevice(inner, trace, scheduler), file)) {
                BlockReport found = reader.header().blocks();
                for (int block = 0; block < expected.geometry().blocks(); block++) {
                    assertThat(found.sectors(block)).as("block=" + block).isEqualTo(expected.sectors(block));
                    assertThat(found.type(block)).as("block=" + block).isEqualTo(expected.type(block));
                    assertThat(found.state(block)).as("block=" + block).isEqualTo(expected.state(block));
                }
            }
        }
    }

    private static TraceReader open(TracedDevice device, Path file) throws Exception {
        device.close();
        return TraceReader.open(file);
    }

    /** Any words that commands can make come back from their bytes. */
    @Test
    void chunksComeBack() {
        int chunks = Boolean.getBoolean("ocssd.campaign") ? 100_000 : 500;
        TraceCodec codec = new TraceCodec();
        for (int seed = 0; seed < chunks; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long[] words = new long[TraceSink.BUFFER_WORDS];
            int length = 0;
            long nanos = random.nextLong(1L << 60);
            while (length < words.length - TraceSink.MOST_WORDS) {
                nanos += random.nextLong(1L << random.nextInt(40));
                length = random.nextBoolean()
                        ? TraceWords.putSubmitted(words, length, nanos, command(random))
                        : TraceWords.putCompleted(
                                words,
                                length,
                                nanos,
                                1 + random.nextInt(1 << random.nextInt(1, 20)),
                                random.nextInt(0x800),
                                random.nextInt(3) == 0 ? random.nextLong() : 0,
                                random.nextInt(3) == 0 ? random.nextLong() : 0);
            }
            int queue = random.nextInt(1000);
            long first = random.nextLong(1L << 50);
            byte[] record = codec.encode(queue, first, words, length);
            TraceChunk read = TraceCodec.chunk(Arrays.copyOf(record, codec.length()));
            assertThat(read.length).as("seed=" + seed).isEqualTo(length);
            assertThat(read.queue).as("seed=" + seed).isEqualTo(queue);
            assertThat(read.first).as("seed=" + seed).isEqualTo(first);
            assertThat(Arrays.equals(read.words, 0, length, words, 0, length))
                    .as("seed=" + seed)
                    .isTrue();
        }
    }

    private static IoCommand command(SplittableRandom random) {
        IoCommand command = new IoCommand();
        switch (random.nextInt(5)) {
            case 0 -> command.read(null, 0);
            case 1 -> command.write(null, 0);
            case 2 -> command.erase();
            case 3 -> command.copy();
            default -> command.finish();
        }
        boolean copy = command.operation() == IoCommand.Operation.COPY;
        if (!copy && random.nextInt(4) == 0) {
            return command.range(random.nextLong(), 1 + random.nextInt(Integer.MAX_VALUE));
        }
        boolean ascends = random.nextBoolean();
        long address = random.nextLong() & ~0xFFL;
        for (int i = random.nextInt(64); i >= 0; i--) {
            command.add(ascends ? address++ : random.nextLong());
            if (copy) {
                command.addDestination(random.nextLong());
            }
        }
        return command.priority(random.nextBoolean() ? Priority.HIGH : Priority.NORMAL);
    }

    private Path record() throws Exception {
        Path file = directory.resolve("whole.trace");
        try (Scheduler scheduler = Scheduler.real();
                Trace trace = Trace.toFile(file);
                TestDrive drive = new TestDrive(
                        new TracedDevice(TestDrive.memory(TestDrive.SHAPE, scheduler), trace, scheduler))) {
            Completion completion = new Completion();
            for (int i = 0; i < 3000; i++) {
                drive.queue.submit(drive.command().erase().add(i % 6 << 24));
                drive.queue.poll(completion);
            }
        }
        return file;
    }

    @Test
    void aTornFileIsReadUpToItsLastWholeRecord() throws Exception {
        byte[] whole = Files.readAllBytes(record());
        SplittableRandom random = new SplittableRandom(1);
        int before = -1;
        for (int length = 0; length <= whole.length; length += 1 + random.nextInt(200)) {
            for (boolean zeros : new boolean[] {false, true}) {
                byte[] torn = Arrays.copyOf(Arrays.copyOf(whole, length), zeros ? whole.length : length);
                Path file = Files.write(directory.resolve("torn.trace"), torn);
                if (length < 16) {
                    assertThatThrownBy(() -> TraceReader.open(file))
                            .isInstanceOfAny(NotRecognisedException.class, CorruptException.class);
                    continue;
                }
                try (TraceReader reader = TraceReader.open(file)) {
                    List<TracedCommand> commands = ImmutableList.copyOf(reader);
                    assertThat(commands.size()).as("length=" + length).isGreaterThanOrEqualTo(before);
                    before = commands.size();
                    for (int i = 0; i < commands.size(); i++) {
                        // Looked at very often: no description is made unless it is needed.
                        if (commands.get(i).number() != i) {
                            throw new AssertionError("length=" + length + ": " + commands.get(i) + " is not " + i);
                        }
                    }
                } catch (CorruptException e) {
                    assertThat(before)
                            .as("length=" + length + ": not even a header")
                            .isEqualTo(-1);
                }
            }
        }
        assertThat(before).isGreaterThan(2000);
    }

    @Test
    void aDamagedFileIsRefused() throws Exception {
        byte[] whole = Files.readAllBytes(record());
        SplittableRandom random = new SplittableRandom(2);
        int end = lastRecord(whole);
        for (int i = 0; i < 300; i++) {
            byte[] wrong = whole.clone();
            int at = i < 40 ? i : random.nextInt(end);
            wrong[at] ^= (byte) (1 << random.nextInt(8));
            Path file = Files.write(directory.resolve("wrong.trace"), wrong);
            assertThatThrownBy(() -> TraceReader.open(file))
                    .as("at=" + at)
                    .isInstanceOfAny(CorruptException.class, NotRecognisedException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    private static int lastRecord(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = 16;
        while (at + 12 + bytes.getInt(at) < file.length) {
            at += 12 + bytes.getInt(at);
        }
        return at;
    }

    /** Whole records whose payload makes no sense: not torn, not flipped, just wrong. */
    @Test
    void nonsenseIsRefused() throws Exception {
        byte[] whole = Files.readAllBytes(record());
        ByteBuffer fields = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        int header = 12 + fields.getInt(16);
        header += 12 + fields.getInt(16 + header);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 500; i++) {
            byte[] payload = new byte[1 + random.nextInt(40)];
            random.nextBytes(payload);
            payload[0] = (byte) random.nextInt(4);
            // What says what the trace is about is two records: the header and its blocks.
            boolean first = i % 2 == 0;
            int kept = first ? 16 : 16 + header;
            ByteBuffer bytes = ByteBuffer.allocate(kept + 12 + payload.length).order(ByteOrder.LITTLE_ENDIAN);
            CRC32C checksum = new CRC32C();
            checksum.update(payload);
            bytes.put(whole, 0, kept)
                    .putInt(payload.length)
                    .putInt(~payload.length)
                    .putInt((int) checksum.getValue())
                    .put(payload);
            Path file = Files.write(directory.resolve("nonsense.trace"), bytes.array());
            // Read or refused, but nothing else.
            try (TraceReader reader = TraceReader.open(file)) {
                assertThat(first).as("a header of nonsense").isFalse();
                reader.forEach(command -> assertThat(command.toString()).isNotEmpty());
            } catch (CorruptException e) {
                assertThat(e).hasMessageContaining("makes no sense at offset " + kept);
            } catch (UncheckedIOException e) {
                assertThat(e.getCause()).isInstanceOf(CorruptException.class);
            }
        }
    }

    @Test
    void anotherVersionIsRefused() throws Exception {
        assertThatThrownBy(() -> TraceReader.open(ofVersion(3)))
                .isInstanceOf(TooNewException.class)
                .hasMessageContaining("was made by a newer version (3, this program knows 2)");
        assertThatThrownBy(() -> TraceReader.open(ofVersion(1)))
                .isInstanceOf(TooOldException.class)
                .hasMessageContaining("was made by an older version (1, this program knows 2)");
    }

    private Path ofVersion(int version) throws Exception {
        byte[] whole = Files.readAllBytes(record());
        ByteBuffer bytes = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(8, version);
        CRC32C checksum = new CRC32C();
        checksum.update(whole, 0, 12);
        bytes.putInt(12, (int) checksum.getValue());
        return Files.write(directory.resolve("other.trace"), whole);
    }

    @Test
    void aTraceThatEndsInItsHeaderIsRefused() throws Exception {
        byte[] whole = Files.readAllBytes(record());
        int end =
                16 + 12 + ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(16);
        Path file = Files.write(directory.resolve("headless.trace"), Arrays.copyOf(whole, end));
        assertThatThrownBy(() -> TraceReader.open(file))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("ends before it says what it is about");
    }
}
