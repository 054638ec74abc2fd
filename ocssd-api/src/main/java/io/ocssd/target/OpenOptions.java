package io.ocssd.target;

import io.ocssd.policy.PolicyChoice;
import java.util.Objects;

/**
 * How a drive is opened.
 *
 * @param windowBytes memory budget of each target that has none of its own on the label, for the windows of all vblocks
 *     open for writing
 * @param placement which LUNs new vblocks go to, one of {@code io.ocssd.Ocssd.placements}
 */
public record OpenOptions(long windowBytes, PolicyChoice placement) {
    /** The placement that is chosen when nobody asks for another. */
    public static final PolicyChoice STANDARD_PLACEMENT = PolicyChoice.of("wear-aware");

    private static final OpenOptions DEFAULTS = new OpenOptions(64L << 20, STANDARD_PLACEMENT);

    /** Checks the budget. */
    public OpenOptions {
        if (windowBytes < 1) {
            throw new IllegalArgumentException("windowBytes=" + windowBytes);
        }
        Objects.requireNonNull(placement, "placement");
    }

    /** 64 MiB for windows, {@link #STANDARD_PLACEMENT}. */
    public static OpenOptions defaults() {
        return DEFAULTS;
    }

    /** The same with another memory budget. */
    public OpenOptions withWindowBytes(long bytes) {
        return new OpenOptions(bytes, placement);
    }

    /** The same with another placement. */
    public OpenOptions withPlacement(PolicyChoice choice) {
        return new OpenOptions(windowBytes, choice);
    }
}
