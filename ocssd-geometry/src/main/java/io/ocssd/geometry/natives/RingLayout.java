package io.ocssd.geometry.natives;

/**
 * What io_uring shares with the kernel (linux/io_uring.h), in the byte order of the host.
 *
 * <pre>
 * struct io_uring_params, 120 bytes      struct io_uring_sqe, 64 bytes      struct io_uring_cqe, 16 bytes
 *   0  sq_entries  u32                    0  opcode     u8                   0  user_data  u64
 *   4  cq_entries  u32                    4  fd         s32                  8  res        s32
 *   8  flags       u32                    8  off        u64                 12  flags      u32
 *  20  features    u32                   16  addr       u64
 *  40  sq_off      40 bytes              24  len        u32                struct io_uring_getevents_arg, 24 bytes
 *  80  cq_off      40 bytes              32  user_data  u64                  0  sigmask    u64
 *                                                                            8  sigmask_sz u32
 * in sq_off                              in cq_off                          16  ts         u64, address of
 *   0  head        u32                    0  head       u32
 *   4  tail        u32                    4  tail       u32                struct __kernel_timespec, 16 bytes
 *   8  ring_mask   u32                    8  ring_mask  u32                  0  tv_sec     s64
 *  24  array       u32                   20  cqes       u32                  8  tv_nsec    s64
 * </pre>
 */
final class RingLayout {
    static final int PARAMS_SQ_ENTRIES_OFFSET = 0;
    static final int PARAMS_CQ_ENTRIES_OFFSET = 4;
    static final int PARAMS_FEATURES_OFFSET = 20;
    static final int PARAMS_SQ_OFFSET = 40;
    static final int PARAMS_CQ_OFFSET = 80;
    static final int PARAMS_BYTES = 120;

    static final int SQ_TAIL_OFFSET = 4;
    static final int SQ_HEAD_OFFSET = 0;
    static final int SQ_MASK_OFFSET = 8;
    static final int SQ_ARRAY_OFFSET = 24;

    static final int CQ_HEAD_OFFSET = 0;
    static final int CQ_TAIL_OFFSET = 4;
    static final int CQ_MASK_OFFSET = 8;
    static final int CQ_CQES_OFFSET = 20;

    static final int SQE_OPCODE_OFFSET = 0;
    static final int SQE_FD_OFFSET = 4;
    static final int SQE_OFFSET_OFFSET = 8;
    static final int SQE_ADDRESS_OFFSET = 16;
    static final int SQE_LENGTH_OFFSET = 24;
    static final int SQE_USER_DATA_OFFSET = 32;
    static final int SQE_BYTES = 64;

    static final int CQE_USER_DATA_OFFSET = 0;
    static final int CQE_RESULT_OFFSET = 8;
    static final int CQE_BYTES = 16;

    static final int ARGUMENT_TIME_OFFSET = 16;
    static final int ARGUMENT_BYTES = 24;
    static final int TIME_SECONDS_OFFSET = 0;
    static final int TIME_NANOS_OFFSET = 8;
    static final int TIME_BYTES = 16;

    /** Number of the system call io_uring_setup, on every architecture. */
    static final long IO_URING_SETUP = 425;
    /** Number of the system call io_uring_enter, on every architecture. */
    static final long IO_URING_ENTER = 426;

    /** Where in the descriptor both rings are mapped. */
    static final long OFFSET_RINGS = 0;
    /** Where in the descriptor the submission entries are mapped. */
    static final long OFFSET_ENTRIES = 0x1000_0000L;

    static final int ENTER_GETEVENTS = 1;
    static final int ENTER_EXT_ARG = 8;

    /** Both rings are in one mapping (Linux 5.4). */
    static final int FEATURE_SINGLE_MMAP = 0x1;
    /** A wait may have an end (Linux 5.11). */
    static final int FEATURE_EXT_ARG = 0x100;

    static final byte OPERATION_READ = 22;
    static final byte OPERATION_WRITE = 23;

    static final int PROT_READ = 1;
    static final int PROT_WRITE = 2;
    static final int MAP_SHARED = 1;
    static final int MAP_POPULATE = 0x8000;

    private RingLayout() {}
}
