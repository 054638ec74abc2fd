package io.ocssd.geometry.zns;

import io.ocssd.device.DeviceAdmin;

/**
 * The error recovery feature, kept on this side: drives answer reads behind the write pointer with zeros or not as they like,
 * so it is the library that knows what is readable. Thread-safe.
 */
final class ErrorRecovery {
    private static final int BITS = 0xFFFF | DeviceAdmin.DULBE;

    private volatile int value = DeviceAdmin.DULBE;

    /** Whether no reserved bit is set. */
    static boolean isPossible(int newValue) {
        return (newValue & ~BITS) == 0;
    }

    int value() {
        return value;
    }

    void set(int newValue) {
        value = newValue;
    }

    /** Whether a read of what can't be read fails. */
    boolean failsUnreadable() {
        return (value & DeviceAdmin.DULBE) != 0;
    }
}
