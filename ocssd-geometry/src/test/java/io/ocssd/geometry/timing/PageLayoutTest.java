package io.ocssd.geometry.timing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableLongArray;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import org.junit.jupiter.api.Test;

/** Which sectors are read and programmed together. */
final class PageLayoutTest {
    private static final CellTimes THREE_AT_ONCE =
            new CellTimes(PageOrder.TLC_ONE_PASS, 16_384, ImmutableLongArray.of(1, 2, 3), ImmutableLongArray.of(4), 5);

    private static PageLayout layout(CellTimes cells, int sectors, int sectorBytes, int wsOpt) {
        return new PageLayout(cells, new Geometry(1, 1, 1, sectors, sectorBytes, 0), new Limits(1, wsOpt, 0, 0));
    }

    @Test
    void aPageOfEveryPlane() {
        PageLayout westlake = layout(NandTimings.WESTLAKE.cells(), 4096, 4096, 16);
        assertThat(westlake.planes()).isEqualTo(4);
        assertThat(westlake.pagesPerBlock()).isEqualTo(256);
        assertThat(westlake.page(15)).isZero();
        assertThat(westlake.page(16)).isEqualTo(1);
        assertThat(westlake.firstSector(255)).isEqualTo(4080);
        assertThat(westlake.endSector(255)).isEqualTo(4096);
        assertThat(westlake.phases(1)).isEqualTo(1);
        assertThat(westlake.phases(5)).isEqualTo(2);
        assertThat(westlake.phases(16)).isEqualTo(4);
    }

    @Test
    void aWordLineOfSeveralPages() {
        PageLayout cnex = layout(NandTimings.CNEX.cells(), 6144, 4096, 24);
        assertThat(cnex.planes()).isEqualTo(2);
        assertThat(cnex.pagesPerBlock()).isEqualTo(768);
        assertThat(cnex.unitSectors()).isEqualTo(24);
        assertThat(new int[] {cnex.page(7), cnex.page(8), cnex.page(23), cnex.page(24)})
                .containsExactly(0, 1, 2, 3);
        assertThat(cnex.firstSector(5)).isEqualTo(40);
        assertThat(cnex.endSector(5)).isEqualTo(48);
    }

    @Test
    void figuresOfOneDriveFitTheShapeOfAnother() {
        // Eight sectors for three pages: 3, 3 and 2.
        PageLayout odd = layout(THREE_AT_ONCE, 20, 4096, 8);
        assertThat(odd.pagesPerBlock()).isEqualTo(9);
        assertThat(odd.page(2)).isZero();
        assertThat(odd.page(3)).isEqualTo(1);
        assertThat(odd.page(7)).isEqualTo(2);
        assertThat(odd.endSector(2)).isEqualTo(8);
        assertThat(odd.page(8)).isEqualTo(3);
        // One sector for three pages: there is one.
        PageLayout least = layout(THREE_AT_ONCE, 4, 65_536, 1);
        assertThat(least.pagesPerBlock()).isEqualTo(4);
        assertThat(least.planes()).isEqualTo(1);
    }

    @Test
    void everySectorIsOfTheOnePageThatSaysSo() {
        for (CellTimes cells : new CellTimes[] {THREE_AT_ONCE, NandTimings.QLC.cells(), NandTimings.TYPICAL.cells()}) {
            for (int wsOpt = 1; wsOpt <= 64; wsOpt++) {
                PageLayout layout = layout(cells, 200, 4096, wsOpt);
                for (int sector = 0; sector < 200; sector++) {
                    int page = layout.page(sector);
                    String where = cells.order() + ", wsOpt=" + wsOpt + ", sector=" + sector + ", page=" + page;
                    assertThat(sector).as(where).isBetween(layout.firstSector(page), layout.endSector(page) - 1);
                    assertThat(page).as(where).isLessThan(layout.pagesPerBlock());
                    assertThat(layout.firstSector(page) / wsOpt)
                            .as(where + ": a page is of one unit")
                            .isEqualTo((layout.endSector(page) - 1) / wsOpt);
                }
            }
        }
    }
}
