package io.ocssd.geometry.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.Capabilities;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.device.Timings;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Pages that a real kernel handed on from another model of a drive. */
class CapturedPagesTest {
    private static final Path FOLDER = Path.of("..", "testdata", "captures");
    private static final Path CAPTURES = FOLDER.resolve("ocssd20-lightnvm.txt");
    private static final Path FAULTS = FOLDER.resolve("ocssd20-faults.txt");
    private static final Pattern CHUNK =
            Pattern.compile("   chunk .*g(\\d+) p(\\d+) c(\\d+): r=0 st=0x(\\w+) type=0x(\\w+)"
                    + " wi=(\\d+)(?: slba=0x(\\w+))? cnlb=(\\d+) wp=(\\d+)");

    /** A chunk that the recorder printed; {@code address} is -1 where it did not print that. */
    private record Printed(
            long ppa, int state, int type, int wearIndex, long address, long sectors, long writePointer) {
        static Printed of(Matcher line) {
            return new Printed(
                    Ppa.of(
                            Integer.parseInt(line.group(1)),
                            Integer.parseInt(line.group(2)),
                            Integer.parseInt(line.group(3)),
                            0),
                    Integer.parseInt(line.group(4), 16),
                    Integer.parseInt(line.group(5), 16),
                    Integer.parseInt(line.group(6)),
                    line.group(7) == null ? -1 : Long.parseLong(line.group(7), 16),
                    Long.parseLong(line.group(8)),
                    Long.parseLong(line.group(9)));
        }

        byte[] bytes() {
            return ByteBuffer.allocate(32)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(0, (byte) state)
                    .put(1, (byte) type)
                    .put(2, (byte) wearIndex)
                    .putLong(8, address)
                    .putLong(16, sectors)
                    .putLong(24, writePointer)
                    .array();
        }
    }

    private static List<Printed> chunks(Path capture) throws Exception {
        return Files.readAllLines(capture).stream()
                .map(CHUNK::matcher)
                .filter(Matcher::matches)
                .map(Printed::of)
                .toList();
    }

    /** The bytes of the dump behind the line that begins so. */
    private static byte[] dumpBehind(String beginning) throws Exception {
        List<String> lines = Files.readAllLines(CAPTURES);
        int at = 0;
        while (!lines.get(at).startsWith(beginning)) {
            at++;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (lines.get(++at).matches("([0-9a-f]{2} ?){16}")) {
            bytes.writeBytes(HexFormat.ofDelimiter(" ").parseHex(lines.get(at).strip()));
        }
        return bytes.toByteArray();
    }

    @Test
    void theGeometryPageComesBackByteForByte() throws Exception {
        byte[] dump = dumpBehind("ADMIN_VIO e2 geometry");
        assertThat(dump).hasSize(208);
        GeometryPage page = GeometryPage.decode(ByteBuffer.wrap(Arrays.copyOf(dump, GeometryPage.BYTES)), 0, 4096, 16);
        assertThat(page.geometry()).isEqualTo(new Geometry(2, 4, 60, 4096, 4096, 16));
        assertThat(page.limits()).isEqualTo(new Limits(4, 8, 24, 0));
        assertThat(page.capabilities()).isEqualTo(new Capabilities(false, false, false, true));
        assertThat(page.timings()).isEqualTo(new Timings(70_000, 1_900_000, 0, 100_000, 3_500_000, 0));

        ByteBuffer again = ByteBuffer.allocate(GeometryPage.BYTES);
        page.encode(again, 0);
        assertThat(Arrays.copyOf(again.array(), dump.length)).isEqualTo(dump);
    }

    @Test
    void aDescriptorComesBackByteForByte() throws Exception {
        // Read from offset 4 on: the end of descriptor 0 and the beginning of descriptor 1, both of free chunks.
        byte[] dump = dumpBehind("log CA offset=4 len=32");
        assertThat(dump).hasSize(32);
        byte[] first = new byte[ChunkDescriptor.BYTES];
        System.arraycopy(dump, 28, first, 0, 4);
        System.arraycopy(dump, 0, first, 4, 28);
        ChunkDescriptor chunk = ChunkDescriptor.decode(ByteBuffer.wrap(first), 0);
        assertThat(chunk).isEqualTo(new ChunkDescriptor(BlockState.FREE, BlockType.SEQUENTIAL, false, 0, 0, 4096, 0));
        ByteBuffer again = ByteBuffer.allocate(ChunkDescriptor.BYTES);
        chunk.encode(again, 0);
        assertThat(again.array()).isEqualTo(first);
    }

    /** Every state that the recorded drive was in, at the address that its geometry page gives the chunk. */
    @Test
    void everyChunkThatWasPrintedComesBackByteForByte() throws Exception {
        byte[] dump = dumpBehind("ADMIN_VIO e2 geometry");
        GeometryPage page = GeometryPage.decode(ByteBuffer.wrap(Arrays.copyOf(dump, GeometryPage.BYTES)), 0, 4096, 16);
        List<Printed> printed = chunks(CAPTURES);
        assertThat(printed).hasSize(34).extracting(Printed::state).contains(1, 2, 4);
        for (Printed each : printed) {
            ChunkDescriptor chunk = ChunkDescriptor.decode(ByteBuffer.wrap(each.bytes()), 0);
            assertThat(page.addresses().unpack(chunk.firstAddress()))
                    .as("%s", each)
                    .isEqualTo(each.ppa());
            ByteBuffer again = ByteBuffer.allocate(ChunkDescriptor.BYTES);
            chunk.encode(again, 0);
            assertThat(again.array()).as("%s", each).isEqualTo(each.bytes());
        }
    }

    /** The faulty drive has a value of its own for write pointers that mean nothing; all others come back. */
    @Test
    void offlineRandomAndEarlyClosedChunksAreRead() throws Exception {
        int offline = 0;
        int random = 0;
        int closedEarly = 0;
        for (Printed each : chunks(FAULTS)) {
            ChunkDescriptor chunk = ChunkDescriptor.decode(ByteBuffer.wrap(each.bytes()), 0);
            boolean means = chunk.state() != BlockState.OFFLINE && chunk.type() != BlockType.RANDOM;
            assertThat(chunk.writePointer())
                    .as("%s", each)
                    .isEqualTo(means ? each.writePointer() : ChunkDescriptor.NO_WRITE_POINTER);
            assertThat(chunk.sectors()).as("%s", each).isEqualTo(256);
            assertThat(chunk.wearIndex()).as("%s", each).isEqualTo(each.wearIndex());
            offline += chunk.state() == BlockState.OFFLINE ? 1 : 0;
            random += chunk.type() == BlockType.RANDOM ? 1 : 0;
            closedEarly += chunk.state() == BlockState.CLOSED && chunk.writePointer() < chunk.sectors() ? 1 : 0;
        }
        assertThat(new int[] {offline, random, closedEarly})
                .as("offline, random, closed early")
                .containsExactly(4, 3, 3);
    }
}
