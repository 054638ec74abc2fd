package io.ocssd.ftl.vblock;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.device.Limits;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The sectors of an open vblock that the device can't read yet, served from the buffers they were written from.
 *
 * <p>One task writes. Any number read without a lock: each block has a bound below which its sectors are readable from the
 * device, and a ring of slots, one per ws_min unit, above it. A reader copies out of a slot and then looks at the bound
 * again: while a sector is above it, its buffer has not been given back, so the copy is good; otherwise the sector is on
 * flash by now. The writer raises the bound before it gives a buffer back.
 */
final class Window {
    private final int wsMin;
    private final int sectorBytes;
    private final int slots;
    private final AtomicIntegerArray readable;
    private final IoBuffer[] buffers;
    private final int[] offsets;

    /**
     * An empty window.
     *
     * @param inFlightSectors sectors of a block that may be under way to the device
     */
    Window(int width, Limits limits, int sectorBytes, int inFlightSectors) {
        this.wsMin = limits.wsMin();
        this.sectorBytes = sectorBytes;
        this.slots = (limits.mwCunits() + inFlightSectors) / wsMin + 2;
        this.readable = new AtomicIntegerArray(width);
        this.buffers = new IoBuffer[width * slots];
        this.offsets = new int[width * slots];
    }

    /** Sectors of a block, from its begin, that the device can read. */
    int readable(int place) {
        return readable.get(place);
    }

    /**
     * Says where sectors are until they are readable; before anyone can ask for them.
     *
     * @param sectors whole ws_min units
     * @param offset of the first of them in the buffer
     */
    void put(int place, int sector, int sectors, IoBuffer buffer, int offset) {
        for (int done = 0; done < sectors; done += wsMin) {
            int slot = slot(place, sector + done);
            buffers[slot] = buffer;
            offsets[slot] = offset + done * sectorBytes;
        }
    }

    /** The device can read a place up to here; what became readable by that may be given back afterwards. */
    void readableUpTo(int place, int sector) {
        readable.setRelease(place, sector);
        // Whoever sees anything that is written to a buffer given back after this sees the bound too: pairs with the
        // fence of
        // copy, which looks at the bound last.
        VarHandle.storeStoreFence();
    }

    /**
     * Copies a part of one ws_min unit.
     *
     * @param byteInSector of the first byte, in {@code sector}
     * @param target its position moves only when this succeeds
     * @return false when the sector became readable meanwhile: read it from the device
     */
    boolean copy(int place, int sector, int byteInSector, int length, ByteBuffer target) {
        int slot = slot(place, sector);
        IoBuffer buffer = buffers[slot];
        int offset = offsets[slot] + sector % wsMin * sectorBytes + byteInSector;
        if (buffer == null) {
            return false;
        }
        int position = target.position();
        buffer.copyTo(offset, target, length);
        VarHandle.loadLoadFence();
        if (readable.get(place) > sector) {
            target.position(position);
            return false;
        }
        return true;
    }

    private int slot(int place, int sector) {
        return place * slots + sector / wsMin % slots;
    }
}
