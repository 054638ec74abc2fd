package io.ocssd.ftl.vblock;

import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.statistics.IoTally;
import io.ocssd.ftl.statistics.TargetRecording;

/** Counts and records how long a writer waits for the device before it can take more. Belongs to the writer's task. */
final class AppendStalls {
    private final Media media;
    private final FlashVblock vblock;
    private final IoTally tally;
    private long since;
    /** Null when no recording asks for it. */
    private TargetRecording.Stall recorded;

    AppendStalls(Media media, FlashVblock vblock, IoTally tally) {
        this.media = media;
        this.vblock = vblock;
        this.tally = tally;
    }

    /** The writer has to wait. */
    void begin() {
        since = media.scheduler().nanoTime();
        recorded = TargetRecording.beginStall();
    }

    /** It goes on; when it fails instead, this is not called. */
    void end() {
        long nanos = media.scheduler().nanoTime() - since;
        tally.stalled(nanos);
        if (recorded != null) {
            recorded.end(media.device().info(), vblock.header().targetId(), vblock.id(), vblock.stream(), nanos);
            recorded = null;
        }
    }
}
