package io.ocssd.cli.watch;

import com.google.gson.stream.JsonWriter;
import io.ocssd.cli.frame.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/** Intervals as one JSON array, written as they come. */
final class WatchJson implements WatchDisplay {
    private final PrintStream out;
    private JsonWriter writer;

    WatchJson(PrintStream out) {
        this.out = out;
    }

    @Override
    public void show(Interval interval) {
        try {
            begin();
            Json.write(writer, interval);
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            begin();
            writer.endArray();
            writer.flush();
            out.println();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void begin() throws IOException {
        if (writer == null) {
            writer = Json.stream(out);
            writer.beginArray();
        }
    }
}
