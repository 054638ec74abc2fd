package io.ocssd.cli.bench.load;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.device.NvmeStatus;

/**
 * A request under way: sent as one or more commands, ended when all of them are.
 *
 * <p>Made once for every place in a lane and used again and again. Belongs to the task of its stream.
 */
final class Request {
    /** Its place in its lane. */
    final int index;
    /** Holds all its sectors. */
    final IoBuffer buffer;
    /** When its latency begins: when it arrived, or in a closed loop when its first command was sent. */
    long arrivalNanos;
    /** Which of the lane's LUNs it is on, and the first sector in what the lane reads there. */
    int lunOrdinal;

    long firstSector;
    /** Sectors handed to the device. */
    int sentSectors;
    /** Commands that have not completed. */
    int underWay;
    /** The first status that was not good, and of which address. */
    int status;

    long failedAddress;

    Request(int index, IoBuffer buffer) {
        this.index = index;
        this.buffer = buffer;
    }

    void begin(long arrival) {
        arrivalNanos = arrival;
        sentSectors = 0;
        underWay = 0;
        status = NvmeStatus.SUCCESS;
    }

    void fail(int newStatus, long address) {
        if (status == NvmeStatus.SUCCESS) {
            status = newStatus;
            failedAddress = address;
        }
    }

    boolean hasFailed() {
        return status != NvmeStatus.SUCCESS;
    }
}
