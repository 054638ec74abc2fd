package io.ocssd.cli.bench.load;

/** When the lanes of a stream begin their next requests. Belongs to the task of the stream. */
interface Pace {
    /** No lane may begin before this. */
    long NEVER = Long.MAX_VALUE;

    /**
     * A lane has room for a request.
     *
     * @param servedNanos how long the request was served that made the room; 0 when none did
     */
    void room(int lane, long nowNanos, long servedNanos);

    /** Takes the lane that may begin a request now; -1 when none may. */
    int take(long nowNanos);

    /** When the request arrived for which {@link #take} was last answered with a lane. */
    long arrivalNanos();

    /** When {@link #take} will have another answer, if no room comes before that. */
    long wakeNanos();

    /** When the next request arrives whether there is room or not; {@link #NEVER} in a closed loop. */
    long nextArrivalNanos();

    /** Lets the next request go by that arrives whether there is room or not. */
    void skip();

    /** Whether requests arrive whether there is room for them or not. */
    boolean isOpen();
}
