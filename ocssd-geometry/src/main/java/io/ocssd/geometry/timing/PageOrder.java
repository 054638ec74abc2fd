package io.ocssd.geometry.timing;

/**
 * Which kind of page each page of a block is, in the order in which a block is programmed.
 *
 * <p>A cell of n bits belongs to n pages, which differ in time. Kind 0 is the fastest (lower) page. The shadow orders
 * program a lower page some pages before the upper ones of the same cells, so that neighbours disturb each other less.
 */
public enum PageOrder {
    /** One bit a cell: all pages are alike. */
    SLC(1, 1),
    /**
     * Two bits: lower pages 0-5, 7, 8 and upper pages 6, 9 at the beginning, the mirror of it at the end, pairs of lower and
     * upper pages in turn between. The order of Micron's L95B, as the FEMU emulator has it for blocks of 512 pages; other
     * lengths keep the two ends. It counts a few lower pages more than upper ones.
     */
    MLC_SHADOW(2, 1),
    /** Three bits: lower pages 0-5, centre pages 6-7, then pairs of lower, centre and upper pages in turn (FEMU). */
    TLC_SHADOW(3, 1),
    /**
     * Four bits: lower pages 0-5, 8, 9, second pages 6, 7, 10, 11, third pages 12, 13, then pairs of all four in turn. The
     * beginning is FEMU's; the turn behind it is its evident intention.
     */
    QLC_SHADOW(4, 1),
    /** Three bits, programmed at once: the three pages of a word line follow each other. */
    TLC_ONE_PASS(3, 3),
    /** Four bits, programmed at once. */
    QLC_ONE_PASS(4, 4);

    private static final int MLC_ENDS = 10;

    private final int kinds;
    private final int pagesPerProgram;

    PageOrder(int kinds, int pagesPerProgram) {
        this.kinds = kinds;
        this.pagesPerProgram = pagesPerProgram;
    }

    /** How many kinds of pages there are. */
    public int kinds() {
        return kinds;
    }

    /** Pages that one program fills: all of a word line, or one. */
    public int pagesPerProgram() {
        return pagesPerProgram;
    }

    /**
     * The kind of a page.
     *
     * @param page number of the page in its block, from 0
     * @param pages pages of a block
     * @return 0 for the lower page, up to {@link #kinds} - 1 for the uppermost
     */
    public int kind(int page, int pages) {
        return switch (this) {
            case SLC -> 0;
            case MLC_SHADOW -> mlc(page, pages);
            case TLC_SHADOW -> page < 6 ? 0 : page < 8 ? 1 : (page - 8) / 2 % 3;
            case QLC_SHADOW -> qlc(page);
            case TLC_ONE_PASS -> page % 3;
            case QLC_ONE_PASS -> page % 4;
        };
    }

    private static int mlc(int page, int pages) {
        int fromEnd = pages - 1 - page;
        if (page < MLC_ENDS) {
            return page == 6 || page == 9 ? 1 : 0;
        }
        if (fromEnd < MLC_ENDS) {
            return fromEnd == 0 || fromEnd == 3 || fromEnd == 6 || fromEnd == 7 ? 1 : 0;
        }
        return (page - MLC_ENDS) / 2 % 2;
    }

    private static int qlc(int page) {
        if (page >= 14) {
            return (page - 14) / 2 % 4;
        }
        return page >= 12 ? 2 : page == 6 || page == 7 || page >= 10 ? 1 : 0;
    }
}
