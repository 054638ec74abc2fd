package io.ocssd.geometry.decorator.trace;

import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.device.Priority;
import java.util.Arrays;
import java.util.Locale;

/** A command of a trace: what was asked, and what was answered, if it was. Immutable to whoever reads traces. */
public final class TracedCommand {
    /** Latency of a command that has no answer in the trace. */
    public static final long UNKNOWN_NANOS = -1;

    private final int queue;
    private final long number;
    private final long submittedNanos;
    private final IoCommand.Operation operation;
    private final Priority priority;
    private final boolean scalar;
    private final boolean oob;
    private final int sectors;
    private final long[] addresses;
    private final long[] destinations;
    private long latencyNanos = UNKNOWN_NANOS;
    private int status;
    private long failedAddresses;
    private long resultAddress;

    TracedCommand(int queue, long number, long[] words, int at) {
        long head = words[at];
        this.queue = queue;
        this.number = number;
        this.submittedNanos = words[at + 1];
        this.operation = TraceWords.operation(head);
        this.priority = TraceWords.has(head, TraceWords.HIGH) ? Priority.HIGH : Priority.NORMAL;
        this.scalar = TraceWords.has(head, TraceWords.SCALAR);
        this.oob = TraceWords.has(head, TraceWords.HAS_OOB);
        int count = TraceWords.count(head);
        this.sectors = scalar ? (int) TraceWords.wide(head) : count;
        int next = at + 2;
        int stored = TraceWords.storedAddresses(head);
        this.addresses = Arrays.copyOfRange(words, next, next + count);
        for (int i = stored; i < count; i++) {
            addresses[i] = addresses[0] + i;
        }
        next += stored;
        this.destinations = Arrays.copyOfRange(words, next, next + TraceWords.storedDestinations(head));
    }

    void succeedAtOnce() {
        latencyNanos = 0;
    }

    void complete(long[] words, int at) {
        long head = words[at];
        latencyNanos = words[at + 1] - submittedNanos;
        status = TraceWords.status(head);
        int next = at + 2;
        if (TraceWords.has(head, TraceWords.HAS_BITMAP)) {
            failedAddresses = words[next++];
        }
        if (TraceWords.has(head, TraceWords.HAS_ADDRESS)) {
            resultAddress = words[next];
        }
    }

    /** Number of its queue, from 0 in the order in which queues were opened. */
    public int queue() {
        return queue;
    }

    /** Its own number in its queue, from 0 in the order of submission. */
    public long number() {
        return number;
    }

    /** When it was submitted, in nanoseconds on the clock of the scheduler. */
    public long submittedNanos() {
        return submittedNanos;
    }

    /** What it does. */
    public IoCommand.Operation operation() {
        return operation;
    }

    /** How urgent it is. */
    public Priority priority() {
        return priority;
    }

    /** Whether it has one address and a number of sectors. */
    public boolean isScalar() {
        return scalar;
    }

    /** Whether it has an OOB buffer: it moves OOB bytes or, when it is an erase, takes a descriptor of each block. */
    public boolean hasOob() {
        return oob;
    }

    /** Number of addresses; 1 for a scalar command. */
    public int count() {
        return addresses.length;
    }

    /** Address {@code index}. */
    public long address(int index) {
        return addresses[index];
    }

    /** Number of destinations of a copy. */
    public int destinationCount() {
        return destinations.length;
    }

    /** Destination {@code index} of a copy. */
    public long destination(int index) {
        return destinations[index];
    }

    /** Number of sectors that it moves; for a scalar erase, those of its range. */
    public int sectors() {
        return sectors;
    }

    /** The LUN of its first address, as {@link Geometry#lunIndex} counts. */
    public int lunIndex(Geometry geometry) {
        return geometry.lunIndex(addresses[0]);
    }

    /** Whether its completion is in the trace: it was polled before the trace ended or the device was gone. */
    public boolean isCompleted() {
        return latencyNanos != UNKNOWN_NANOS;
    }

    /** How long it took until its completion was polled, or {@link #UNKNOWN_NANOS}; 0 on a device without latency. */
    public long latencyNanos() {
        return latencyNanos;
    }

    /** What the device said, see {@link NvmeStatus}; 0 when it has not completed. */
    public int status() {
        return status;
    }

    /** Bit i is set when address i failed. */
    public long failedAddresses() {
        return failedAddresses;
    }

    /** Where an append put its first sector; 0 for other commands. */
    public long resultAddress() {
        return resultAddress;
    }

    /** The command as one line: when, which queue, what, where, what came of it. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder();
        line.append(String.format(Locale.ROOT, "%15.3f us  q%d ", submittedNanos / 1e3, queue));
        line.append(String.format(Locale.ROOT, "%-6s ", operation.name().toLowerCase(Locale.ROOT)));
        line.append(Ppa.toString(addresses[0]));
        appendRest(line);
        if (priority == Priority.HIGH) {
            line.append("  high");
        }
        if (!isCompleted()) {
            return line.append("  under way").toString();
        }
        line.append("  ").append(NvmeStatus.name(status));
        if (failedAddresses != 0) {
            line.append(String.format(Locale.ROOT, " 0x%X", failedAddresses));
        }
        if (resultAddress != 0) {
            line.append(" at ").append(Ppa.toString(resultAddress));
        }
        return line.append(String.format(Locale.ROOT, "  %.3f us", latencyNanos / 1e3))
                .toString();
    }

    private void appendRest(StringBuilder line) {
        if (scalar) {
            line.append(" scalar +").append(sectors);
        } else {
            appendRuns(line, addresses);
        }
        if (destinations.length > 0) {
            line.append(" to ").append(Ppa.toString(destinations[0]));
            appendRuns(line, destinations);
        }
    }

    /** Behind the first address: how many follow it one by one, then each next run. */
    private static void appendRuns(StringBuilder line, long[] addresses) {
        int start = 0;
        for (int i = 1; i <= addresses.length; i++) {
            if (i < addresses.length && addresses[i] == addresses[i - 1] + 1) {
                continue;
            }
            if (i - start > 1) {
                line.append(" +").append(i - start);
            }
            if (i < addresses.length) {
                line.append("; ").append(Ppa.toString(addresses[i]));
                start = i;
            }
        }
    }
}
