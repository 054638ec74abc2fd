package io.ocssd.geometry.emulator;

import io.ocssd.device.DeviceAdmin;

/** The features of a drive as they are set. Thread-safe. */
final class Features {
    /** Time limited error recovery: kept and told, without any effect. */
    private static final int ERROR_RECOVERY_BITS = 0xFFFF | DeviceAdmin.DULBE;

    private static final int MEDIA_FEEDBACK_BITS = DeviceAdmin.HIGH_ECC | DeviceAdmin.VERY_HIGH_ECC;

    private volatile int errorRecovery = DeviceAdmin.DULBE;
    private volatile int mediaFeedback;

    /** Whether the drive has this feature. */
    static boolean isKnown(int featureId) {
        return featureId == DeviceAdmin.FEATURE_ERROR_RECOVERY || featureId == DeviceAdmin.FEATURE_MEDIA_FEEDBACK;
    }

    /** Whether the feature can have this value: no reserved bit is set. */
    static boolean isPossible(int featureId, int value) {
        int bits = featureId == DeviceAdmin.FEATURE_ERROR_RECOVERY ? ERROR_RECOVERY_BITS : MEDIA_FEEDBACK_BITS;
        return (value & ~bits) == 0;
    }

    /** Value of a feature that is known. */
    int get(int featureId) {
        return featureId == DeviceAdmin.FEATURE_ERROR_RECOVERY ? errorRecovery : mediaFeedback;
    }

    /** Sets a feature that is known to a value that is possible. */
    void set(int featureId, int value) {
        if (featureId == DeviceAdmin.FEATURE_ERROR_RECOVERY) {
            errorRecovery = value;
        } else {
            mediaFeedback = value;
        }
    }

    /** Whether a read of what can't be read fails. */
    boolean failsUnreadable() {
        return (errorRecovery & DeviceAdmin.DULBE) != 0;
    }

    /** Whether a read with a high ECC count says so. */
    boolean tellsHighEcc() {
        return (mediaFeedback & DeviceAdmin.HIGH_ECC) != 0;
    }
}
