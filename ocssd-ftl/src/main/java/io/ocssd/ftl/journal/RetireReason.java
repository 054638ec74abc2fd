package io.ocssd.ftl.journal;

/** Why a block is never used again. The order is part of the layout: new ones go to the end. */
public enum RetireReason {
    /** A program failed in it. */
    PROGRAM_FAILED,
    /** It could not be erased. */
    ERASE_FAILED,
    /** Someone who uses the drive said so. */
    MARKED_BY_HOST
}
