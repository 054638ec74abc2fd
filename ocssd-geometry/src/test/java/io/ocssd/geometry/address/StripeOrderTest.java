package io.ocssd.geometry.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StripeOrderTest {
    private final Geometry geometry = new Geometry(2, 2, 3, 10, 4096, 0);
    private final StripeOrder order = new StripeOrder(geometry, 4);

    @Test
    void channelsFirstThenLunsThenFurtherInTheBlockThenTheNextBlock() {
        List<String> runs = new ArrayList<>();
        StripeCursor cursor = order.cursor();
        while (cursor.nextRun()) {
            runs.add(Ppa.toString(cursor.ppa()) + "+" + cursor.leftInRun());
        }
        assertThat(runs)
                .startsWith(
                        "ch=0,lun=0,blk=0,sec=0+4",
                        "ch=1,lun=0,blk=0,sec=0+4",
                        "ch=0,lun=1,blk=0,sec=0+4",
                        "ch=1,lun=1,blk=0,sec=0+4",
                        "ch=0,lun=0,blk=0,sec=4+4",
                        "ch=1,lun=0,blk=0,sec=4+4",
                        "ch=0,lun=1,blk=0,sec=4+4",
                        "ch=1,lun=1,blk=0,sec=4+4",
                        "ch=0,lun=0,blk=0,sec=8+2",
                        "ch=1,lun=0,blk=0,sec=8+2",
                        "ch=0,lun=1,blk=0,sec=8+2",
                        "ch=1,lun=1,blk=0,sec=8+2",
                        "ch=0,lun=0,blk=1,sec=0+4")
                .endsWith("ch=1,lun=1,blk=2,sec=8+2")
                .hasSize(3 * 3 * 4);
        assertThat(cursor.nextRun()).isFalse();
        assertThat(cursor.next()).isFalse();
    }

    @Test
    void placesOfThePicture() {
        assertThat(order.size()).isEqualTo(2 * 2 * 3 * 10);
        assertThat(order.ppaAt(0)).isEqualTo(0);
        assertThat(order.ppaAt(5)).isEqualTo(Ppa.of(1, 0, 0, 1));
        assertThat(order.ppaAt(11)).isEqualTo(Ppa.of(0, 1, 0, 3));
        assertThat(order.ppaAt(27)).isEqualTo(Ppa.of(0, 1, 0, 7));
        assertThat(order.ppaAt(35)).isEqualTo(Ppa.of(1, 0, 0, 9));
        assertThat(order.ppaAt(38)).isEqualTo(Ppa.of(1, 1, 0, 8));
        assertThat(order.ppaAt(40)).isEqualTo(Ppa.of(0, 0, 1, 0));
        assertThat(order.placeOf(Ppa.of(1, 1, 0, 8))).isEqualTo(38);
        assertThatThrownBy(() -> order.ppaAt(120))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("place=120 is not in 0..119");
        assertThatThrownBy(() -> order.ppaAt(-1)).hasMessageContaining("place=-1");
        assertThat(order.placeOf(Ppa.of(0, 0, 3, 0))).isEqualTo(-1);
        assertThat(order.placeOf(Ppa.of(0, 0, 0, 10))).isEqualTo(-1);
    }

    @Test
    void rangesOfADevice() {
        StripeOrder some = new StripeOrder(new Geometry(4, 3, 5, 8, 4096, 0), 8)
                .channels(1, 3)
                .luns(2, 3)
                .blocks(3, 5);
        List<String> runs = new ArrayList<>();
        StripeCursor cursor = some.cursor();
        while (cursor.nextRun()) {
            runs.add(Ppa.toString(cursor.ppa()));
        }
        assertThat(runs)
                .containsExactly(
                        "ch=1,lun=2,blk=3,sec=0",
                        "ch=2,lun=2,blk=3,sec=0",
                        "ch=1,lun=2,blk=4,sec=0",
                        "ch=2,lun=2,blk=4,sec=0");
        assertThat(some.size()).isEqualTo(32);
        assertThat(some.placeOf(Ppa.of(0, 2, 3, 0))).isEqualTo(-1);
        assertThat(some.placeOf(Ppa.of(1, 1, 3, 0))).isEqualTo(-1);
        assertThat(some.placeOf(Ppa.of(3, 2, 3, 0))).isEqualTo(-1);
        assertThat(some.placeOf(Ppa.of(1, 2, 2, 0))).isEqualTo(-1);
        assertThat(some.runSectors()).isEqualTo(8);
        assertThat(some.geometry().channels()).isEqualTo(4);
    }

    @Test
    void rangesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> order.channels(0, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("channels: begin=0, end=3 is no range inside 0..2");
        assertThatThrownBy(() -> order.luns(1, 1)).hasMessageContaining("begin=1, end=1");
        assertThatThrownBy(() -> order.blocks(-1, 1)).hasMessageContaining("begin=-1");
        assertThatThrownBy(() -> new StripeOrder(geometry, 0)).hasMessage("runSectors=0 is not in 1..10");
        assertThatThrownBy(() -> new StripeOrder(geometry, 11)).hasMessageContaining("runSectors=11");
    }

    @Test
    void manyAreTakenAtOnce() {
        StripeCursor cursor = order.cursor();
        long[] addresses = new long[64];
        assertThat(cursor.take(addresses, 1, 8)).isEqualTo(7);
        assertThat(addresses[0]).isZero();
        assertThat(addresses[8]).isZero();
        for (int place = 0; place < 7; place++) {
            assertThat(addresses[place + 1]).as("place %d", place).isEqualTo(order.ppaAt(place));
        }
        assertThat(cursor.ppa()).isEqualTo(order.ppaAt(6));
        assertThat(cursor.leftInRun()).as("the sector under the cursor counts").isEqualTo(2);
        assertThat(cursor.take(addresses, 0, 64)).isEqualTo(64);
        assertThat(addresses[0]).isEqualTo(order.ppaAt(7));
        assertThat(cursor.take(addresses, 0, 64)).isEqualTo(120 - 71);
        assertThat(cursor.take(addresses, 0, 64)).isZero();
        assertThatThrownBy(() -> cursor.take(addresses, 60, 65)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void seekGoesRightBeforeAPlace() {
        StripeCursor cursor = order.cursor();
        for (long place = 0; place < order.size(); place++) {
            cursor.seek(place);
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.ppa()).as("place %d", place).isEqualTo(order.ppaAt(place));
        }
        cursor.seek(order.size());
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.nextRun()).isFalse();
        cursor.seek(0);
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.ppa()).isZero();
        cursor.seek(6);
        assertThat(cursor.nextRun()).as("from inside a run").isTrue();
        assertThat(cursor.ppa()).isEqualTo(order.ppaAt(8));
        cursor.seek(8);
        assertThat(cursor.nextRun()).as("from before a run").isTrue();
        assertThat(cursor.ppa()).isEqualTo(order.ppaAt(8));
        cursor.rewind();
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.ppa()).isZero();
        assertThatThrownBy(() -> cursor.seek(121)).hasMessageContaining("place=121");
    }
}
