package io.ocssd.target;

import java.util.Objects;

/**
 * A block that a target never uses again.
 *
 * @param block its linear number
 * @param reason why
 */
public record BadBlock(int block, Reason reason) {
    /** Why a block is not used. */
    public enum Reason {
        /** The device has taken it out of use, at the factory or since, or it is not written like the others. */
        OFFLINE,
        /** A program failed in it. */
        PROGRAM_FAILED,
        /** It could not be erased. */
        ERASE_FAILED,
        /** Someone said so, by {@link Target#markBad}. */
        MARKED
    }

    /** Checks that there is a reason. */
    public BadBlock {
        Objects.requireNonNull(reason, "reason");
    }
}
