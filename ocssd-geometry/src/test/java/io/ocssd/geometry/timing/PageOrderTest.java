package io.ocssd.geometry.timing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which kind each page is: the beginnings and ends as they were profiled, and how many there are. */
final class PageOrderTest {
    private static String kinds(PageOrder order, int from, int to, int pages) {
        StringBuilder kinds = new StringBuilder();
        for (int page = from; page < to; page++) {
            kinds.append(order.kind(page, pages));
        }
        return kinds.toString();
    }

    private static long count(PageOrder order, int pages, char kind) {
        return kinds(order, 0, pages, pages)
                .chars()
                .filter(each -> each == kind)
                .count();
    }

    @Test
    void mlcHasTwoEndsAndPairsBetween() {
        assertThat(kinds(PageOrder.MLC_SHADOW, 0, 10, 512)).isEqualTo("0000001001");
        assertThat(kinds(PageOrder.MLC_SHADOW, 10, 22, 512)).isEqualTo("001100110011");
        assertThat(kinds(PageOrder.MLC_SHADOW, 500, 512, 512))
                .as("lower: 502, 503, 506, 507, 509, 510; upper: 504, 505, 508, 511")
                .isEqualTo("110011001001");
        assertThat(kinds(PageOrder.MLC_SHADOW, 244, 256, 256)).isEqualTo("110011001001");
        assertThat(count(PageOrder.MLC_SHADOW, 512, '0')).isEqualTo(260);
        assertThat(count(PageOrder.MLC_SHADOW, 256, '0')).isEqualTo(132);
    }

    @Test
    void tlcAndQlcGoInPairsFromSomewhereOn() {
        assertThat(kinds(PageOrder.TLC_SHADOW, 0, 20, 512)).isEqualTo("00000011001122001122");
        assertThat(kinds(PageOrder.QLC_SHADOW, 0, 30, 512)).isEqualTo("000000110011220011223300112233");
    }

    @Test
    void wordLinesAtOnceGoInTurn() {
        assertThat(kinds(PageOrder.TLC_ONE_PASS, 0, 7, 512)).isEqualTo("0120120");
        assertThat(kinds(PageOrder.QLC_ONE_PASS, 0, 9, 512)).isEqualTo("012301230");
        assertThat(kinds(PageOrder.SLC, 0, 4, 512)).isEqualTo("0000");
    }

    @Test
    void noPageIsOfAKindThatThereIsNot() {
        for (PageOrder order : PageOrder.values()) {
            for (int pages = 1; pages < 70; pages++) {
                for (int page = 0; page < pages; page++) {
                    assertThat(order.kind(page, pages))
                            .as(order + ", page=" + page + ", pages=" + pages)
                            .isBetween(0, order.kinds() - 1);
                }
            }
        }
    }
}
