package io.ocssd.cli.bench.ftl;

import java.util.function.DoubleUnaryOperator;

/**
 * Write amplification by theory, for loads that overwrite single pages forever.
 *
 * <p>Everywhere {@code alpha} is physical pages by logical pages, {@code pages} are those of a unit, and what comes out is
 * all page writes by those of users. With many units the first four are exact but for what is said.
 */
final class Theory {
    private static final int STEPS = 200;
    /** Below it the series at 0 is a good first guess, above it the one at the branch point. */
    private static final double SERIES_EDGE = -0.3;

    private Theory() {}

    /** Random victims, whatever the load. */
    static double random(double alpha) {
        return alpha / (alpha - 1);
    }

    /** Victims in the order in which they were filled, uniform load (Robinson 1996, Desnoyers 2012). */
    static double fifo(double alpha) {
        return alpha / (alpha + lambertW0(-alpha * Math.exp(-alpha)));
    }

    /**
     * As {@link #fifo}, where classes of pages have rates of their own, and share the units.
     *
     * @param shares of the logical pages in each class
     * @param rates share of the writes that each class gets
     */
    static double fifo(double alpha, double[] shares, double[] rates) {
        // The sum falls short of A above the answer: its limits are 1, and alpha by alpha - 1.
        return falling(1 + 1e-12, 2 * random(alpha), a -> {
            double sum = 0;
            for (int i = 0; i < shares.length; i++) {
                double deaths = rates[i] * alpha / (shares[i] * a);
                sum += rates[i] == 0 ? shares[i] * a / alpha : rates[i] / -Math.expm1(-deaths);
            }
            return sum - a;
        });
    }

    /** As {@link #fifo}, under Zipf's law: page i of n gets a share of the writes like 1 / i^theta. */
    static double fifoZipf(double alpha, int logicalPages, double theta) {
        double[] rates = new double[logicalPages];
        double sum = 0;
        for (int i = 0; i < logicalPages; i++) {
            rates[i] = Math.pow(i + 1.0, -theta);
            sum += rates[i];
        }
        double[] shares = new double[logicalPages];
        for (int i = 0; i < logicalPages; i++) {
            rates[i] /= sum;
            shares[i] = 1.0 / logicalPages;
        }
        return fifo(alpha, shares, rates);
    }

    /** Fewest valid pages first, uniform load: the mean field of many units of a finite size. */
    static double greedy(double alpha, int pages) {
        double[] harmonic = new double[pages + 1];
        for (int i = 1; i <= pages; i++) {
            harmonic[i] = harmonic[i - 1] + 1.0 / i;
        }
        if (alpha >= harmonic[pages]) {
            return 1;
        }
        int below = 0;
        int least = pages;
        while (least - below > 1) {
            int middle = (below + least) / 2;
            if (pages * (harmonic[pages] - harmonic[middle]) / (pages - middle) > alpha) {
                below = middle;
            } else {
                least = middle;
            }
        }
        // Victims have this many valid pages or one less, by the share that makes alpha come out.
        double share = (alpha * (pages - least) - pages * (harmonic[pages] - harmonic[least]))
                / ((double) pages / least - alpha);
        double valid = least - Math.max(0, Math.min(1, share));
        return pages / (pages - valid);
    }

    /** Fewest valid pages of some units that are drawn, one perhaps twice, uniform load (Van Houdt 2013). */
    static double dChoices(double alpha, int pages, int choices) {
        double rho = 1 / alpha;
        double c = falling(1e-9, alpha, at -> meanValid(at, pages, choices) - pages * rho);
        return 1 / (c * rho);
    }

    /** Valid pages of a unit on average, if victims go at this rate: i c m(i) = 1 - M(i)^d from the full units down. */
    private static double meanValid(double c, int pages, int choices) {
        double above = 0;
        double sum = 0;
        for (int valid = pages; valid >= 1; valid--) {
            int i = valid;
            double base = above;
            double share = falling(0, 1 - above, x -> 1 - Math.pow(base + x, choices) - c * i * x);
            above += share;
            sum += valid * share;
        }
        return sum;
    }

    /**
     * What alpha is by the pages that are in use, where some requests give up one of them and all others write any page
     * (Frankie et al. 2012).
     *
     * @param trims share of the requests, below a half
     */
    static double trimmed(double alpha, double trims) {
        return alpha * (1 - trims) / (1 - 2 * trims);
    }

    /** The principal branch of Lambert's W on [-1/e, 0): w e^w = x with w in [-1, 0). By Halley's steps. */
    static double lambertW0(double x) {
        double p = Math.sqrt(Math.max(0, 2 * (Math.E * x + 1)));
        double w = x > SERIES_EDGE ? x * (1 - x + 1.5 * x * x) : -1 + p - p * p / 3 + 11 * p * p * p / 72;
        for (int i = 0; i < STEPS; i++) {
            double e = Math.exp(w);
            double error = w * e - x;
            double divisor = e * (w + 1) - (w + 2) * error / (2 * w + 2);
            double step = error == 0 || divisor == 0 ? 0 : error / divisor;
            w -= step;
            if (Math.abs(step) < 1e-15) {
                return w;
            }
        }
        return w;
    }

    /** Where a falling function is 0, by bisection; at an end when it is nowhere. */
    private static double falling(double from, double to, DoubleUnaryOperator function) {
        double low = from;
        double high = to;
        for (int i = 0; i < STEPS && high - low > 1e-14 * high; i++) {
            double middle = (low + high) / 2;
            if (function.applyAsDouble(middle) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
