package io.ocssd.ftl.media;

import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.error.GoneException;
import java.util.Arrays;
import java.util.List;

/** Erases blocks, on all their LUNs at once. A block that fails does not stop the others. */
public final class BlockEraser {
    private BlockEraser() {}

    /**
     * Erases closed blocks; returns when all erases have ended, well or not.
     *
     * @param blockPpas each once
     * @return the status of each
     */
    public static int[] erase(MediaPath path, List<Long> blockPpas) throws GoneException {
        int[] statuses = new int[blockPpas.size()];
        Arrays.fill(statuses, NvmeStatus.SUCCESS);
        MediaPath.Outcome outcome = (tag, status, failed) -> statuses[(int) tag] = status;
        for (int i = 0; i < statuses.length; i++) {
            path.command().erase().add(Ppa.blockOf(blockPpas.get(i))).tag(i);
            path.submit(outcome);
        }
        path.drain(outcome);
        return statuses;
    }
}
