package io.ocssd.target;

/**
 * What a target has done since it was made.
 *
 * <p>Earlier openings are in it as far as the target's journal has recorded them, which it does whenever it records something else,
 * and when it is closed after that: what was counted behind the last record is lost. So these are lower bounds.
 *
 * @param payloadBytes bytes programmed that a user handed over
 * @param relocatedBytes bytes of payload that the library moved
 * @param paddingBytes bytes of filler
 * @param metadataBytes bytes of headers, frames, summaries and journals
 * @param parityBytes bytes of redundancy over LUNs
 * @param mirrorBytes bytes of second copies
 * @param erases blocks erased
 * @param failedPrograms programs that failed
 */
public record LifetimeCounters(
        long payloadBytes,
        long relocatedBytes,
        long paddingBytes,
        long metadataBytes,
        long parityBytes,
        long mirrorBytes,
        long erases,
        long failedPrograms) {
    /** Those of a target that has done nothing yet. */
    public static final LifetimeCounters ZERO = new LifetimeCounters(0, 0, 0, 0, 0, 0, 0, 0);

    /** The sums of both. */
    public LifetimeCounters plus(LifetimeCounters other) {
        return new LifetimeCounters(
                payloadBytes + other.payloadBytes,
                relocatedBytes + other.relocatedBytes,
                paddingBytes + other.paddingBytes,
                metadataBytes + other.metadataBytes,
                parityBytes + other.parityBytes,
                mirrorBytes + other.mirrorBytes,
                erases + other.erases,
                failedPrograms + other.failedPrograms);
    }
}
