package io.ocssd.geometry.decorator.trace;

import io.ocssd.error.CorruptException;
import io.ocssd.geometry.decorator.RecordFileReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Reads a trace: its commands in the order of their submission, over all queues; those submitted at the same time in the
 * order of the queues.
 *
 * <p>Can be iterated again and again. Of a file only what is under way is in memory, and a list of its records. A file that
 * ends in the middle of a record is read up to there. Not thread-safe; a failure to read is an {@link UncheckedIOException}
 * out of the iterator.
 */
public final class TraceReader implements Iterable<TracedCommand>, Closeable {
    /** Gives the chunks of a queue, one by one. */
    private interface Source {
        TraceChunk chunk(long place) throws IOException;
    }

    private final TraceHeader header;
    private final Source source;
    /** Places of the chunks of each queue, in order. */
    private final Map<Integer, List<Long>> places;

    private final RecordFileReader file;
    private final long tornBytes;

    private TraceReader(
            TraceHeader header, Source source, Map<Integer, List<Long>> places, RecordFileReader file, long tornBytes) {
        this.header = header;
        this.source = source;
        this.places = places;
        this.file = file;
        this.tornBytes = tornBytes;
    }

    /**
     * Opens a trace file.
     *
     * @throws io.ocssd.error.NotFoundException when there is none
     * @throws io.ocssd.error.NotRecognisedException when it is no trace
     * @throws io.ocssd.error.TooNewException when a newer version wrote it
     * @throws io.ocssd.error.TooOldException when an older version wrote it
     * @throws CorruptException when it is damaged; a torn tail is none
     */
    public static TraceReader open(Path path) throws IOException {
        RecordFileReader file = RecordFileReader.open(path, FileSink.FORMAT);
        try {
            step(file, path);
            TraceHeader header;
            Map<Integer, List<Long>> places = new TreeMap<>();
            try {
                header = TraceCodec.header(file.payload());
                for (int told = 0; told < header.geometry().blocks(); ) {
                    step(file, path);
                    told = TraceCodec.blocks(file.payload(), header.blocks(), told);
                }
                while (file.next()) {
                    places.computeIfAbsent(TraceCodec.queue(file.payload()), queue -> new ArrayList<>())
                            .add(file.offset());
                }
            } catch (RuntimeException e) {
                // Whatever it is: the bytes are whole, and no trace.
                throw nonsense(path, file.offset(), e);
            }
            Source source = place -> {
                try {
                    return TraceCodec.chunk(file.payloadAt(place));
                } catch (RuntimeException e) {
                    throw nonsense(path, place, e);
                }
            };
            return new TraceReader(header, source, places, file, file.bytesLeft());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Goes to a record that must be there. */
    private static void step(RecordFileReader file, Path path) throws IOException {
        if (!file.next()) {
            throw new CorruptException("the trace " + path + " ends before it says what it is about", "record it anew");
        }
    }

    private static CorruptException nonsense(Path path, long offset, RuntimeException cause) {
        return new CorruptException(
                "the trace " + path + " makes no sense at offset " + offset + ": " + cause.getMessage(),
                "record it anew");
    }

    static TraceReader of(TraceHeader header, List<TraceChunk> chunks) {
        Map<Integer, List<Long>> places = new TreeMap<>();
        for (int i = 0; i < chunks.size(); i++) {
            places.computeIfAbsent(chunks.get(i).queue, queue -> new ArrayList<>())
                    .add((long) i);
        }
        return new TraceReader(header, place -> chunks.get((int) place), places, null, 0);
    }

    /** What it is about. */
    public TraceHeader header() {
        return header;
    }

    /** Bytes at the end of the file that belong to no whole record; 0 when it ended well. */
    public long tornBytes() {
        return tornBytes;
    }

    @Override
    public Iterator<TracedCommand> iterator() {
        return new Merge();
    }

    /** Lets go of the file, if it is one. Idempotent. */
    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    /** Commands of one queue, each given out once its end is known or there is no more to read. */
    private final class Lane {
        private final QueueCursor cursor;
        private final Iterator<Long> rest;
        private final ArrayDeque<TracedCommand> commands = new ArrayDeque<>();

        Lane(int queue, List<Long> chunks) {
            this.cursor = new QueueCursor(queue);
            this.rest = chunks.iterator();
        }

        /** The next command, or null. */
        TracedCommand peek() {
            while ((commands.isEmpty() || !commands.peek().isCompleted()) && rest.hasNext()) {
                try {
                    cursor.read(source.chunk(rest.next()), commands::add, completed -> {});
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return commands.peek();
        }
    }

    private final class Merge implements Iterator<TracedCommand> {
        private final PriorityQueue<Lane> lanes = new PriorityQueue<>(
                Comparator.<Lane>comparingLong(lane -> lane.peek().submittedNanos())
                        .thenComparingInt(lane -> lane.peek().queue()));

        Merge() {
            places.forEach((queue, chunks) -> add(new Lane(queue, chunks)));
        }

        private void add(Lane lane) {
            if (lane.peek() != null) {
                lanes.add(lane);
            }
        }

        @Override
        public boolean hasNext() {
            return !lanes.isEmpty();
        }

        @Override
        public TracedCommand next() {
            Lane lane = lanes.poll();
            if (lane == null) {
                throw new NoSuchElementException();
            }
            TracedCommand next = lane.commands.remove();
            add(lane);
            return next;
        }
    }
}
