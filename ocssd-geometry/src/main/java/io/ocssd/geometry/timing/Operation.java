package io.ocssd.geometry.timing;

/** One thing that a LUN does for a request. Taken from a pool and given back. */
final class Operation {
    /** What is done. */
    enum Kind {
        READ,
        PROGRAM,
        ERASE,
        /** A read and a program of the same LUN without the bus. */
        COPY,
        /** Only what the controller does. */
        NOTHING
    }

    /** What happens at {@link #eventNanos}. */
    enum Step {
        /** Its data have come from the host. */
        ARRIVAL,
        /** The array begins with it, and something else waits to use that moment. */
        ARRAY_START,
        /** The array is through with it. */
        ARRAY_END,
        /** Its data have left the register. */
        TRANSFER_END,
        /** Its data have reached the host, or the controller has done its part of a command without operations. */
        DELIVERY
    }

    static final int NOT_DUE = -1;

    FlashRequest request;
    Lun lun;
    Kind kind;
    Step step;
    boolean high;
    /** Nothing of it can begin before. */
    long arrivesNanos;
    /** All command cycles on the bus. */
    long commandNanos;
    /** All data on the bus. */
    long dataNanos;
    /** All data on the host's link; 0 when they stay inside. */
    long hostNanos;
    /** In the array. */
    long arrayNanos;

    long arrayStartNanos;
    long arrayEndNanos;
    /** When the host has all data of a read. */
    long deliveredNanos;
    /** What the array has left to do, while suspended. */
    long remainingNanos;

    int suspensions;
    /** It can't finish before; what {@link Lun#boundNanos} is made of. */
    long boundNanos;
    /** A program that waits for this read. */
    Operation successor;
    /** Reads that this program waits for. */
    int waitsFor;
    /** The next in a line, or in the pool. */
    Operation next;

    /** When its step is due. */
    long eventNanos;
    /** Orders what is due at the same time. */
    long tie;
    /** Place among what is due, or {@link #NOT_DUE}. */
    int heapIndex = NOT_DUE;

    boolean isArrayWork() {
        return kind != Kind.READ;
    }
}
