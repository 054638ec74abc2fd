package io.ocssd.cli.kv;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys that were made durable, one on a line. A line is written in one piece and at once, so that whoever reads along, or
 * comes after a crash, sees every key that was acknowledged and no other.
 */
final class Acknowledgements implements Closeable {
    private final OutputStream out;
    private final boolean close;
    private final List<byte[]> waiting = new ArrayList<>();

    private Acknowledgements(OutputStream out, boolean close) {
        this.out = out;
        this.close = close;
    }

    /** Writes to a file, anew; {@code -} is standard output, null is nowhere. */
    static Acknowledgements to(String file, OutputStream stdout) throws IOException {
        if (file == null) {
            return new Acknowledgements(OutputStream.nullOutputStream(), false);
        }
        return file.equals("-")
                ? new Acknowledgements(stdout, false)
                : new Acknowledgements(new FileOutputStream(file), true);
    }

    /** The key was put. */
    void put(byte[] key) {
        waiting.add(key);
    }

    /** A sync has returned that covers all that was put. */
    void synced() throws IOException {
        for (byte[] key : waiting) {
            out.write((Texts.line(key) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
        waiting.clear();
    }

    @Override
    public void close() throws IOException {
        if (close) {
            out.close();
        }
    }
}
