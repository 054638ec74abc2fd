package io.ocssd.geometry.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.Capabilities;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Timings;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages that a real kernel handed on from another model of a drive. */
class CapturedPagesTest {
    private static final Path CAPTURES = Path.of("..", "testdata", "captures", "ocssd20-lightnvm.txt");

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
}
