package io.ocssd.geometry.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is known of a sector that was written.
 *
 * @param possible what it may hold; empty when that may be anything, since a torn command left it
 * @param readable whether a read of it succeeds, where the rules allow it
 */
record ModelSector(List<Content> possible, Fate readable) {
    /** Data and out-of-band bytes. */
    record Content(byte[] data, byte[] oob) {
        boolean is(byte[] seenData, byte[] seenOob) {
            return Arrays.equals(data, seenData) && Arrays.equals(oob, seenOob);
        }
    }

    /** Whether the media gives a sector back. */
    enum Fate {
        YES,
        /** A power cut may have destroyed it: the next read tells. */
        PERHAPS,
        NO
    }

    static ModelSector stored(byte[] data, byte[] oob) {
        return new ModelSector(List.of(new Content(data, oob)), Fate.YES);
    }

    /** What a torn program may leave. */
    static ModelSector rubbish() {
        return new ModelSector(List.of(), Fate.YES);
    }

    static ModelSector lost() {
        return new ModelSector(List.of(), Fate.NO);
    }

    ModelSector with(Fate fate) {
        return new ModelSector(possible, fate);
    }

    /** Half erased: it holds anything, if it could be read before. */
    ModelSector scrambled() {
        return rubbish().with(readable);
    }

    /** The same, unless a power cut has destroyed it. */
    ModelSector perhaps() {
        return readable == Fate.YES ? with(Fate.PERHAPS) : this;
    }

    /** Whether these bytes may be read from it. */
    boolean mayRead(byte[] data, byte[] oob) {
        return readable != Fate.NO && mayHold(data, oob);
    }

    /** Whether these are bytes that it may hold. */
    boolean mayHold(byte[] data, byte[] oob) {
        return possible.isEmpty() || possible.stream().anyMatch(each -> each.is(data, oob));
    }

    /** What is known of one of two sectors, when it can't be told which. */
    static ModelSector either(ModelSector one, ModelSector other) {
        Fate fate = one.readable == other.readable ? one.readable : Fate.PERHAPS;
        // What can't be read holds nothing.
        if (one.readable == Fate.NO || other.readable == Fate.NO) {
            return (one.readable == Fate.NO ? other : one).with(fate);
        }
        if (one.possible.isEmpty() || other.possible.isEmpty()) {
            return rubbish().with(fate);
        }
        List<Content> both = new ArrayList<>(one.possible);
        for (Content each : other.possible) {
            if (!one.mayHold(each.data, each.oob)) {
                both.add(each);
            }
        }
        return new ModelSector(both, fate);
    }
}
