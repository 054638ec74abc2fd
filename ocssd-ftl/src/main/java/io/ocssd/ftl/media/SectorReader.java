package io.ocssd.ftl.media;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;

/** Reads many sectors from anywhere, 64 to a command. Errors of unwritten sectors are results. */
public final class SectorReader {
    /** Learns what was read. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * A sector.
         *
         * @param index of its address in the request
         * @param data holds it, until this returns
         * @param offset where it begins
         * @param readable false when the device has nothing there that can be read; the content means nothing then
         */
        void sector(int index, IoBuffer data, int offset, boolean readable);
    }

    private SectorReader() {}

    /**
     * Reads the first {@code count} addresses and hands over each sector, in order.
     *
     * @throws DeviceException when the media failed
     */
    public static void read(Media media, MediaPath path, long[] ppas, int count, Visitor visitor)
            throws DeviceException, GoneException {
        int[] status = new int[1];
        long[] failed = new long[1];
        MediaPath.Outcome outcome = (tag, newStatus, newFailed) -> {
            status[0] = newStatus;
            failed[0] = newFailed;
        };
        for (int first = 0; first < count; first += Limits.MAX_ADDRESSES) {
            int sectors = Math.min(Limits.MAX_ADDRESSES, count - first);
            path.command().read(path.buffer(), 0);
            for (int i = 0; i < sectors; i++) {
                path.command().add(ppas[first + i]);
            }
            path.submit(outcome);
            path.drain(outcome);
            boolean allGood = NvmeStatus.isDataGood(status[0]);
            if (!allGood && status[0] != NvmeStatus.DEALLOCATED) {
                throw Failures.of("read", status[0], ppas[first + Failures.firstFailed(failed[0])]);
            }
            for (int i = 0; i < sectors; i++) {
                boolean readable = allGood || (failed[0] != 0 && (failed[0] >>> i & 1) == 0);
                visitor.sector(first + i, path.buffer(), i * media.sectorBytes(), readable);
            }
        }
    }
}
