package io.ocssd.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The standard streams, in UTF-8 whatever the locale says: JSON has to be, and keys and names are kept that way. */
final class ProcessStreams {
    private static final int BUFFER_BYTES = 1 << 16;

    private ProcessStreams() {}

    static PrintStream stdout() {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES),
                false,
                StandardCharsets.UTF_8);
    }

    static PrintStream stderr() {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.err), BUFFER_BYTES),
                true,
                StandardCharsets.UTF_8);
    }
}
