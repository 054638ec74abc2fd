package io.ocssd.ftl.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.ftl.media.Checksum;
import io.ocssd.scheduler.Scheduler;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every offset of what the block device writes, against numbers written down here. */
final class BlockLayoutsTest {
    private final Scheduler scheduler = Scheduler.real();
    private final Checksum checksum = new Checksum(scheduler);

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    void footerOfABatch() {
        ByteBuffer batch = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
        BatchLayout.Footer footer = new BatchLayout.Footer(3, 300, 7, 2, 0x1122334455667788L, 1000, 1400);
        BatchLayout.encode(batch, footer, checksum);
        int end = 8192;
        assertThat(text(batch, end - 64)).isEqualTo("OCPB");
        assertThat(batch.getInt(end - 60)).isEqualTo(1);
        assertThat(batch.getInt(end - 56)).isEqualTo(3);
        assertThat(batch.getInt(end - 52)).isEqualTo(300);
        assertThat(batch.getInt(end - 48)).isEqualTo(7);
        assertThat(batch.getInt(end - 44)).isEqualTo(2);
        assertThat(batch.getLong(end - 40)).isEqualTo(0x1122334455667788L);
        assertThat(batch.getLong(end - 32)).isEqualTo(1000);
        assertThat(batch.getLong(end - 24)).isEqualTo(1400);
        assertThat(batch.getLong(end - 16)).isZero();
        assertThat(batch.getInt(end - 4)).isEqualTo(checksum.of(batch, 0, end - 4));
        assertThat(BatchLayout.decode(batch, checksum)).isEqualTo(footer);
        for (int at : new int[] {0, 4800, end - 60, end - 56, end - 24, end - 1}) {
            batch.put(at, (byte) (batch.get(at) + 1));
            assertThat(BatchLayout.decode(batch, checksum)).as("byte %d", at).isNull();
            batch.put(at, (byte) (batch.get(at) - 1));
        }
    }

    @Test
    void placesOfABatch() {
        assertThat(BatchLayout.places(0, 4096)).isEqualTo(1);
        assertThat(BatchLayout.places(252, 4096)).isEqualTo(1);
        assertThat(BatchLayout.places(253, 4096)).isEqualTo(2);
    }

    @Test
    void headerOfACheckpoint() {
        ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        CheckpointLayout.Header header =
                new CheckpointLayout.Header(0x1122334455667788L, 5, 77, new UnitShape(64, 8, 2012, 100_000));
        CheckpointLayout.encode(bytes, header, checksum);
        assertThat(text(bytes, 0)).isEqualTo("OCPC");
        assertThat(bytes.getInt(4)).isEqualTo(1);
        assertThat(bytes.getLong(8)).isEqualTo(0x1122334455667788L);
        assertThat(bytes.getLong(16)).isEqualTo(5);
        assertThat(bytes.getLong(24)).isEqualTo(77);
        assertThat(bytes.getLong(32)).isEqualTo(100_000);
        assertThat(bytes.getInt(40)).isEqualTo(64);
        assertThat(bytes.getInt(44)).isEqualTo(2012);
        assertThat(bytes.getInt(48)).isEqualTo(8);
        assertThat(bytes.getLong(52)).isZero();
        assertThat(bytes.getInt(60)).isEqualTo(checksum.of(bytes, 0, 60));
        assertThat(CheckpointLayout.isHeader(bytes, checksum)).isTrue();
        assertThat(CheckpointLayout.decode(bytes)).isEqualTo(header);
        bytes.put(30, (byte) 1);
        assertThat(CheckpointLayout.isHeader(bytes, checksum)).isFalse();
        // 64 of header, 64 units, 100,000 places, and 4 bytes for each of 7 pieces of 64 KiB.
        assertThat(CheckpointLayout.bytes(100_000, 64)).isEqualTo(64 + 512 + 400_000 + 28);
    }

    private static String text(ByteBuffer bytes, int at) {
        byte[] four = new byte[4];
        bytes.get(at, four);
        return new String(four, StandardCharsets.US_ASCII);
    }
}
