package io.ocssd.geometry.emulator;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;

/**
 * Bytes in a sparse file, through positional reads and writes of a channel, which any number of threads may do at once.
 *
 * <p>An interrupt during such a call closes the channel, and with it drops the lock of the image. So the interrupt flag is
 * taken away before the call and set again behind it; and when an interrupt arrives in the middle of a call, the file is
 * opened and locked anew, whatever was under way is repeated, and the caller finds its thread interrupted and nothing else.
 */
final class FileBacking implements Backing {
    /** Opens the file again after an interrupt has closed its channel. */
    @FunctionalInterface
    interface Opener {
        /**
         * Opens and, if it was locked, locks the file.
         *
         * @throws IOException when that can't be done, or it is not the file any more that it was
         */
        FileChannel open() throws IOException;
    }

    /** Gives space back to the file system. */
    interface SpaceReturn extends AutoCloseable {
        /** Gives a range back; reads of it find zeros. */
        void giveBack(long offset, long bytes) throws IOException;

        @Override
        void close();
    }

    private final Opener opener;
    private final Runnable onClose;
    /** Null when space is kept. */
    private volatile SpaceReturn space;

    private volatile FileChannel channel;
    private boolean closed;
    private int reopenings;

    /**
     * Takes over a channel.
     *
     * @param opener makes another one in its place
     * @param onClose is run once, when the channel was closed for good
     */
    FileBacking(FileChannel channel, Opener opener, Runnable onClose) {
        this.channel = channel;
        this.opener = opener;
        this.onClose = onClose;
    }

    /** How often an interrupt made it open the file again. */
    synchronized int reopenings() {
        return reopenings;
    }

    @Override
    public void read(ByteBuffer target, long offset) throws IOException {
        transfer(target, offset, false);
    }

    @Override
    public void write(ByteBuffer source, long offset) throws IOException {
        transfer(source, offset, true);
    }

    /** The page cache survives the program: nothing to do. */
    @Override
    public void commit() {}

    @Override
    public void force() throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                FileChannel now = channel;
                try {
                    now.force(false);
                    return;
                } catch (ClosedChannelException e) {
                    interrupted |= reopen(now, e);
                }
            }
        } finally {
            restore(interrupted);
        }
    }

    /** Takes over what gives space back; without it, the space of an image is used again and not given back. */
    void giveSpaceBackBy(SpaceReturn helper) {
        space = helper;
    }

    @Override
    public boolean givesSpaceBack() {
        return space != null;
    }

    /** Maps a part of the file for reading and writing; the mapping outlives the channel. */
    MappedByteBuffer map(long offset, int bytes) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                FileChannel now = channel;
                try {
                    return now.map(FileChannel.MapMode.READ_WRITE, offset, bytes);
                } catch (ClosedChannelException e) {
                    interrupted |= reopen(now, e);
                }
            }
        } finally {
            restore(interrupted);
        }
    }

    /** When the file system refuses, the space stays with the image, from then on without asking again. */
    @Override
    public synchronized void discard(long offset, long bytes) {
        if (space == null || closed) {
            return;
        }
        try {
            space.giveBack(offset, bytes);
        } catch (IOException e) {
            space.close();
            space = null;
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (space != null) {
            space.close();
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the image could not be closed", e);
        } finally {
            onClose.run();
        }
    }

    private void transfer(ByteBuffer buffer, long offset, boolean write) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            // Where to go on is told by the buffer alone: a call may have moved it and been interrupted after that.
            long base = offset - buffer.position();
            while (buffer.hasRemaining()) {
                FileChannel now = channel;
                long at = base + buffer.position();
                try {
                    int length = write ? now.write(buffer, at) : now.read(buffer, at);
                    if (length < 0) {
                        throw new EOFException("the image ends at " + now.size() + ", before offset " + at);
                    }
                } catch (ClosedChannelException e) {
                    interrupted |= reopen(now, e);
                }
            }
        } finally {
            restore(interrupted);
        }
    }

    /**
     * Opens the file again, unless somebody else has done so since.
     *
     * @param seen the channel that was found closed
     * @return whether this thread was interrupted; the flag is taken away
     */
    private synchronized boolean reopen(FileChannel seen, ClosedChannelException cause) throws IOException {
        boolean interrupted = Thread.interrupted();
        while (channel == seen) {
            if (closed || seen.isOpen()) {
                throw cause;
            }
            try {
                channel = opener.open();
                reopenings++;
            } catch (ClosedByInterruptException e) {
                interrupted |= Thread.interrupted();
            }
        }
        return interrupted;
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
