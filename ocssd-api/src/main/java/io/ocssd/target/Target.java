package io.ocssd.target;

import io.ocssd.vblock.Vblocks;

/** A named, provisioned share of a drive, owned by one application. Thread-safe. */
public interface Target {
    /** What the label says of it. */
    TargetInfo info();

    /** Its vblocks: the application addresses flash through nothing else. */
    Vblocks vblocks();

    /** What it took to open the target. */
    RecoveryReport recovery();
}
