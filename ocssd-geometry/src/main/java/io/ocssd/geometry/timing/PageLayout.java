package io.ocssd.geometry.timing;

import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;

/**
 * Which sectors of a block are read and programmed together. Immutable.
 *
 * <p>A program unit is wsOpt sectors: a page of every plane, or where word lines are programmed at once all pages of the word
 * line. The sectors of a unit belong to its pages one after the other, and those of a page to the planes in the same way:
 *
 * <pre>
 * wsOpt 24, three pages at once, pages of 16 KiB, sectors of 4 KiB: two planes
 *
 * sector  0    4    8    12   16   20   24
 *         | P0 | P1 | P0 | P1 | P0 | P1 |
 *         | lower   | centre  | upper   |      page 0, 1, 2 of the block
 * </pre>
 *
 * So the figures of any drive fit any shape: what follows from wsOpt is the number of planes.
 */
public final class PageLayout {
    private final int unitSectors;
    private final int rowSectors;
    private final int pagesPerUnit;
    private final int planeSectors;
    private final int pagesPerBlock;

    /** The layout of a drive of this shape, made of these cells. */
    public PageLayout(CellTimes cells, Geometry geometry, Limits limits) {
        this.unitSectors = limits.wsOpt();
        // Less than a sector for each page of a word line: then fewer pages have any.
        this.rowSectors = ceil(unitSectors, cells.order().pagesPerProgram());
        this.pagesPerUnit = ceil(unitSectors, rowSectors);
        this.planeSectors = Math.min(rowSectors, Math.max(1, cells.pageBytes() / geometry.sectorBytes()));
        this.pagesPerBlock = ceil(geometry.sectorsPerBlock(), unitSectors) * pagesPerUnit;
    }

    /** Number of the page, across all planes, that a sector of a block belongs to. */
    public int page(int sector) {
        return sector / unitSectors * pagesPerUnit + sector % unitSectors / rowSectors;
    }

    /** First sector of a page. */
    public int firstSector(int page) {
        return page / pagesPerUnit * unitSectors + page % pagesPerUnit * rowSectors;
    }

    /** First sector behind a page. */
    public int endSector(int page) {
        int inUnit = page % pagesPerUnit;
        int unit = page / pagesPerUnit * unitSectors;
        return unit + Math.min(unitSectors, (inUnit + 1) * rowSectors);
    }

    /** Sectors of a program unit. */
    public int unitSectors() {
        return unitSectors;
    }

    /** Pages of a block, each across all planes. */
    public int pagesPerBlock() {
        return pagesPerBlock;
    }

    /** How many planes a page has. */
    public int planes() {
        return ceil(rowSectors, planeSectors);
    }

    /** Pages of single planes, thus bus phases, that so many sectors fill. */
    int phases(int sectors) {
        return ceil(sectors, planeSectors);
    }

    private static int ceil(int amount, int step) {
        return (amount + step - 1) / step;
    }
}
