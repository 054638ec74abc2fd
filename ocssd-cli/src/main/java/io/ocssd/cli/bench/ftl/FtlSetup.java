package io.ocssd.cli.bench.ftl;

import io.ocssd.gc.GcShape;
import io.ocssd.gc.PageModelRequest;
import io.ocssd.policy.PolicyChoice;

/**
 * A run: the FTL and what is done to it.
 *
 * @param overprovision physical pages beyond the logical ones, by the logical ones
 * @param units of the drive
 * @param pagesPerUnit of each of them
 * @param stripes units that are written in turn
 * @param reserve units that are kept for garbage collection; 0 for as many as are needed
 * @param separate whether moved pages go to units of their own
 * @param streams whether the load tells its classes apart
 * @param victims which unit is emptied next
 * @param pacer how much is done ahead
 * @param wear how erases are spread
 * @param load what is written
 * @param trims share of the requests that give a page up instead
 * @param warmup requests before it is measured, by the logical pages
 * @param measure requests that are measured, by the logical pages
 * @param seed of load and policies
 */
record FtlSetup(
        double overprovision,
        int units,
        int pagesPerUnit,
        int stripes,
        int reserve,
        boolean separate,
        boolean streams,
        PolicyChoice victims,
        PolicyChoice pacer,
        PolicyChoice wear,
        LoadChoice load,
        double trims,
        double warmup,
        double measure,
        long seed) {
    /** Checks what nobody else does. */
    FtlSetup {
        if (!(overprovision > 0)) {
            throw new IllegalArgumentException("overprovision=" + overprovision + " is not above 0");
        }
        if (!(trims >= 0 && trims < 0.5)) {
            throw new IllegalArgumentException("trim=" + trims + " is not from 0 to below 0.5");
        }
        if (!(warmup >= 0 && measure > 0)) {
            throw new IllegalArgumentException("warmup=" + warmup + ", measure=" + measure);
        }
        if (units < 1 || pagesPerUnit < 1 || (long) units * pagesPerUnit > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("blocks=" + units + " of pagesPerBlock=" + pagesPerUnit
                    + " pages are none, or more than " + Integer.MAX_VALUE + " pages");
        }
        if (stripes < 1 || stripes > units) {
            throw new IllegalArgumentException("stripes=" + stripes);
        }
    }

    /** Pages that the user sees. */
    int logicalPages() {
        return (int) ((double) units * pagesPerUnit / (1 + overprovision));
    }

    /** Physical pages by logical ones. */
    double alpha() {
        return (double) units * pagesPerUnit / logicalPages();
    }

    /** The load. */
    PageLoad newLoad() {
        return load.load(logicalPages(), pagesPerUnit, seed);
    }

    /** What is asked of the FTL. */
    PageModelRequest request(int streamCount) {
        return new PageModelRequest(
                new GcShape(units, pagesPerUnit, seed),
                logicalPages(),
                stripes,
                streamCount,
                separate,
                reserve > 0 ? reserve : streamCount * stripes,
                victims,
                pacer,
                wear);
    }

    /**
     * Alpha less what garbage collection keeps and open units have not used yet.
     *
     * @param streamCount streams that are told apart
     * @param freeUnits when garbage collection begins, on average
     */
    double alphaEffective(int streamCount, double freeUnits) {
        double open = separate || stripes == 1 ? 0.6 * stripes : 0.2 * stripes;
        return alpha() * (units - freeUnits - open * streamCount) / units;
    }
}
