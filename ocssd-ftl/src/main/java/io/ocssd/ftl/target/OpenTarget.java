package io.ocssd.ftl.target;

import io.ocssd.ftl.vblock.FlashVblocks;
import io.ocssd.target.RecoveryReport;
import io.ocssd.target.Target;
import io.ocssd.target.TargetInfo;
import io.ocssd.vblock.Vblocks;

/** A target that was opened. */
record OpenTarget(TargetInfo info, FlashVblocks flashVblocks) implements Target {
    @Override
    public Vblocks vblocks() {
        return flashVblocks;
    }

    @Override
    public RecoveryReport recovery() {
        return flashVblocks.recovery();
    }
}
