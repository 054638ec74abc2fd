package io.ocssd.ftl.journal;

import io.ocssd.device.NvmeStatus;
import io.ocssd.error.GoneException;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;

/** Reads units of a block as far as they can be read, whatever is wrong with the others. */
final class UnitReader {
    private UnitReader() {}

    /**
     * Reads units into the path's buffer, one behind the other.
     *
     * @param ppa of the first one
     * @param units as many as fit the buffer at most
     * @return bit i is set when unit i was read
     */
    static long read(Media media, MediaPath path, long ppa, int units) throws GoneException {
        int wsMin = media.limits().wsMin();
        long[] good = {0};
        long all = -1L >>> (Long.SIZE - units);
        MediaPath.Outcome whole = (tag, status, failed) -> good[0] = NvmeStatus.isDataGood(status) ? all : 0;
        path.command().read(path.buffer(), 0).addRun(ppa, units * wsMin);
        path.submit(whole);
        path.drain(whole);
        if (good[0] == 0 && units > 1) {
            MediaPath.Outcome single = (tag, status, failed) -> {
                if (NvmeStatus.isDataGood(status)) {
                    good[0] |= 1L << tag;
                }
            };
            for (int i = 0; i < units; i++) {
                path.command()
                        .read(path.buffer(), i * media.unitBytes())
                        .addRun(ppa + (long) i * wsMin, wsMin)
                        .tag(i);
                path.submit(single);
            }
            path.drain(single);
        }
        return good[0];
    }
}
