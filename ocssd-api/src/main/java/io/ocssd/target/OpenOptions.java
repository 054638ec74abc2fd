package io.ocssd.target;

import io.ocssd.policy.PolicyChoice;
import java.util.Objects;

/**
 * How a drive is opened.
 *
 * @param windowBytes memory budget of each target that has none of its own on the label, for the windows of all vblocks
 *     open for writing
 * @param placement which LUNs new vblocks go to, one of {@code io.ocssd.Ocssd.placements}
 * @param readOnly whether nothing is ever programmed or erased through the drive: targets are not recovered, what can be read of
 *     them as they are is there, and every call that would write throws {@link io.ocssd.error.ReadOnlyException}
 */
public record OpenOptions(long windowBytes, PolicyChoice placement, boolean readOnly) {
    /** The placement that is chosen when nobody asks for another. */
    public static final PolicyChoice STANDARD_PLACEMENT = PolicyChoice.of("wear-aware");

    private static final OpenOptions DEFAULTS = new OpenOptions(64L << 20, STANDARD_PLACEMENT, false);

    /** Checks the budget. */
    public OpenOptions {
        if (windowBytes < 1) {
            throw new IllegalArgumentException("windowBytes=" + windowBytes);
        }
        Objects.requireNonNull(placement, "placement");
    }

    /** 64 MiB for windows, {@link #STANDARD_PLACEMENT}, for reading and writing. */
    public static OpenOptions defaults() {
        return DEFAULTS;
    }

    /** The same with another memory budget. */
    public OpenOptions withWindowBytes(long bytes) {
        return new OpenOptions(bytes, placement, readOnly);
    }

    /** The same with another placement. */
    public OpenOptions withPlacement(PolicyChoice choice) {
        return new OpenOptions(windowBytes, choice, readOnly);
    }

    /** The same, but nothing is written. */
    public OpenOptions withReadOnly() {
        return new OpenOptions(windowBytes, placement, true);
    }
}
