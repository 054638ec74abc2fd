package io.ocssd.cli.bench.replay;

import io.ocssd.cli.bench.measure.Latencies;
import io.ocssd.device.IoCommand.Operation;
import io.ocssd.device.NvmeStatus;
import io.ocssd.geometry.decorator.trace.TraceReader;
import io.ocssd.geometry.decorator.trace.TracedCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.PriorityQueue;

/** What is in a trace, found by reading it once. */
public final class TraceSurvey {
    private final BlockNeeds needs;
    private final int wsMin;
    private final Map<Operation, Latencies> latencies = new EnumMap<>(Operation.class);
    private final Map<Operation, Long> counts = new EnumMap<>(Operation.class);
    private final PriorityQueue<Long> ends = new PriorityQueue<>();
    private long commands;
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos;
    private int mostUnderWay;
    private int mostSectors = 1;

    private TraceSurvey(TraceReader trace) {
        this.needs = new BlockNeeds(trace.header().geometry());
        this.wsMin = trace.header().wsMin();
        for (Operation each : Operation.values()) {
            latencies.put(each, new Latencies());
            counts.put(each, 0L);
        }
    }

    /** Reads a trace. */
    public static TraceSurvey of(TraceReader trace) throws IOException {
        TraceSurvey survey = new TraceSurvey(trace);
        try {
            trace.forEach(survey::see);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return survey;
    }

    /** How many commands it has. */
    public long commands() {
        return commands;
    }

    /** How many of them do this. */
    public long count(Operation operation) {
        return counts.get(operation);
    }

    /** Whether some of them are of zones. */
    public boolean hasZones() {
        return count(Operation.APPEND) + count(Operation.FINISH) + count(Operation.OPEN) + count(Operation.CLOSE) > 0;
    }

    /** When the first one was submitted. */
    public long firstNanos() {
        return commands == 0 ? 0 : firstNanos;
    }

    /** From the first submission to the last completion that is in the trace. */
    public long nanos() {
        return commands == 0 ? 0 : lastNanos - firstNanos;
    }

    /** Most commands that were under way at a time; at least 1. */
    public int mostUnderWay() {
        return Math.max(1, mostUnderWay);
    }

    /** Sectors of the largest command that moves data and that a queue takes; at least 1. */
    public int mostSectors() {
        return mostSectors;
    }

    /** Latencies of the commands that did this and succeeded. */
    public Latencies latencies(Operation operation) {
        return latencies.get(operation);
    }

    /** Sectors that blocks held when it began, as far as it tells, by their linear number. */
    public Map<Integer, Integer> heldSectors() {
        return needs.sectors(wsMin);
    }

    private void see(TracedCommand command) {
        commands++;
        if (command.operation() != Operation.ERASE && ReplaySlot.canSend(command)) {
            mostSectors = Math.max(mostSectors, command.sectors());
        }
        counts.merge(command.operation(), 1L, Long::sum);
        firstNanos = Math.min(firstNanos, command.submittedNanos());
        lastNanos = Math.max(lastNanos, command.submittedNanos());
        while (!ends.isEmpty() && ends.peek() <= command.submittedNanos()) {
            ends.remove();
        }
        if (command.isCompleted()) {
            lastNanos = Math.max(lastNanos, command.submittedNanos() + command.latencyNanos());
            ends.add(command.submittedNanos() + command.latencyNanos());
            if (NvmeStatus.isDataGood(command.status())) {
                latencies.get(command.operation()).record(command.latencyNanos());
            }
        } else {
            ends.add(Long.MAX_VALUE);
        }
        mostUnderWay = Math.max(mostUnderWay, ends.size());
        if (NvmeStatus.isDataGood(command.status())) {
            note(command);
        }
    }

    private void note(TracedCommand command) {
        int count = command.isScalar() && command.operation() != Operation.ERASE ? command.sectors() : command.count();
        for (int i = 0; i < count; i++) {
            long ppa = command.isScalar() ? command.address(0) + i : command.address(i);
            switch (command.operation()) {
                case READ, COPY -> needs.read(ppa);
                case WRITE -> needs.write(ppa);
                case ERASE -> needs.erase(ppa);
                case FINISH -> needs.finish(ppa);
                case APPEND -> needs.write(command.resultAddress());
                case OPEN, CLOSE -> {
                    // tells nothing of what a zone holds
                }
            }
        }
        for (int i = 0; i < command.destinationCount(); i++) {
            needs.write(command.destination(i));
        }
    }
}
