package io.ocssd.device;

/**
 * NVMe status codes of completions: status code type in bits 10:8, status code in bits 7:0, without DNR.
 *
 * <p>An int and not an enumeration, since drives may answer with codes of their own.
 */
public final class NvmeStatus {
    /** The command succeeded. */
    public static final int SUCCESS = 0x000;
    /** A field of the command is invalid: too many addresses, a write that is no multiple of ws_min. */
    public static final int INVALID_FIELD = 0x002;
    /** The backing store of an emulator failed. */
    public static final int INTERNAL_ERROR = 0x006;
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
