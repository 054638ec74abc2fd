package io.ocssd.geometry.emulator;

/** What a queue has under way in a {@link TimedEngine}. Guarded by the engine's lock, {@link #collect} aside. */
final class TimedPort {
    /** Most commands under way whose LUNs are looked at one by one to see when the next can complete. */
    private static final int FEW = 32;

    final BlockOrder order = new BlockOrder();
    private final TimedCommand[] underWay;
    private int count;
    /** Completed and not settled yet, in order. */
    private TimedCommand firstDone;

    private TimedCommand lastDone;
    /** Settled: the queue's own. */
    private TimedCommand settled;

    TimedPort(int depth) {
        this.underWay = new TimedCommand[depth];
    }

    /**
     * Takes a slot that has completed, with its due time, among those that the last settling of the engine handed over; null
     * when there is none left. For the thread that has the queue.
     */
    CommandSlot collect() {
        TimedCommand command = settled;
        if (command == null) {
            return null;
        }
        settled = command.next;
        command.next = null;
        return command.slot;
    }

    void add(TimedCommand command) {
        command.place = count;
        underWay[count++] = command;
    }

    /** A command has completed. */
    void done(TimedCommand command) {
        TimedCommand last = underWay[--count];
        underWay[count] = null;
        if (last != command) {
            underWay[command.place] = last;
            last.place = command.place;
        }
        command.next = null;
        if (firstDone == null) {
            firstDone = command;
        } else {
            lastDone.next = command;
        }
        lastDone = command;
    }

    /** Hands what has completed over to the queue, which has collected all that was handed over before. */
    void settle() {
        if (settled != null) {
            throw new IllegalStateException("completions were not collected");
        }
        settled = firstDone;
        firstDone = null;
        lastDone = null;
    }

    boolean isFew() {
        return count <= FEW;
    }

    int count() {
        return count;
    }

    TimedCommand underWay(int index) {
        return underWay[index];
    }
}
