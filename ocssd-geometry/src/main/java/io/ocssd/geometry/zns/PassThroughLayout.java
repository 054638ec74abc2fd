package io.ocssd.geometry.zns;

/**
 * Commands that the NVMe driver passes through as they are (linux/nvme_ioctl.h), in the byte order of the host.
 *
 * <pre>
 * struct nvme_passthru_cmd64, 80 bytes
 *  0  opcode        u8                36  data_len      u32
 *  1  flags         u8                40  cdw10 ... 60  cdw15   u32 each
 *  4  nsid          u32               64  timeout_ms    u32   0: the driver's own
 * 24  addr          u64               72  result        u64
 *
 * struct nvme_passthru_cmd, 72 bytes: the same up to 64
 * 64  timeout_ms    u32
 * 68  result        u32
 * </pre>
 */
final class PassThroughLayout {
    /** Asks for the namespace of a block node. */
    static final long NVME_IOCTL_ID = 0x4E40L;
    /** An administrative command, {@link #COMMAND_BYTES} bytes. */
    static final long NVME_IOCTL_ADMIN_CMD = 0xC0484E41L;
    /** A command of the namespace, {@link #COMMAND64_BYTES} bytes. */
    static final long NVME_IOCTL_IO64_CMD = 0xC0504E48L;

    static final int OPCODE_OFFSET = 0;
    static final int NAMESPACE_OFFSET = 4;
    static final int ADDRESS_OFFSET = 24;
    static final int LENGTH_OFFSET = 36;
    static final int CDW10_OFFSET = 40;
    static final int CDW11_OFFSET = 44;
    static final int CDW12_OFFSET = 48;
    static final int COMMAND_BYTES = 72;
    static final int RESULT64_OFFSET = 72;
    static final int COMMAND64_BYTES = 80;

    /** Administrative opcode: identify. CDW10 says of what, CDW11 from bit 24 on for which command set. */
    static final byte IDENTIFY = 0x06;
    /** Opcode: zone append. CDW10 and CDW11 are the zone's first block, CDW12 the number of blocks, from 0. */
    static final byte ZONE_APPEND = 0x7D;
    /** Bit of CDW12: not done before it is on stable storage. */
    static final int FORCE_UNIT_ACCESS = 1 << 30;

    /** The part of a status that is no flag: type and code. */
    static final int STATUS_MASK = 0x7FF;

    private PassThroughLayout() {}
}
