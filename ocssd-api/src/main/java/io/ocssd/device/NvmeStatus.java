package io.ocssd.device;

/**
 * NVMe status codes of completions: status code type in bits 10:8, status code in bits 7:0, without DNR.
 *
 * <p>An int and not an enumeration, since drives may answer with codes of their own.
 */
public final class NvmeStatus {
    /** The command succeeded. */
    public static final int SUCCESS = 0x000;
    /** The device does not know the operation. */
    public static final int INVALID_OPCODE = 0x001;
    /** A field of the command is invalid: too many addresses, a write that is no multiple of ws_min. */
    public static final int INVALID_FIELD = 0x002;
    /** The backing store of an emulator failed. */
    public static final int INTERNAL_ERROR = 0x006;
    /** The namespace does not exist. */
    public static final int INVALID_NAMESPACE = 0x00B;
    /** The namespace is write protected: nothing of it may be changed. */
    public static final int WRITE_PROTECTED = 0x020;
    /** A range that is outside the device, or for an erase no whole block. */
    public static final int LBA_OUT_OF_RANGE = 0x080;
    /** The device has no such log page. */
    public static final int INVALID_LOG_PAGE = 0x109;
    /** Zone: the operation is not allowed. */
    public static final int INVALID_ZONE_OPERATION = 0x1B6;
    /** Zone: a command crosses the end of the zone. */
    public static final int ZONE_BOUNDARY = 0x1B8;
    /** Zone: it is full. */
    public static final int ZONE_FULL = 0x1B9;
    /** Zone: it is read only. */
    public static final int ZONE_READ_ONLY = 0x1BA;
    /** Zone: it is offline. */
    public static final int ZONE_OFFLINE = 0x1BB;
    /** Zone: a write that is not at the write pointer. */
    public static final int ZONE_INVALID_WRITE = 0x1BC;
    /** Zone: one more would be too many partly written ones. */
    public static final int TOO_MANY_ACTIVE = 0x1BD;
    /** Zone: one more would be too many open ones. */
    public static final int TOO_MANY_OPEN = 0x1BE;
    /** Zone: its state does not allow the change. */
    public static final int INVALID_ZONE_TRANSITION = 0x1BF;
    /** Write to a closed, offline or nonexistent block, or past its end. */
    public static final int WRITE_FAULT = 0x280;
    /** The media could not be read. */
    public static final int UNRECOVERED_READ = 0x281;
    /** Read of a sector that is not readable (unwritten, or inside the mw_cunits window). */
    public static final int DEALLOCATED = 0x287;
    /** Reset of an offline block. */
    public static final int OFFLINE_CHUNK = 0x2C0;
    /** Reset of a free, open or nonexistent block, or a reset that failed. */
    public static final int INVALID_RESET = 0x2C1;
    /** Data returned, with a high error count: refresh advised. */
    public static final int HIGH_ECC = 0x2D0;
    /** The program failed; the block stays open at the next unit. */
    public static final int WRITE_NEXT_UNIT = 0x2F0;
    /** The program failed and the block is closed now; what is below its write pointer stays readable. */
    public static final int CHUNK_EARLY_CLOSE = 0x2F1;
    /** A write that is not at the write pointer, or addresses that do not ascend. */
    public static final int OUT_OF_ORDER = 0x2F2;

    private NvmeStatus() {}

    /** The standard's name of a status, or {@code status 0x..} for one that it does not name. */
    public static String name(int status) {
        return switch (status) {
            case SUCCESS -> "success";
            case INVALID_OPCODE -> "invalid opcode";
            case INVALID_NAMESPACE -> "invalid namespace";
            case WRITE_PROTECTED -> "namespace is write protected";
            case LBA_OUT_OF_RANGE -> "LBA out of range";
            case INVALID_LOG_PAGE -> "invalid log page";
            case INVALID_ZONE_OPERATION -> "invalid zone operation";
            case ZONE_BOUNDARY -> "zone boundary error";
            case ZONE_FULL -> "zone is full";
            case ZONE_READ_ONLY -> "zone is read only";
            case ZONE_OFFLINE -> "zone is offline";
            case ZONE_INVALID_WRITE -> "zone invalid write";
            case TOO_MANY_ACTIVE -> "too many active zones";
            case TOO_MANY_OPEN -> "too many open zones";
            case INVALID_ZONE_TRANSITION -> "invalid zone state transition";
            case INVALID_FIELD -> "invalid field";
            case INTERNAL_ERROR -> "internal error";
            case WRITE_FAULT -> "write fault";
            case UNRECOVERED_READ -> "unrecovered read error";
            case DEALLOCATED -> "deallocated or unwritten block";
            case OFFLINE_CHUNK -> "offline chunk";
            case INVALID_RESET -> "invalid reset";
            case HIGH_ECC -> "read with high ECC count";
            case WRITE_NEXT_UNIT -> "write failed, write next unit";
            case CHUNK_EARLY_CLOSE -> "write failed, chunk early close";
            case OUT_OF_ORDER -> "out of order write";
            default -> String.format("status 0x%03X", status);
        };
    }

    /** Whether the data of a read with this status is valid. */
    public static boolean isDataGood(int status) {
        return status == SUCCESS || status == HIGH_ECC;
    }
}
