package io.ocssd.target;

import java.util.List;
import java.util.Objects;

/**
 * What is asked of a new target.
 *
 * @param name 1 to 32 letters, digits, dots, dashes or underscores
 * @param share which part of the drive
 * @param overprovision fraction of its usable blocks that only {@link io.ocssd.vblock.Stream#GC} may take, at least 0 and
 *     below 1
 * @param openBlocks blocks that it may have open for writing at the same time, at least {@link #FEWEST_OPEN_BLOCKS}; 0 for its
 *     part of what the device's limit leaves, in proportion to its part of the flash that no target has
 * @param windowBytes memory for the windows of its vblocks open for writing; 0 for {@link OpenOptions#windowBytes} of whoever
 *     opens the drive
 */
public record TargetRequest(String name, TargetShare share, double overprovision, int openBlocks, long windowBytes) {
    /** Longest name. */
    public static final int MAX_NAME_LENGTH = 32;

    /** Open blocks that every target needs: one for each stream. */
    public static final int FEWEST_OPEN_BLOCKS = 4;

    /** Checks everything but what the drive has to say. */
    public TargetRequest {
        if (!name.matches("[A-Za-z0-9._-]{1," + MAX_NAME_LENGTH + "}")) {
            throw new IllegalArgumentException("target name \"" + name + "\" is not 1 to " + MAX_NAME_LENGTH
                    + " letters, digits, dots, dashes or underscores");
        }
        Objects.requireNonNull(share, "share");
        checkBudgets(overprovision, openBlocks, windowBytes);
    }

    /** These LUNs, or everything that no other target has when none is listed; nothing else asked for. */
    public TargetRequest(String name, List<Integer> luns) {
        this(name, luns.isEmpty() ? TargetShare.rest() : TargetShare.luns(luns));
    }

    /** A part of the drive, nothing else asked for. */
    public TargetRequest(String name, TargetShare share) {
        this(name, share, 0, 0, 0);
    }

    /** Everything that no other target has. */
    public static TargetRequest wholeDrive(String name) {
        return new TargetRequest(name, TargetShare.rest());
    }

    /** The same with a fraction of blocks that only garbage collection may take. */
    public TargetRequest withOverprovision(double fraction) {
        return new TargetRequest(name, share, fraction, openBlocks, windowBytes);
    }

    /** The same with a budget of open blocks. */
    public TargetRequest withOpenBlocks(int blocks) {
        return new TargetRequest(name, share, overprovision, blocks, windowBytes);
    }

    /** The same with a budget of window memory. */
    public TargetRequest withWindowBytes(long bytes) {
        return new TargetRequest(name, share, overprovision, openBlocks, bytes);
    }

    static void checkBudgets(double overprovision, int openBlocks, long windowBytes) {
        if (!(overprovision >= 0 && overprovision < 1)) {
            throw new IllegalArgumentException(
                    "overprovision=" + overprovision + " is no fraction from 0 to less than 1");
        }
        if (openBlocks < 0 || (openBlocks > 0 && openBlocks < FEWEST_OPEN_BLOCKS)) {
            throw new IllegalArgumentException(
                    "openBlocks=" + openBlocks + ": a target needs at least " + FEWEST_OPEN_BLOCKS);
        }
        if (windowBytes < 0) {
            throw new IllegalArgumentException("windowBytes=" + windowBytes + " is below 0");
        }
    }
}
