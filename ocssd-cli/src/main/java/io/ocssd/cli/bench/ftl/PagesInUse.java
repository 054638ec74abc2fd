package io.ocssd.cli.bench.ftl;

import java.util.SplittableRandom;

/** The pages that hold something; adding, removing and drawing one are O(1). */
final class PagesInUse {
    private static final int NOT_IN_USE = -1;

    private final int[] pages;
    private final int[] places;
    private final SplittableRandom random;
    private int size;

    /** All are in use. */
    PagesInUse(int count, long seed) {
        this.pages = new int[count];
        this.places = new int[count];
        this.random = new SplittableRandom(seed);
        this.size = count;
        for (int i = 0; i < count; i++) {
            pages[i] = i;
            places[i] = i;
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(int page) {
        if (places[page] == NOT_IN_USE) {
            places[page] = size;
            pages[size++] = page;
        }
    }

    /** Draws one, which is in use no more. */
    int draw() {
        int place = random.nextInt(size);
        int page = pages[place];
        pages[place] = pages[--size];
        places[pages[place]] = place;
        places[page] = NOT_IN_USE;
        return page;
    }
}
