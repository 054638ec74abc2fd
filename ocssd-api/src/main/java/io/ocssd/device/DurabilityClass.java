package io.ocssd.device;

/** What of a completed program survives a power cut. */
public enum DurabilityClass {
    /** All of it: the drive has capacitors. */
    PROTECTED
}
