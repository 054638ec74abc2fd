package io.ocssd.geometry.emulator;

/**
 * Bytes of one record of the state table, little endian: a chunk descriptor of Open-Channel SSD 2.0 (chunk information
 * log page) with the erase count in reserved bytes.
 *
 * <pre>
 *    0  cs: 0x1 free, 0x2 closed, 0x4 open, 0x8 offline     u8
 *    1  ct: 0x1 written in order, 0x2 written anywhere;     u8
 *       0x10 when the size deviates
 *    2  wli: erases x 255 / endurance, at most 255          u8
 *    3  of a zone: 0x1 opened by command, 0x2 parked,       u8
 *       0x3 read only, else 0 (reserved in the specification)
 *    4  erases (reserved in the specification)              u32
 *    8  slba: device address of sector 0                    u64
 *   16  cnlb: sectors                                       u64
 *   24  wp: sectors written; all ones when offline or       u64
 *       written anywhere
 * </pre>
 *
 * <p>The write pointer of a zone that is full counts what was written, although no report tells: it is where reading ends.
 *
 * <p>A record of zeros belongs to a block that was never touched, so that making an image writes none. A record never
 * crosses a page of the file. It has no checksum of its own; what can be checked against the geometry is checked when the
 * image is opened.
 *
 * <p>Whenever the process dies, a change of a record is there or not, or one of two steps of it: the first long, and the
 * rest. The rest comes first when the block was never touched before, when it is open afterwards, and when it is full; else
 * the first long does. So this is what the half of a change looks like, and what it means:
 *
 * <ul>
 *   <li>a first long of zeros, and a rest: never touched;
 *   <li>free, and a write pointer: free, for a program had begun or an erase had not ended;
 *   <li>offline, and a write pointer: offline;
 *   <li>open, and a write pointer at the end of the block: closed, for all of its data is there;
 *   <li>closed early, and the write pointer from before: closed there.
 * </ul>
 */
final class BlockRecordLayout {
    static final int STATE_OFFSET = 0;
    static final int TYPE_OFFSET = STATE_OFFSET + Byte.BYTES;
    static final int WEAR_OFFSET = TYPE_OFFSET + Byte.BYTES;
    static final int ZONE_OFFSET = WEAR_OFFSET + Byte.BYTES;
    static final int ERASES_OFFSET = ZONE_OFFSET + Byte.BYTES;
    static final int SLBA_OFFSET = ERASES_OFFSET + Integer.BYTES;
    static final int CNLB_OFFSET = SLBA_OFFSET + Long.BYTES;
    static final int WRITE_POINTER_OFFSET = CNLB_OFFSET + Long.BYTES;
    static final int BYTES = WRITE_POINTER_OFFSET + Long.BYTES;

    static final int STATE_FREE = 0x1;
    static final int STATE_CLOSED = 0x2;
    static final int STATE_OPEN = 0x4;
    static final int STATE_OFFLINE = 0x8;

    static final int TYPE_SEQUENTIAL = 0x1;
    static final int TYPE_RANDOM = 0x2;
    static final int TYPE_DEVIATES = 0x10;

    static final int ZONE_USUAL = 0x0;
    static final int ZONE_EXPLICITLY_OPEN = 0x1;
    static final int ZONE_PARKED = 0x2;
    static final int ZONE_READ_ONLY = 0x3;

    static final long NO_WRITE_POINTER = -1L;

    private BlockRecordLayout() {}
}
