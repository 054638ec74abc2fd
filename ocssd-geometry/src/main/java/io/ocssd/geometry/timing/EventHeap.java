package io.ocssd.geometry.timing;

import java.util.Arrays;

/**
 * Operations by the time of their next step, ties by {@link Operation#tie}: a binary heap that knows where each is.
 *
 * <p>Times are kept beside the operations, so that most comparisons touch one array only.
 */
final class EventHeap {
    private static final int FIRST_CAPACITY = 64;

    private Operation[] operations = new Operation[FIRST_CAPACITY];
    private long[] times = new long[FIRST_CAPACITY];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** When the first step is due; {@link Long#MAX_VALUE} when none is. */
    long firstNanos() {
        return size == 0 ? Long.MAX_VALUE : times[0];
    }

    /** Adds an operation, or moves it, to its {@link Operation#eventNanos}. */
    void put(Operation operation) {
        if (operation.heapIndex == Operation.NOT_DUE) {
            if (size == operations.length) {
                operations = Arrays.copyOf(operations, 2 * size);
                times = Arrays.copyOf(times, 2 * size);
            }
            up(size++, operation);
        } else {
            settle(operation.heapIndex, operation);
        }
    }

    /** Takes the first operation. */
    Operation removeFirst() {
        Operation first = operations[0];
        remove(first);
        return first;
    }

    void remove(Operation operation) {
        int hole = operation.heapIndex;
        operation.heapIndex = Operation.NOT_DUE;
        Operation last = operations[--size];
        operations[size] = null;
        if (hole != size) {
            settle(hole, last);
        }
    }

    /** Puts an operation at a free place, then where it belongs. */
    private void settle(int at, Operation operation) {
        if (at > 0 && isBefore(operation, (at - 1) >>> 1)) {
            up(at, operation);
        } else {
            down(at, operation);
        }
    }

    private void up(int from, Operation operation) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!isBefore(operation, parent)) {
                break;
            }
            place(at, operations[parent], times[parent]);
            at = parent;
        }
        place(at, operation, operation.eventNanos);
    }

    private void down(int from, Operation operation) {
        int at = from;
        for (int child; (child = 2 * at + 1) < size; at = child) {
            if (child + 1 < size && isBefore(operations[child + 1], child)) {
                child++;
            }
            if (isBefore(operation, child)) {
                break;
            }
            place(at, operations[child], times[child]);
        }
        place(at, operation, operation.eventNanos);
    }

    private boolean isBefore(Operation operation, int other) {
        long time = times[other];
        return operation.eventNanos < time || (operation.eventNanos == time && operation.tie < operations[other].tie);
    }

    private void place(int at, Operation operation, long nanos) {
        operations[at] = operation;
        times[at] = nanos;
        operation.heapIndex = at;
    }
}
