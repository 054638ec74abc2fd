package io.ocssd.geometry.emulator;

/** The engine's side of a queue: what completes elsewhere than in a submit is collected here. */
interface Port {
    /** Of a queue whose commands all complete within their submit. */
    Port IMMEDIATE = () -> null;

    /**
     * Takes a slot that completed before the last {@link Engine#settle}, with its due time; null when there is none left. For
     * the thread that has the queue.
     */
    CommandSlot collect();
}
