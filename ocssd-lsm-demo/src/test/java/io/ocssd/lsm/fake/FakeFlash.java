package io.ocssd.lsm.fake;

import io.ocssd.vblock.Stream;
import java.util.List;
import java.util.TreeMap;

/** What survives a power cut: the vblocks. */
public final class FakeFlash {
    final TreeMap<Long, Cell> cells = new TreeMap<>();
    final int vblocks;
    final int capacityBytes;
    final int bufferBytes;
    private long nextId = 1;

    public FakeFlash(int vblocks, int capacityBytes, int bufferBytes) {
        this.vblocks = vblocks;
        this.capacityBytes = capacityBytes;
        this.bufferBytes = bufferBytes;
    }

    Cell allocate(Stream stream, int width, long tag) {
        Cell cell = new Cell(nextId++, stream, width, tag, new byte[capacityBytes]);
        cells.put(cell.id, cell);
        return cell;
    }

    /** As recovery leaves them: closed at the last sync. */
    void recover() {
        for (Cell cell : cells.values()) {
            if (!cell.sealed) {
                cell.length = cell.synced;
                cell.sealed = true;
            }
        }
    }

    /** Flips a bit of a vblock's payload. */
    public void flip(long id, int offset) {
        cells.get(id).bytes[offset] ^= 4;
    }

    /** Payload bytes of a vblock. */
    public int length(long id) {
        return cells.get(id).length;
    }

    /** Ids of the vblocks of a stream, oldest first. */
    public List<Long> ids(Stream stream) {
        return cells.values().stream()
                .filter(cell -> cell.stream == stream)
                .map(cell -> cell.id)
                .toList();
    }

    /** Takes a vblock away. */
    public void lose(long id) {
        cells.remove(id);
    }

    static final class Cell {
        final long id;
        final Stream stream;
        final int width;
        final long tag;
        final byte[] bytes;
        volatile int length;
        int synced;
        volatile boolean sealed;
        volatile boolean erased;

        Cell(long id, Stream stream, int width, long tag, byte[] bytes) {
            this.id = id;
            this.stream = stream;
            this.width = width;
            this.tag = tag;
            this.bytes = bytes;
        }
    }
}
