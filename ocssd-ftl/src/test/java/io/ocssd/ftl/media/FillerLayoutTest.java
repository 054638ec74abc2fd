package io.ocssd.ftl.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.scheduler.Scheduler;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Every offset of a sector of filler, against numbers. */
final class FillerLayoutTest {
    private final Checksum checksum = new Checksum(Scheduler.real());

    @Test
    void offsets() {
        ByteBuffer buffer = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        FillerLayout.encode(buffer, 512, 512, 77, checksum);
        byte[] magic = new byte[8];
        buffer.get(512, magic);
        assertThat(new String(magic, StandardCharsets.US_ASCII)).isEqualTo("OCSSDFIL");
        assertThat(buffer.getShort(512 + 8)).isEqualTo((short) 1);
        assertThat(buffer.getInt(512 + 12)).isEqualTo(512);
        assertThat(buffer.getLong(512 + 16)).isEqualTo(77);
        assertThat(buffer.getInt(512 + 24)).isEqualTo(checksum.of(buffer, 512, 24));
        assertThat(FillerLayout.TEXT_OFFSET).isEqualTo(28);
        assertThat(FillerLayout.isFiller(buffer, 512, 77, checksum)).isTrue();
        assertThat(FillerLayout.isFiller(buffer, 512, 78, checksum)).isFalse();
        assertThat(FillerLayout.isFiller(buffer, 0, 77, checksum)).isFalse();
        buffer.put(520, (byte) 9);
        assertThat(FillerLayout.isFiller(buffer, 512, 77, checksum)).isFalse();
    }
}
