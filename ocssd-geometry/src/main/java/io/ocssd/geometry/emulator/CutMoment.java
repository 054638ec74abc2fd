package io.ocssd.geometry.emulator;

import java.util.Locale;

/** When, seen from the command that was chosen, power goes. */
public enum CutMoment {
    /** As it is submitted: it leaves no trace; what was submitted before it and has not completed is torn. */
    BEFORE,
    /** While it is under way: it is torn together with everything else that has not completed. The default. */
    INSIDE,
    /** As it completes: it has happened, though nobody is told; everything else that has not completed is torn. */
    AFTER;

    /** The name as URIs write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
