package io.ocssd.ftl.media;

import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;

/** Reads sectors from anywhere with one command. Sectors that can't be read since nothing is there are a result. */
public final class SectorReader {
    private SectorReader() {}

    /**
     * Reads the first {@code count} addresses into the path's buffer, one sector behind the other.
     *
     * @param count 1 to {@link Limits#MAX_ADDRESSES}
     * @return bit i is set when sector i was read; the content of the others means nothing
     * @throws DeviceException when the media failed
     */
    public static long read(MediaPath path, long[] ppas, int count) throws DeviceException, GoneException {
        return read(path, ppas, count, false);
    }

    /**
     * The same, but what the media fails to deliver counts as not there: a power cut may have taken it.
     *
     * @param count 1 to {@link Limits#MAX_ADDRESSES}
     * @return bit i is set when sector i was read; the content of the others means nothing
     */
    public static long readable(MediaPath path, long[] ppas, int count) throws DeviceException, GoneException {
        return read(path, ppas, count, true);
    }

    private static long read(MediaPath path, long[] ppas, int count, boolean tolerant)
            throws DeviceException, GoneException {
        int[] status = new int[1];
        long[] failed = new long[1];
        MediaPath.Outcome outcome = (tag, newStatus, newFailed) -> {
            status[0] = newStatus;
            failed[0] = newFailed;
        };
        path.command().read(path.buffer(), 0);
        for (int i = 0; i < count; i++) {
            path.command().add(ppas[i]);
        }
        path.submit(outcome);
        path.drain(outcome);
        long all = -1L >>> (Limits.MAX_ADDRESSES - count);
        if (NvmeStatus.isDataGood(status[0])) {
            return all;
        }
        boolean notThere =
                status[0] == NvmeStatus.DEALLOCATED || (tolerant && status[0] == NvmeStatus.UNRECOVERED_READ);
        if (!notThere) {
            throw Failures.of("read", status[0], ppas[Failures.firstFailed(failed[0])]);
        }
        return failed[0] == 0 ? 0 : all & ~failed[0];
    }
}
