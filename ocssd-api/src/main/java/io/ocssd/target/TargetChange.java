package io.ocssd.target;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is to be different about a target; what is empty stays as it is.
 *
 * @param share what the target is to have afterwards, what it has already included
 * @param overprovision as in {@link TargetRequest}
 * @param openBlocks as in {@link TargetRequest}; 0 for a new part of what the device's limit leaves
 * @param windowBytes as in {@link TargetRequest}
 */
public record TargetChange(
        Optional<TargetShare> share, OptionalDouble overprovision, OptionalInt openBlocks, OptionalLong windowBytes) {
    private static final TargetChange NONE =
            new TargetChange(Optional.empty(), OptionalDouble.empty(), OptionalInt.empty(), OptionalLong.empty());

    /** Checks everything but what the drive has to say. */
    public TargetChange {
        TargetRequest.checkBudgets(overprovision.orElse(0), openBlocks.orElse(0), windowBytes.orElse(0));
    }

    /** Nothing yet. */
    public static TargetChange none() {
        return NONE;
    }

    /** The same with another part of the drive. */
    public TargetChange withShare(TargetShare newShare) {
        return new TargetChange(Optional.of(newShare), overprovision, openBlocks, windowBytes);
    }

    /** The same with another fraction of blocks that only garbage collection may take. */
    public TargetChange withOverprovision(double fraction) {
        return new TargetChange(share, OptionalDouble.of(fraction), openBlocks, windowBytes);
    }

    /** The same with another budget of open blocks. */
    public TargetChange withOpenBlocks(int blocks) {
        return new TargetChange(share, overprovision, OptionalInt.of(blocks), windowBytes);
    }

    /** The same with another budget of window memory. */
    public TargetChange withWindowBytes(long bytes) {
        return new TargetChange(share, overprovision, openBlocks, OptionalLong.of(bytes));
    }
}
