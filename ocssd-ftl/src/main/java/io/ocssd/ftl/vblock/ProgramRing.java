package io.ocssd.ftl.vblock;

/**
 * The programs of a writer whose sectors the device can't read yet, a ring for each place, in the order in which they are
 * sent: what they program, and where it is to be found should it have to be programmed again. Belongs to the writer's task.
 */
final class ProgramRing {
    private final int slots;
    private final WindowBuffer[] buffers;
    private final int[] offsets;
    private final int[] starts;
    private final int[] ends;
    private final int[] payloads;
    private final int[] metadata;
    private final boolean[] raw;
    private final boolean[] programmedOnce;
    private final int[] heads;
    private final int[] tails;

    /**
     * Empty rings.
     *
     * @param slots most programs of a place
     */
    ProgramRing(int width, int slots) {
        this.slots = slots;
        int all = width * slots;
        this.buffers = new WindowBuffer[all];
        this.offsets = new int[all];
        this.starts = new int[all];
        this.ends = new int[all];
        this.payloads = new int[all];
        this.metadata = new int[all];
        this.raw = new boolean[all];
        this.programmedOnce = new boolean[all];
        this.heads = new int[width];
        this.tails = new int[width];
    }

    /**
     * Adds a program at the end.
     *
     * @param start first sector of the place
     * @param end behind the last one
     * @return its slot
     */
    int add(
            int place,
            int start,
            int end,
            WindowBuffer buffer,
            int offset,
            int payloadBytes,
            int metadataBytes,
            boolean isRaw) {
        int slot = place * slots + tails[place]++ % slots;
        buffers[slot] = buffer;
        offsets[slot] = offset;
        starts[slot] = start;
        ends[slot] = end;
        payloads[slot] = payloadBytes;
        metadata[slot] = metadataBytes;
        raw[slot] = isRaw;
        programmedOnce[slot] = false;
        return slot;
    }

    /** Number of the oldest program of a place. */
    int head(int place) {
        return heads[place];
    }

    /** Number behind that of the newest program of a place. */
    int tail(int place) {
        return tails[place];
    }

    /** The slot of a program, by its number. */
    int slot(int place, int number) {
        return place * slots + number % slots;
    }

    /** Takes out the oldest program of a place if it ends at or below a sector; null when it does not. */
    WindowBuffer removeUpTo(int place, int sector) {
        int slot = slot(place, heads[place]);
        if (heads[place] == tails[place] || ends[slot] > sector) {
            return null;
        }
        heads[place]++;
        WindowBuffer buffer = buffers[slot];
        buffers[slot] = null;
        return buffer;
    }

    int start(int slot) {
        return starts[slot];
    }

    int end(int slot) {
        return ends[slot];
    }

    WindowBuffer buffer(int slot) {
        return buffers[slot];
    }

    /** Where in the buffer the first sector is. */
    int offset(int slot) {
        return offsets[slot];
    }

    int payloadBytes(int slot) {
        return payloads[slot];
    }

    int metadataBytes(int slot) {
        return metadata[slot];
    }

    boolean isRaw(int slot) {
        return raw[slot];
    }

    /** Whether the device has programmed it already, to a block that does not count any more. */
    boolean wasProgrammed(int slot) {
        return programmedOnce[slot];
    }

    void setProgrammed(int slot) {
        programmedOnce[slot] = true;
    }
}
