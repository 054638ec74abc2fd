package io.ocssd.geometry.emulator;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Bytes in a sparse file, through positional reads and writes of a channel, which any number of threads may do at once.
 *
 * <p>An interrupt during such a call would close the channel and with it drop the lock of the image; so the interrupt flag
 * is taken away before the call and set again behind it. One that arrives in the middle of a call still closes the channel:
 * the commands from then on fail with an internal error, and the image is as a killed process leaves it.
 */
final class FileBacking implements Backing {
    private final FileChannel channel;
    private final Runnable onClose;
    private boolean closed;

    /**
     * Takes over a channel.
     *
     * @param onClose is run once, when the channel was closed
     */
    FileBacking(FileChannel channel, Runnable onClose) {
        this.channel = channel;
        this.onClose = onClose;
    }

    @Override
    public void read(ByteBuffer target, long offset) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            long at = offset;
            while (target.hasRemaining()) {
                int length = channel.read(target, at);
                if (length < 0) {
                    throw new EOFException("the image ends at " + channel.size() + ", before offset " + at);
                }
                at += length;
            }
        } finally {
            restore(interrupted);
        }
    }

    @Override
    public void write(ByteBuffer source, long offset) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            long at = offset;
            while (source.hasRemaining()) {
                at += channel.write(source, at);
            }
        } finally {
            restore(interrupted);
        }
    }

    /** Maps a part of the file for reading and writing; the mapping outlives the channel. */
    MappedByteBuffer map(long offset, int bytes) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            return channel.map(FileChannel.MapMode.READ_WRITE, offset, bytes);
        } finally {
            restore(interrupted);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the image could not be closed", e);
        } finally {
            onClose.run();
        }
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
