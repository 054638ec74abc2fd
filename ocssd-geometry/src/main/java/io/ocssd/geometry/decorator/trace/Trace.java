package io.ocssd.geometry.decorator.trace;

import io.ocssd.error.BusyException;
import io.ocssd.geometry.decorator.RecordFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Where the commands of one device are written down; hand it to a {@link TracedDevice}.
 *
 * <p>Each queue gathers its events by itself and hands them over some hundreds at a time, when its device is closed, and when
 * it is gone. Thread-safe.
 */
public final class Trace implements Closeable {
    private final TraceSink sink;
    private final AtomicInteger queues = new AtomicInteger();
    /** Of the queues that are open. */
    private final List<TraceBuffer> buffers = new CopyOnWriteArrayList<>();

    private boolean begun;

    private Trace(TraceSink sink) {
        this.sink = sink;
    }

    /**
     * A trace that keeps the last commands in memory.
     *
     * @param bytes room for all queues together; a command of one address takes 40, or 24 when it succeeds before
     *     the next event and without latency. Every queue has another 32 KiB
     */
    public static Trace inMemory(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes=" + bytes);
        }
        return new Trace(new MemorySink(bytes));
    }

    /**
     * A trace in a file. A trace that is there already is overwritten.
     *
     * @throws BusyException when something is there that is no trace, or the trace is being read or written; it was
     *     not changed
     */
    public static Trace toFile(Path file) throws IOException {
        return new Trace(new FileSink(RecordFile.create(file, FileSink.FORMAT)));
    }

    /**
     * A trace as text: a line for every command, at once when its completion was polled. For people who watch; slow.
     *
     * @param lines is called from the tasks that poll, one at a time
     */
    public static Trace toText(Consumer<String> lines) {
        return new Trace(new TextSink(lines));
    }

    /**
     * Reads a trace in memory, as far as it has got; it goes on meanwhile.
     *
     * @throws IllegalStateException when this trace is not one in memory, or has met no device yet
     */
    public TraceReader read() {
        if (!(sink instanceof MemorySink memory) || memory.header() == null) {
            throw new IllegalStateException("only a trace in memory can be read, once it has a device");
        }
        return TraceReader.of(memory.header(), memory.chunks(buffers));
    }

    /** Lets go of the file, if it is one. Idempotent. Traces in memory can still be read. */
    @Override
    public void close() throws IOException {
        sink.close();
    }

    /**
     * Meets its device.
     *
     * @throws IllegalStateException when it has one already
     */
    synchronized void begin(TraceHeader header) throws IOException {
        if (begun) {
            throw new IllegalStateException("a trace is of one device");
        }
        sink.begin(header);
        begun = true;
    }

    TraceBuffer newBuffer() {
        TraceBuffer buffer = new TraceBuffer(sink, queues.getAndIncrement());
        buffers.add(buffer);
        return buffer;
    }

    /** The queue of a buffer is closed, and the buffer empty. */
    void remove(TraceBuffer buffer) {
        buffers.remove(buffer);
    }

    /** Hands over what the queues that are still open have gathered. */
    void flush() throws IOException {
        for (TraceBuffer each : buffers) {
            each.flush();
        }
    }
}
