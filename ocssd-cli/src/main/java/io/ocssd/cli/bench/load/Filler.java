package io.ocssd.cli.bench.load;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Ppa;
import io.ocssd.error.GoneException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Programs parts of blocks, some side by side, with one command each under way. Used by one task. */
public final class Filler {
    /**
     * A part of a block.
     *
     * @param blockPpa address of the block
     * @param fromSector where its write pointer is; a multiple of wsMin
     * @param toSector where it shall be
     */
    public record Rest(long blockPpa, int fromSector, int toSector) {}

    /** A part that could not be filled, as far as it was not, and what the device said: 0 when it was not tried. */
    public record Unfilled(Rest rest, int status) {}

    private final FlashDevice device;
    private final ByteClass byteClass;
    private final Monitor monitor;
    private final int atATime;
    private final int pieceSectors;
    private final IoCommand command = new IoCommand();
    private final Completion completion = new Completion();
    /** By place: the address of the next sector, and the sector that is not programmed any more. */
    private final long[] next;

    private final int[] end;

    private long filledBlocks;

    /**
     * Makes a filler.
     *
     * @param byteClass what it counts as
     * @param atATime most blocks that are filled side by side
     * @param monitor is told after each block how many there were; when it asks to stop, no other block is begun
     */
    public Filler(FlashDevice device, ByteClass byteClass, int atATime, Monitor monitor) {
        this.device = device;
        this.byteClass = byteClass;
        this.atATime = atATime;
        this.monitor = monitor;
        this.pieceSectors = Lane.pieceSectors(device.limits());
        this.next = new long[atATime];
        this.end = new int[atATime];
    }

    /** Fills them all; returns those it could not, in no order. */
    public List<Unfilled> fill(List<Rest> blocks) throws GoneException {
        Queue<Rest> waiting = new ArrayDeque<>(blocks);
        List<Unfilled> unfilled = new ArrayList<>();
        int pieceBytes = pieceSectors * device.geometry().sectorBytes();
        IoBufferPool pool = new IoBufferPool(pieceBytes, atATime);
        IoBuffer[] buffers = new IoBuffer[atATime];
        try (IoQueue queue = device.openQueue(atATime)) {
            for (int place = 0; place < atATime && !waiting.isEmpty(); place++) {
                buffers[place] = pool.tryTake();
                start(place, waiting.remove());
                send(queue, place, buffers[place]);
            }
            while (queue.inFlight() > 0) {
                queue.await(1, Long.MAX_VALUE);
                while (queue.poll(completion)) {
                    int place = (int) completion.tag();
                    if (advance(place, unfilled)) {
                        send(queue, place, buffers[place]);
                    } else if (!waiting.isEmpty() && !monitor.stopRequested()) {
                        start(place, waiting.remove());
                        send(queue, place, buffers[place]);
                    }
                }
            }
        }
        waiting.forEach(rest -> unfilled.add(new Unfilled(rest, 0)));
        return unfilled;
    }

    private void start(int place, Rest rest) {
        next[place] = rest.blockPpa() | rest.fromSector();
        end[place] = rest.toSector();
    }

    /** Moves a place on by what has completed; false when its block is full or can't be filled. */
    private boolean advance(int place, List<Unfilled> unfilled) {
        long ppa = next[place];
        if (!completion.isSuccess()) {
            unfilled.add(new Unfilled(new Rest(Ppa.blockOf(ppa), Ppa.sector(ppa), end[place]), completion.status()));
            return false;
        }
        int sector = Ppa.sector(ppa) + sectorsFrom(place);
        if (sector == end[place]) {
            monitor.progress(++filledBlocks);
            return false;
        }
        next[place] = Ppa.withSector(ppa, sector);
        return true;
    }

    private void send(IoQueue queue, int place, IoBuffer buffer) throws GoneException {
        int sectors = sectorsFrom(place);
        command.write(buffer, 0)
                .addRun(next[place], sectors)
                .count(byteClass, sectors * device.geometry().sectorBytes())
                .tag(place);
        if (!queue.submit(command)) {
            throw new IllegalStateException("a queue with a place for every block is full, depth=" + queue.depth());
        }
    }

    /** Up to the next boundary of a whole command, or the end of the part. */
    private int sectorsFrom(int place) {
        int sector = Ppa.sector(next[place]);
        return Math.min(pieceSectors - sector % pieceSectors, end[place] - sector);
    }
}
