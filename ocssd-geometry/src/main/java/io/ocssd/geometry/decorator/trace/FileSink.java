package io.ocssd.geometry.decorator.trace;

import io.ocssd.geometry.decorator.RecordFile;
import io.ocssd.geometry.decorator.RecordFormat;
import java.io.IOException;

/** A trace file: a {@link RecordFile} whose records {@link TraceCodec} makes. */
final class FileSink implements TraceSink {
    static final RecordFormat FORMAT = new RecordFormat("OCSSDTRC", 2, "trace");

    private final RecordFile file;
    private final TraceCodec codec = new TraceCodec();

    FileSink(RecordFile file) {
        this.file = file;
    }

    @Override
    public synchronized void begin(TraceHeader header) throws IOException {
        byte[] record = codec.encode(header);
        file.append(record, codec.length());
        for (int block = 0; block < header.geometry().blocks(); ) {
            block = codec.encodeBlocks(header.blocks(), block);
            file.append(codec.record(), codec.length());
        }
    }

    @Override
    public synchronized long[] take(int queue, long first, long[] words, int length) throws IOException {
        byte[] record = codec.encode(queue, first, words, length);
        file.append(record, codec.length());
        return words;
    }

    @Override
    public boolean isImmediate() {
        return false;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
