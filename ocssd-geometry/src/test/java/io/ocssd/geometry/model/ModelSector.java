package io.ocssd.geometry.model;

import java.util.Arrays;

/**
 * What is known of a sector that was written.
 *
 * @param data its bytes; null when they may be anything, since a torn command left them
 * @param oob its out-of-band bytes; null likewise
 * @param readable whether a read of it succeeds, where the rules allow it
 */
record ModelSector(byte[] data, byte[] oob, Fate readable) {
    /** Whether the media gives a sector back. */
    enum Fate {
        YES,
        /** A power cut may have destroyed it: the next read tells. */
        PERHAPS,
        NO
    }

    static ModelSector stored(byte[] data, byte[] oob) {
        return new ModelSector(data, oob, Fate.YES);
    }

    /** What a torn program may leave. */
    static ModelSector rubbish() {
        return new ModelSector(null, null, Fate.YES);
    }

    static ModelSector lost() {
        return new ModelSector(null, null, Fate.NO);
    }

    ModelSector perhaps() {
        return readable == Fate.YES ? new ModelSector(data, oob, Fate.PERHAPS) : this;
    }

    /** Whether these bytes may be read from it. */
    boolean mayRead(byte[] seenData, byte[] seenOob) {
        return readable != Fate.NO
                && (data == null || Arrays.equals(data, seenData))
                && (oob == null || Arrays.equals(oob, seenOob));
    }

    /** What is known of one of two sectors, when it can't be told which. */
    static ModelSector either(ModelSector one, ModelSector other) {
        boolean same = Arrays.equals(one.data, other.data) && Arrays.equals(one.oob, other.oob);
        Fate fate = one.readable == other.readable ? one.readable : Fate.PERHAPS;
        return same ? new ModelSector(one.data, one.oob, fate) : new ModelSector(null, null, fate);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ModelSector that
                && readable == that.readable
                && Arrays.equals(data, that.data)
                && Arrays.equals(oob, that.oob);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(data);
    }
}
