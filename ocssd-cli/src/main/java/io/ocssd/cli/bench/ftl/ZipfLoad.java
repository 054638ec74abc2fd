package io.ocssd.cli.bench.ftl;

import io.ocssd.gc.PageModel;
import java.util.SplittableRandom;

/** Zipf's law over pages in a shuffled order: exact, and O(1) a draw by Walker's alias method in Vose's form. */
final class ZipfLoad implements PageLoad {
    private final int[] order;
    private final double[] keep;
    private final int[] alias;
    private final SplittableRandom random;

    ZipfLoad(int pages, double theta, long seed) {
        this.random = new SplittableRandom(seed);
        this.order = new int[pages];
        this.keep = new double[pages];
        this.alias = new int[pages];
        double sum = 0;
        for (int i = 0; i < pages; i++) {
            order[i] = i;
            keep[i] = Math.pow(i + 1.0, -theta);
            sum += keep[i];
        }
        shuffle();
        pair(pages / sum);
    }

    private void shuffle() {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int page = order[i];
            order[i] = order[j];
            order[j] = page;
        }
    }

    /** Fills each column that is less than full from one that is more. */
    private void pair(double scale) {
        int pages = keep.length;
        int[] work = new int[pages];
        int small = 0;
        int large = pages;
        for (int i = 0; i < pages; i++) {
            keep[i] *= scale;
            alias[i] = i;
            if (keep[i] < 1) {
                work[small++] = i;
            } else {
                work[--large] = i;
            }
        }
        while (small > 0 && large < pages) {
            int less = work[--small];
            int more = work[large];
            alias[less] = more;
            keep[more] -= 1 - keep[less];
            if (keep[more] < 1) {
                large++;
                work[small++] = more;
            }
        }
        // What is left is full but for rounding.
        while (small > 0) {
            keep[work[--small]] = 1;
        }
    }

    @Override
    public int next(PageModel model) {
        int column = random.nextInt(keep.length);
        return order[random.nextDouble() < keep[column] ? column : alias[column]];
    }
}
