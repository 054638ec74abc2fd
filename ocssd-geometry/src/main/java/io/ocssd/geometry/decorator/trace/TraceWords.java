package io.ocssd.geometry.decorator.trace;

import io.ocssd.device.IoCommand;
import io.ocssd.device.Priority;

/**
 * Events of a trace as rows of 64-bit words: what a queue notes while it runs, and what is kept in memory.
 *
 * <p>There are two: a command was submitted, and a command has completed. Commands of a queue are numbered from 0 in the
 * order of submission; a completion says how many were submitted between its command and itself.
 *
 * <pre>
 *   submitted
 *     word 0   bit  0       0
 *              bits 1..4    operation, its ordinal
 *              bit  5       high priority
 *              bit  6       scalar
 *              bit  7       has OOB
 *              bit  8       addresses ascend by one from the first
 *              bit  9       it succeeded at that time, before any other event, and no event says so
 *              bits 16..31  number of addresses; 1 when scalar
 *              bits 32..63  sectors of a scalar command
 *     word 1   time in nanoseconds
 *     then     the first address, or all when they do not ascend; as many destinations when it is a copy
 *   completed
 *     word 0   bit  0       1
 *              bit  1       has a bitmap
 *              bit  2       has an address
 *              bits 16..31  status
 *              bits 32..63  commands submitted since, that one included
 *     word 1   time in nanoseconds
 *     then     bitmap, address, as far as there
 * </pre>
 */
final class TraceWords {
    static final long COMPLETED = 1;
    static final int OPERATION_SHIFT = 1;
    static final int OPERATION_MASK = 0xF;
    static final long HIGH = 1L << 5;
    static final long SCALAR = 1L << 6;
    static final long HAS_OOB = 1L << 7;
    static final long ASCENDS = 1L << 8;
    static final long SUCCEEDED_AT_ONCE = 1L << 9;
    static final long HAS_BITMAP = 1L << 1;
    static final long HAS_ADDRESS = 1L << 2;
    static final int COUNT_SHIFT = 16;
    static final int STATUS_SHIFT = 16;
    static final int SHORT_MASK = 0xFFFF;
    static final int WIDE_SHIFT = 32;

    private static final IoCommand.Operation[] OPERATIONS = IoCommand.Operation.values();

    private TraceWords() {}

    /** Writes down a command; returns the place behind it. */
    static int putSubmitted(long[] words, int at, long nanos, IoCommand command) {
        int count = command.count();
        long head = (long) command.operation().ordinal() << OPERATION_SHIFT | (long) count << COUNT_SHIFT;
        if (command.priority() == Priority.HIGH) {
            head |= HIGH;
        }
        if (command.oob() != null) {
            head |= HAS_OOB;
        }
        words[at + 2] = command.address(0);
        int next = at + 3;
        if (command.isScalar()) {
            head |= SCALAR | ASCENDS | (long) command.sectors() << WIDE_SHIFT;
        } else if (count == 1 || ascends(command)) {
            head |= ASCENDS;
        } else {
            for (int i = 1; i < count; i++) {
                words[next++] = command.address(i);
            }
        }
        for (int i = 0; i < command.destinationCount(); i++) {
            words[next++] = command.destination(i);
        }
        words[at] = head;
        words[at + 1] = nanos;
        return next;
    }

    private static boolean ascends(IoCommand command) {
        long first = command.address(0);
        for (int i = 1; i < command.count(); i++) {
            if (command.address(i) != first + i) {
                return false;
            }
        }
        return true;
    }

    /** Writes down a completion; returns the place behind it. */
    static int putCompleted(long[] words, int at, long nanos, long since, int status, long bitmap, long address) {
        long head = COMPLETED | (long) status << STATUS_SHIFT | since << WIDE_SHIFT;
        int next = at + 2;
        if (bitmap != 0) {
            head |= HAS_BITMAP;
            words[next++] = bitmap;
        }
        if (address != 0) {
            head |= HAS_ADDRESS;
            words[next++] = address;
        }
        words[at] = head;
        words[at + 1] = nanos;
        return next;
    }

    static boolean isCompleted(long head) {
        return (head & COMPLETED) != 0;
    }

    static boolean has(long head, long bit) {
        return (head & bit) != 0;
    }

    static IoCommand.Operation operation(long head) {
        return OPERATIONS[(int) (head >>> OPERATION_SHIFT) & OPERATION_MASK];
    }

    static boolean isOperation(long head) {
        return ((int) (head >>> OPERATION_SHIFT) & OPERATION_MASK) < OPERATIONS.length;
    }

    static int count(long head) {
        return (int) (head >>> COUNT_SHIFT) & SHORT_MASK;
    }

    static int status(long head) {
        return (int) (head >>> STATUS_SHIFT) & SHORT_MASK;
    }

    /** Sectors of a scalar command, or commands submitted since one that has completed. */
    static long wide(long head) {
        return head >>> WIDE_SHIFT;
    }

    /** Addresses of a submitted command that are written down. */
    static int storedAddresses(long head) {
        return has(head, ASCENDS) ? 1 : count(head);
    }

    /** Destinations of a submitted command that are written down. */
    static int storedDestinations(long head) {
        return operation(head) == IoCommand.Operation.COPY ? count(head) : 0;
    }

    /** How many words an event has. */
    static int length(long head) {
        if (isCompleted(head)) {
            return 2 + (has(head, HAS_BITMAP) ? 1 : 0) + (has(head, HAS_ADDRESS) ? 1 : 0);
        }
        return 2 + storedAddresses(head) + storedDestinations(head);
    }
}
