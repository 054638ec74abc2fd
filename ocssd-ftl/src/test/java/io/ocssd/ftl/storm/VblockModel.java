package io.ocssd.ftl.storm;

import java.io.ByteArrayOutputStream;

/** What a test knows of a vblock: all bytes appended in order, and how many of them were synced. */
final class VblockModel {
    final long id;
    final long tag;
    final int width;
    private final ByteArrayOutputStream appended = new ByteArrayOutputStream();
    private int syncedBytes;
    boolean sealed;
    boolean eraseBegun;
    boolean erased;

    VblockModel(long id, long tag, int width) {
        this.id = id;
        this.tag = tag;
        this.width = width;
    }

    VblockModel copy() {
        VblockModel copy = new VblockModel(id, tag, width);
        copy.appended.writeBytes(appended.toByteArray());
        copy.syncedBytes = syncedBytes;
        copy.sealed = sealed;
        copy.eraseBegun = eraseBegun;
        copy.erased = erased;
        return copy;
    }

    int appendedBytes() {
        return appended.size();
    }

    int syncedBytes() {
        return syncedBytes;
    }

    byte[] content() {
        return appended.toByteArray();
    }

    void append(byte[] bytes) {
        appended.writeBytes(bytes);
    }

    void synced() {
        syncedBytes = appended.size();
    }

    /** After a crash the vblock ends somewhere between the last sync and the last append; it stays so from then on. */
    void settleAt(int length) {
        byte[] all = appended.toByteArray();
        appended.reset();
        appended.write(all, 0, length);
        syncedBytes = length;
        sealed = true;
    }
}
