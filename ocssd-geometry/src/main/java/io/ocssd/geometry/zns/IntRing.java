package io.ocssd.geometry.zns;

/** A line of numbers, first in first out, with room for a fixed many. Not thread-safe. */
final class IntRing {
    private final int[] numbers;
    private int first;
    private int size;

    IntRing(int room) {
        numbers = new int[room];
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** Adds a number behind the others; there is room. */
    void add(int number) {
        numbers[(first + size) % numbers.length] = number;
        size++;
    }

    /** Takes the first number; there is one. */
    int take() {
        int number = numbers[first];
        first = (first + 1) % numbers.length;
        size--;
        return number;
    }
}
