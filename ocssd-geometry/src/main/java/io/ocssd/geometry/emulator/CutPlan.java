package io.ocssd.geometry.emulator;

/**
 * A power cut that is to come.
 *
 * @param command the command, counted from 1 when the plan was made, that meets it; 0 for at once
 * @param moment when power goes, seen from that command
 * @param loss how much of what is not safe is lost
 * @param seed decides whatever is left to chance
 */
record CutPlan(long command, CutMoment moment, CutLoss loss, long seed) {

    /** A cut that waits for no command. */
    static CutPlan atOnce(CutLoss loss, long seed) {
        return new CutPlan(0, CutMoment.BEFORE, loss, seed);
    }

    /** What everybody is told from then on. */
    String sentence(int inFlight) {
        String when = switch (moment) {
            case BEFORE -> "before";
            case INSIDE -> "at";
            case AFTER -> "after";
        };
        return "power was cut" + (command == 0 ? "" : " " + when + " command " + command) + " with " + inFlight
                + " commands in flight";
    }
}
