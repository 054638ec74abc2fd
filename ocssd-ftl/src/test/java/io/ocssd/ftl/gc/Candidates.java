package io.ocssd.ftl.gc;

import java.util.ArrayList;
import java.util.List;

/** What a policy should know of its candidates, in a plain list. */
final class Candidates {
    /** A full unit. */
    static final class Candidate {
        final int unit;
        final long filledAt;
        int valid;
        long changedAt;
        /** When it came to its number of valid pages, as a count of calls. */
        long change;

        Candidate(int unit, int valid, long now, long change) {
            this.unit = unit;
            this.valid = valid;
            this.filledAt = now;
            this.changedAt = now;
            this.change = change;
        }
    }

    /** In the order in which they were filled. */
    final List<Candidate> list = new ArrayList<>();

    private long changes;

    Candidate of(int unit) {
        return list.stream().filter(each -> each.unit == unit).findFirst().orElseThrow();
    }

    void full(int unit, int valid, long now) {
        list.add(new Candidate(unit, valid, now, changes++));
    }

    void pageDied(int unit, long now) {
        Candidate candidate = of(unit);
        candidate.valid--;
        candidate.changedAt = now;
        candidate.change = changes++;
    }

    void taken(int unit) {
        list.remove(of(unit));
    }
}
