package io.ocssd.ftl.benchmark;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Limits;
import io.ocssd.error.GoneException;

/**
 * What a device costs by itself: programs of ws_opt sectors round the LUNs from as many buffers as a writer of vblocks has, and
 * reads of what they programmed.
 */
final class BareUnits {
    private final Geometry geometry;
    private final int unitSectors;
    private final int width;
    private final IoQueue queue;
    private final IoBuffer[] buffers;
    private final IoCommand command = new IoCommand();
    private final Completion completion = new Completion();
    private int nextBuffer;
    private int place;
    private int sector;
    private int readPlace;
    private int readSector;

    /**
     * Prepares it.
     *
     * @param bufferCount buffers of 64 sectors that it goes round
     */
    BareUnits(FlashDevice device, int width, int bufferCount) throws GoneException {
        this.geometry = device.geometry();
        this.unitSectors = device.limits().wsOpt();
        this.width = width;
        this.queue = device.openQueue(width);
        this.buffers = new IoBuffer[bufferCount];
        IoBufferPool pool = new IoBufferPool(Limits.MAX_ADDRESSES * geometry.sectorBytes(), bufferCount);
        for (int i = 0; i < bufferCount; i++) {
            buffers[i] = pool.tryTake();
        }
    }

    /** Erases what was written, to begin again. */
    void restart() throws GoneException {
        for (int i = 0; i < width; i++) {
            execute(command.erase().add(block(i)));
        }
        place = 0;
        sector = 0;
    }

    /** Whether there is room for another unit. */
    boolean isFull() {
        return sector + unitSectors > geometry.sectorsPerBlock();
    }

    /** Programs the next unit. */
    int program() throws GoneException {
        IoBuffer buffer = nextBuffer();
        int status = execute(command.write(buffer, 0).addRun(block(place) + sector, unitSectors));
        place++;
        if (place == width) {
            place = 0;
            sector += unitSectors;
        }
        return status;
    }

    /** Reads one sector. */
    int readSector(long ppa) throws GoneException {
        return execute(command.read(buffers[0], 0).add(ppa));
    }

    /** Reads the next 64 sectors in the order in which they were programmed, in one command. */
    int readNext() throws GoneException {
        command.read(nextBuffer(), 0);
        for (int done = 0; done < Limits.MAX_ADDRESSES; done += unitSectors) {
            command.addRun(block(readPlace) + readSector, unitSectors);
            readPlace++;
            if (readPlace == width) {
                readPlace = 0;
                readSector = readSector + 2 * unitSectors > geometry.sectorsPerBlock() ? 0 : readSector + unitSectors;
            }
        }
        return execute(command);
    }

    /** Address of a sector of what was programmed. */
    long ppa(int ofPlace, int ofSector) {
        return block(ofPlace) + ofSector;
    }

    private IoBuffer nextBuffer() {
        nextBuffer = nextBuffer + 1 == buffers.length ? 0 : nextBuffer + 1;
        return buffers[nextBuffer];
    }

    private long block(int ofPlace) {
        return geometry.blockPpa(ofPlace * geometry.blocksPerLun());
    }

    private int execute(IoCommand any) throws GoneException {
        if (!queue.submit(any) || !queue.poll(completion) || !completion.isSuccess()) {
            throw new IllegalStateException("status=" + completion.status());
        }
        return completion.status();
    }
}
