package io.ocssd.lsm.log;

/**
 * A log that is not written to any more.
 *
 * @param id of its vblock
 * @param lastSequence greatest sequence of an entry in it, 0 when it has none
 */
public record LogInfo(long id, long lastSequence) {}
