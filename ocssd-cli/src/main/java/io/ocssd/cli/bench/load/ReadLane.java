package io.ocssd.cli.bench.load;

import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Priority;
import io.ocssd.error.GoneException;
import java.util.SplittableRandom;

/** All reads of a stream. */
final class ReadLane extends Lane {
    private final ReadableData data;
    private final boolean random;
    private final Priority priority;
    private final SplittableRandom places;
    /** By LUN: how many places there are for a request, side by side. */
    private final long[] placeCount;
    /** Requests placed so far; their order is the places' when they are not random. */
    private long placed;

    ReadLane(ReadLoad load, Limits limits, int sectorBytes, ReadableData data, SplittableRandom places) {
        super(0, load.sectors(), load.depth(), sectorBytes, limits, places.split());
        this.data = data;
        this.random = load.random();
        this.priority = load.priority();
        this.places = places;
        this.placeCount = new long[data.luns()];
        for (int i = 0; i < placeCount.length; i++) {
            placeCount[i] = data.sectors(i) / load.sectors();
        }
    }

    @Override
    void place(Request request) {
        int lun = random ? places.nextInt(placeCount.length) : (int) (placed % placeCount.length);
        long place = random ? places.nextLong(placeCount[lun]) : placed / placeCount.length % placeCount[lun];
        request.lunOrdinal = lun;
        request.firstSector = place * requestSectors();
        placed++;
    }

    @Override
    Step send(Request request, IoQueue queue, IoCommand command) throws GoneException {
        long sector = request.firstSector + request.sentSectors;
        int sectors = Math.min(nextSectors(request), data.sectorsToBlockEnd(sector));
        command.read(request.buffer, request.sentSectors * sectorBytes())
                .addRun(data.ppa(request.lunOrdinal, sector), sectors)
                .priority(priority)
                .tag(tag(request, request.sentSectors));
        if (!queue.submit(command)) {
            return Step.QUEUE_FULL;
        }
        request.sentSectors += sectors;
        request.underWay++;
        return Step.SENT;
    }

    @Override
    void pieceEnded(Request request, Completion completion) {
        if (!NvmeStatus.isDataGood(completion.status())) {
            long sector = request.firstSector + mark(completion.tag());
            long first = data.ppa(request.lunOrdinal, sector);
            request.fail(completion.status(), first + firstFailed(completion));
        }
    }

    @Override
    void upkeepEnded(Completion completion, long nowNanos) {
        throw new IllegalStateException("reads need no upkeep, tag=" + completion.tag());
    }

    /** Index of the first address that failed; 0 when the device does not say which. */
    static int firstFailed(Completion completion) {
        return completion.failedAddresses() == 0 ? 0 : Long.numberOfTrailingZeros(completion.failedAddresses());
    }
}
