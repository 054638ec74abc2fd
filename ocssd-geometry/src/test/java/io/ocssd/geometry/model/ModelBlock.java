package io.ocssd.geometry.model;

import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import java.util.List;
import java.util.TreeMap;

/** What is known of a block. */
final class ModelBlock {
    /** States as fine as the rules of zones need them; chunks are never EXPLICIT, PARKED or READ_ONLY. */
    enum State {
        FREE(BlockState.FREE),
        OPEN(BlockState.OPEN),
        EXPLICIT(BlockState.OPEN),
        PARKED(BlockState.OPEN),
        FULL(BlockState.CLOSED),
        READ_ONLY(BlockState.CLOSED),
        OFFLINE(BlockState.OFFLINE);

        private final BlockState reported;

        State(BlockState reported) {
            this.reported = reported;
        }

        BlockState reported() {
            return reported;
        }
    }

    final long ppa;
    final BlockType type;
    final int sectors;
    State state;
    int written;
    /** Whether a program that failed made it full. */
    boolean closedEarly;

    long erases;
    TreeMap<Integer, ModelSector> content = new TreeMap<>();

    ModelBlock(long ppa, BlockType type, int sectors, State state, long erases) {
        this.ppa = ppa;
        this.type = type;
        this.sectors = sectors;
        this.state = state;
        this.erases = erases;
    }

    ModelBlock copy() {
        ModelBlock copy = new ModelBlock(ppa, type, sectors, state, erases);
        copy.written = written;
        copy.closedEarly = closedEarly;
        copy.content = new TreeMap<>(content);
        return copy;
    }

    boolean isRandom() {
        return type == BlockType.RANDOM;
    }

    boolean isPartlyWritten() {
        return state == State.OPEN || state == State.EXPLICIT || state == State.PARKED;
    }

    boolean takesWrites() {
        return state == State.FREE || isPartlyWritten();
    }

    /** Sectors from the beginning that the rules let be read. */
    int readableEnd(int window) {
        if (isRandom()) {
            return state == State.OPEN ? sectors : 0;
        }
        return switch (state) {
            case OPEN, EXPLICIT, PARKED -> Math.max(0, written - window);
            case FULL, READ_ONLY -> written;
            case FREE, OFFLINE -> 0;
        };
    }

    /** What a report says: of a zone that was filled or finished all of it. */
    int writePointer(boolean zoned) {
        return zoned && state == State.FULL && !closedEarly ? sectors : written;
    }

    void program(int sector, ModelSector what) {
        content.put(sector, what);
        if (isRandom()) {
            state = State.OPEN;
            return;
        }
        written++;
        if (written == sectors) {
            state = State.FULL;
        } else if (state == State.FREE || state == State.PARKED) {
            state = State.OPEN;
        }
    }

    void erase() {
        state = State.FREE;
        written = 0;
        closedEarly = false;
        erases++;
        content.clear();
    }

    /** An erase failed. */
    void retire() {
        state = State.OFFLINE;
        written = 0;
        content.clear();
    }

    /** A program failed, and no other is taken. */
    void closeEarly(State as) {
        state = as;
        closedEarly = true;
    }

    /** All that can be told apart of blocks at one place. */
    List<Object> traits() {
        return List.of(state, written, erases, closedEarly, content);
    }

    /**
     * Half an erase: every byte is rubbish now, of a block that is written anywhere also what nobody wrote. What could not be
     * read before is as it was.
     */
    void scramble() {
        if (isRandom() && state != State.FREE) {
            for (int sector = 0; sector < sectors; sector++) {
                content.putIfAbsent(sector, ModelSector.rubbish());
            }
        }
        content.replaceAll((sector, what) -> what.scrambled());
    }
}
