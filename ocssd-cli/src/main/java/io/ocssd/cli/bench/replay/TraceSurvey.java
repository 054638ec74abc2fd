package io.ocssd.cli.bench.replay;

import io.ocssd.cli.bench.measure.Latencies;
import io.ocssd.device.BlockReport;
import io.ocssd.device.IoCommand.Operation;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.decorator.trace.TraceHeader;
import io.ocssd.geometry.decorator.trace.TraceReader;
import io.ocssd.geometry.decorator.trace.TracedCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.PriorityQueue;

/** What is in a trace, found by reading it once. */
public final class TraceSurvey {
    private final TraceHeader header;
    private final BitSet named = new BitSet();
    private final Map<Operation, Latencies> latencies = new EnumMap<>(Operation.class);
    private final Map<Operation, Long> counts = new EnumMap<>(Operation.class);
    private final PriorityQueue<Long> ends = new PriorityQueue<>();
    private long commands;
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos;
    private int mostUnderWay;
    private int mostSectors = 1;

    private TraceSurvey(TraceReader trace) {
        this.header = trace.header();
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

    /** Linear numbers of the blocks that its commands name. */
    public BitSet named() {
        return named;
    }

    /** How many blocks held something when it began that matters to its commands. */
    public int heldBlocks() {
        return held(header.blocks()).size();
    }

    /** What has to be in the blocks of a drive. */
    HeldBlocks held(BlockReport here) {
        return HeldBlocks.of(header, named, here);
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
        // A range is in one block, and refused otherwise.
        for (int i = 0; i < command.count(); i++) {
            name(command.address(i));
        }
        for (int i = 0; i < command.destinationCount(); i++) {
            name(command.destination(i));
        }
    }

    private void name(long ppa) {
        if (header.geometry().contains(Ppa.blockOf(ppa))) {
            named.set(header.geometry().blockIndex(ppa));
        }
    }
}
