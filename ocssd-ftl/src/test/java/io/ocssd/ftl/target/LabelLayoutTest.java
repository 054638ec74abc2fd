package io.ocssd.ftl.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.error.NotRecognisedException;
import io.ocssd.error.OcssdException;
import io.ocssd.error.TooNewException;
import io.ocssd.error.TooOldException;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.BlockRange;
import io.ocssd.target.TargetInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every offset of the label, against numbers. */
final class LabelLayoutTest {
    private static final int UNIT = 1024;
    private static final int LUNS = 12;
    private static final Label LABEL = new Label(
            0x1122334455667788L,
            41,
            0x99,
            6,
            3,
            List.of(10, 11, 20, 21),
            List.of(
                    new TargetInfo("a", 1, List.of(0, 9), List.of(), 0.25, 7, 0x33, true),
                    new TargetInfo("kv", 2, List.of(3), List.of(), 0, 0, 0, false)));
    private static final int END = 72 + 2 * 66;

    private final Checksum checksum = new Checksum(Scheduler.real());
    private final ByteBuffer buffer = ByteBuffer.allocate(UNIT).order(ByteOrder.LITTLE_ENDIAN);

    @Test
    void offsets() {
        LabelLayout.encode(buffer, UNIT, LABEL, LUNS, checksum);
        byte[] magic = new byte[8];
        buffer.get(0, magic);
        assertThat(new String(magic, StandardCharsets.US_ASCII)).isEqualTo("OCSSDLBL");
        assertThat(buffer.getShort(8)).isEqualTo((short) 4);
        assertThat(buffer.getShort(10)).isEqualTo((short) (LUNS - 1));
        assertThat(buffer.getInt(12)).isEqualTo(END);
        assertThat(buffer.getLong(16)).isEqualTo(0x1122334455667788L);
        assertThat(buffer.getLong(24)).isEqualTo(41);
        assertThat(buffer.getLong(32)).isEqualTo(0x99);
        assertThat(buffer.getInt(40)).isEqualTo(6);
        assertThat(buffer.getInt(44)).isEqualTo(3);
        assertThat(buffer.getInt(48)).isEqualTo(10);
        assertThat(buffer.getInt(52)).isEqualTo(11);
        assertThat(buffer.getInt(56)).isEqualTo(20);
        assertThat(buffer.getInt(60)).isEqualTo(21);
        assertThat(buffer.getInt(64)).isEqualTo(2);
        int crc = buffer.getInt(68);
        assertThat(buffer.getInt(72)).isEqualTo(1);
        assertThat(buffer.getShort(76)).isEqualTo((short) 1);
        assertThat(buffer.getShort(78)).isEqualTo((short) 1);
        assertThat(buffer.get(80)).isEqualTo((byte) 'a');
        assertThat(buffer.getDouble(112)).isEqualTo(0.25);
        assertThat(buffer.getLong(120)).isEqualTo(0x33);
        assertThat(buffer.getInt(128)).isEqualTo(7);
        assertThat(buffer.getInt(132)).isZero();
        assertThat(buffer.get(136)).isEqualTo((byte) 0b1);
        assertThat(buffer.get(137)).isEqualTo((byte) 0b10);
        assertThat(buffer.getInt(138)).isEqualTo(2);
        assertThat(buffer.getShort(138 + 6)).isZero();
        assertThat(buffer.get(138 + 8 + 1)).isEqualTo((byte) 'v');
        assertThat(buffer.get(138 + 64)).isEqualTo((byte) 0b1000);
        buffer.putInt(68, 0);
        assertThat(crc).isEqualTo(checksum.of(buffer, 0, END));
    }

    @Test
    void comesBackAndNoDamagedOneDoes() throws Exception {
        LabelLayout.encode(buffer, UNIT, LABEL, LUNS, checksum);
        assertThat(LabelLayout.decode(buffer, 0, UNIT, LUNS, checksum)).isEqualTo(LABEL);
        for (int i = 0; i < END; i++) {
            buffer.put(i, (byte) (buffer.get(i) ^ 0x04));
            assertThat(LabelLayout.decode(buffer, 0, UNIT, LUNS, checksum))
                    .as("byte %d", i)
                    .isNull();
            buffer.put(i, (byte) (buffer.get(i) ^ 0x04));
        }
    }

    @Test
    void aDriveOfOneLunHasOneCopyAndRunsOfBlocks() throws Exception {
        List<BlockRange> runs = List.of(new BlockRange(2, 5), new BlockRange(9, 1));
        Label label = new Label(
                7,
                1,
                0x99,
                6,
                3,
                List.of(10, 11, 12),
                List.of(new TargetInfo("a", 1, List.of(0), runs, 0, 0, 0, false)));
        assertThat(label.copies()).isEqualTo(1);
        LabelLayout.encode(buffer, UNIT, label, 1, checksum);
        assertThat(buffer.getInt(56)).isEqualTo(12);
        assertThat(buffer.getInt(60)).isEqualTo(-1);
        assertThat(buffer.getInt(12)).isEqualTo(72 + 65 + 2 * 8);
        assertThat(buffer.getInt(132)).isEqualTo(2);
        assertThat(buffer.getInt(137)).isEqualTo(2);
        assertThat(buffer.getInt(141)).isEqualTo(5);
        assertThat(buffer.getInt(145)).isEqualTo(9);
        assertThat(buffer.getInt(149)).isEqualTo(1);
        assertThat(LabelLayout.decode(buffer, 0, UNIT, 1, checksum)).isEqualTo(label);
    }

    @Test
    void entriesThatDoNotAddUpAreNoLabel() throws Exception {
        for (int runs : List.of(-1, 1, 8, Integer.MAX_VALUE)) {
            LabelLayout.encode(buffer, UNIT, LABEL, LUNS, checksum);
            buffer.putInt(132, runs);
            buffer.putInt(68, 0);
            buffer.putInt(68, checksum.of(buffer, 0, END));
            assertThat(LabelLayout.decode(buffer, 0, UNIT, LUNS, checksum))
                    .as("runs %d", runs)
                    .isNull();
        }
    }

    @Test
    void otherVersionsAreRefused() {
        assertThatThrownBy(() -> withVersion(5)).isInstanceOf(TooNewException.class);
        assertThatThrownBy(() -> withVersion(3))
                .isInstanceOf(TooOldException.class)
                .hasMessageContaining("older version");
    }

    @Test
    void aLabelForOtherLunsIsRefused() {
        for (int made : new int[] {1, 8, 256, 65536}) {
            LabelLayout.encode(buffer, UNIT, new Label(7, 1, 0x99, 6, 3, List.of(0, 1), List.of()), made, checksum);
            assertThatThrownBy(() -> LabelLayout.decode(buffer, 0, UNIT, 2, checksum))
                    .isInstanceOf(NotRecognisedException.class)
                    .hasMessage("the label was made for a drive of " + made + " LUNs, and this one is shown with 2")
                    .satisfies(e -> assertThat(((OcssdException) e).hint()).contains("luns=" + made));
        }
    }

    private void withVersion(int version) throws OcssdException {
        LabelLayout.encode(buffer, UNIT, LABEL, LUNS, checksum);
        buffer.putShort(8, (short) version);
        buffer.putInt(68, 0);
        buffer.putInt(68, checksum.of(buffer, 0, END));
        LabelLayout.decode(buffer, 0, UNIT, LUNS, checksum);
    }
}
