package io.ocssd.ftl.vblock;

import java.util.Arrays;

/**
 * Which bytes of a vblock lie where in its stream: extents in the order of their payload.
 *
 * <p>A run of raw units is one extent however long it is; each frame with payload is one. One task adds, any number read
 * without a lock: content is written first, then the number of extents, then the length (release), and readers ask for the
 * length first (acquire).
 */
final class ExtentMap {
    /** Set in a place when the extent is raw. */
    private static final long RAW = 1L << 62;

    private volatile long[] starts;
    private volatile long[] places;
    private volatile int count;
    private volatile long length;

    /** Nothing yet. */
    ExtentMap() {
        this(8);
    }

    /**
     * Nothing yet.
     *
     * @param expected extents that are to come, so that no more memory is taken
     */
    ExtentMap(int expected) {
        starts = new long[Math.max(1, expected)];
        places = new long[Math.max(1, expected)];
    }

    /** Bytes of payload; whatever was read before this may be newer than it. */
    long length() {
        return length;
    }

    /** Extents. */
    int count() {
        return count;
    }

    /** Payload offset of an extent's first byte. */
    long start(int extent) {
        return starts[extent];
    }

    /** Stream sector where an extent begins: its first payload byte when it is raw, its header when it is a frame. */
    long streamSector(int extent) {
        return places[extent] & ~RAW;
    }

    /** Whether an extent is a run of raw units. */
    boolean isRaw(int extent) {
        return (places[extent] & RAW) != 0;
    }

    /** Payload offset behind an extent's last byte, as of when the length was {@code knownLength}. */
    long end(int extent, int knownCount, long knownLength) {
        return extent + 1 < knownCount ? starts[extent + 1] : knownLength;
    }

    /** The extent that holds a byte. */
    int find(long offset, int knownCount) {
        int found = Arrays.binarySearch(starts, 0, knownCount, offset);
        return found >= 0 ? found : -found - 2;
    }

    /** Adds a frame with payload. */
    void addFrame(long streamSector, int payloadLength) {
        long end = length + payloadLength;
        add(streamSector);
        length = end;
    }

    /** Adds raw units; they extend the last extent when they follow on it. */
    void addRaw(long streamSector, long bytes, int sectorBytes) {
        long end = length + bytes;
        int last = count - 1;
        if (last < 0 || !isRaw(last) || streamSector(last) + (length - starts[last]) / sectorBytes != streamSector) {
            add(streamSector | RAW);
        }
        length = end;
    }

    /** Adds an extent as it is in a summary; the length is set by {@link #cut}. */
    void addStored(long start, long streamSector, boolean raw) {
        length = start;
        add(raw ? streamSector | RAW : streamSector);
    }

    /** A copy that ends earlier, for readers that may still use this one. */
    ExtentMap upTo(int newCount, long newLength) {
        ExtentMap copy = new ExtentMap();
        copy.starts = Arrays.copyOf(starts, Math.max(1, newCount));
        copy.places = Arrays.copyOf(places, Math.max(1, newCount));
        copy.count = newCount;
        copy.length = newLength;
        return copy;
    }

    /** Forgets what is behind; not while others read. */
    void cut(int newCount, long newLength) {
        count = newCount;
        length = newLength;
    }

    private void add(long place) {
        int at = count;
        if (at == starts.length) {
            places = Arrays.copyOf(places, 2 * at);
            starts = Arrays.copyOf(starts, 2 * at);
        }
        starts[at] = length;
        places[at] = place;
        count = at + 1;
    }
}
