package io.ocssd.geometry.timing;

/** Operations in a row, first in, first out, linked through {@link Operation#next}. */
final class OperationLine {
    private Operation first;
    private Operation last;

    Operation first() {
        return first;
    }

    boolean isEmpty() {
        return first == null;
    }

    void add(Operation operation) {
        operation.next = null;
        if (first == null) {
            first = operation;
        } else {
            last.next = operation;
        }
        last = operation;
    }

    Operation removeFirst() {
        Operation removed = first;
        first = removed.next;
        removed.next = null;
        return removed;
    }
}
