package io.ocssd.gc;

/**
 * Chooses the unit that is emptied next. Not thread-safe: its collector calls it one call at a time.
 *
 * <p>It is told of each unit that fills up, of each page that dies there, and of each unit that is emptied; those that it was
 * told of and that were not emptied since are its candidates. However many there are, a call takes O(1) or O(log units).
 *
 * <p>Time is a count of the pages that users have written.
 */
public interface VictimPolicy {
    /** What {@link #choose} returns when there is no candidate. */
    int NONE = -1;

    /**
     * A unit is full: it is a candidate from now on.
     *
     * @param unit no candidate now
     * @param validPages from 0 to the pages of a unit
     * @param now not less than in any call before
     */
    void full(int unit, int validPages, long now);

    /**
     * One page of a candidate has died.
     *
     * @param validPages how many are left
     * @param now not less than in any call before
     */
    void pageDied(int unit, int validPages, long now);

    /** A candidate is going to be emptied, whoever chose it: it is none any more. */
    void taken(int unit);

    /**
     * Chooses one of the candidates. It stays a candidate until {@link #taken}.
     *
     * @param now not less than in any call before
     * @return its number, or {@link #NONE}
     */
    int choose(long now);
}
