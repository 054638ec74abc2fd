package io.ocssd.device;

/** How urgent a command is; a hint that devices without priorities ignore. */
public enum Priority {
    /** Everything that can wait its turn. */
    NORMAL,
    /** Goes before work of its LUN that has not begun, and may suspend what has where the drive can. */
    HIGH
}
