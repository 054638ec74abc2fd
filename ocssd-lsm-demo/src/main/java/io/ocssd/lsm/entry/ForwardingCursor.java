package io.ocssd.lsm.entry;

/** A cursor whose present version is that of another cursor. Belongs to one task. */
public abstract class ForwardingCursor implements Cursor {
    /** Where the present version is; null before the first and after the last. */
    protected Cursor present;

    @Override
    public byte[] key() {
        return present.key();
    }

    @Override
    public long sequence() {
        return present.sequence();
    }

    @Override
    public boolean isDelete() {
        return present.isDelete();
    }

    @Override
    public byte[] valueArray() {
        return present.valueArray();
    }

    @Override
    public int valueOffset() {
        return present.valueOffset();
    }

    @Override
    public int valueLength() {
        return present.valueLength();
    }
}
