package io.ocssd.geometry.emulator;

import io.ocssd.geometry.timing.FlashRequest;

/** A command on its way through a {@link TimedEngine}; every slot has one, made once. Guarded by the engine's lock. */
final class TimedCommand extends FlashRequest {
    final TimedEngine engine;
    final CommandSlot slot;
    final TimedPort port;

    /** Place among those of the port that are under way. */
    int place;
    /** Earlier commands of the port that share a block with this one and have not completed. */
    int waitsFor;
    /** Whether the flash is done with it. */
    boolean flashDone;
    /** Later commands that wait for this one. */
    BlockOrder.Edge successors;
    /** The next of those that complete together, or that wait to be collected. */
    TimedCommand next;

    TimedCommand(TimedEngine engine, CommandSlot slot, TimedPort port) {
        this.engine = engine;
        this.slot = slot;
        this.port = port;
    }

    @Override
    protected void finished(long nanos) {
        engine.flashDone(this, nanos);
    }
}
