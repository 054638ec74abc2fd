package io.ocssd.geometry.natives;

import static io.ocssd.geometry.natives.RingLayout.CQE_BYTES;
import static io.ocssd.geometry.natives.RingLayout.SQE_BYTES;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * io_uring of this host.
 *
 * <p>Head and tail of the rings are shared with the kernel: what one side publishes with a release the other acquires. The
 * submission ring's array of indexes is filled once, entry i at place i.
 */
final class LinuxRing implements Ring {
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final int NEEDED = RingLayout.FEATURE_SINGLE_MMAP | RingLayout.FEATURE_EXT_ARG;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** eventfd(2): not for programs that this one starts. */
    private static final int EFD_CLOEXEC = 0x80000;

    private static final int WOKEN_OFFSET = RingLayout.ARGUMENT_BYTES + RingLayout.TIME_BYTES;
    private static final int ONE_OFFSET = WOKEN_OFFSET + Long.BYTES;

    private final int descriptor;
    /** What a read of the ring waits for, so that another thread can end a wait; whoever wakes writes to it. */
    private final int waker;

    private final long ringsAddress;
    private final long ringsBytes;
    private final long entriesAddress;
    private final long entriesBytes;
    private final ByteBuffer rings;
    private final ByteBuffer entries;
    private final ByteBuffer argument;
    private final long argumentAddress;
    private final int sqHead;
    private final int sqTail;
    private final int sqMask;
    private final int cqHead;
    private final int cqTail;
    private final int cqMask;
    private final int cqes;
    /** The tail of the submission ring as prepared; the kernel sees it when it is handed over. */
    private int tail;

    private int handedOver;
    private long userData;
    private int result;
    /** Whether a read of {@link #waker} is under way. */
    private boolean wakes;

    private boolean closed;

    private LinuxRing(int descriptor, ByteBuffer params) {
        this.descriptor = descriptor;
        this.waker = LibC.eventfd(0, EFD_CLOEXEC);
        int sqCount = params.getInt(RingLayout.PARAMS_SQ_ENTRIES_OFFSET);
        int cqCount = params.getInt(RingLayout.PARAMS_CQ_ENTRIES_OFFSET);
        int sq = RingLayout.PARAMS_SQ_OFFSET;
        int cq = RingLayout.PARAMS_CQ_OFFSET;
        int array = params.getInt(sq + RingLayout.SQ_ARRAY_OFFSET);
        cqes = params.getInt(cq + RingLayout.CQ_CQES_OFFSET);
        ringsBytes = Math.max(array + (long) sqCount * Integer.BYTES, cqes + (long) cqCount * CQE_BYTES);
        entriesBytes = (long) sqCount * SQE_BYTES;
        ringsAddress = map(descriptor, ringsBytes, RingLayout.OFFSET_RINGS);
        entriesAddress = ringsAddress < 0 || waker < 0 ? -1 : map(descriptor, entriesBytes, RingLayout.OFFSET_ENTRIES);
        if (entriesAddress < 0) {
            rings = null;
            entries = null;
            argument = null;
            argumentAddress = 0;
            sqHead = sqTail = sqMask = cqHead = cqTail = cqMask = 0;
            return;
        }
        rings = new Pointer(ringsAddress).getByteBuffer(0, ringsBytes).order(ByteOrder.nativeOrder());
        entries = new Pointer(entriesAddress).getByteBuffer(0, entriesBytes).order(ByteOrder.nativeOrder());
        argument = ByteBuffer.allocateDirect(ONE_OFFSET + Long.BYTES).order(ByteOrder.nativeOrder());
        argumentAddress = Pointer.nativeValue(Native.getDirectBufferPointer(argument));
        argument.putLong(ONE_OFFSET, 1);
        argument.putLong(RingLayout.ARGUMENT_TIME_OFFSET, argumentAddress + RingLayout.ARGUMENT_BYTES);
        sqHead = params.getInt(sq + RingLayout.SQ_HEAD_OFFSET);
        sqTail = params.getInt(sq + RingLayout.SQ_TAIL_OFFSET);
        sqMask = rings.getInt(params.getInt(sq + RingLayout.SQ_MASK_OFFSET));
        cqHead = params.getInt(cq + RingLayout.CQ_HEAD_OFFSET);
        cqTail = params.getInt(cq + RingLayout.CQ_TAIL_OFFSET);
        cqMask = rings.getInt(params.getInt(cq + RingLayout.CQ_MASK_OFFSET));
        for (int i = 0; i < sqCount; i++) {
            rings.putInt(array + i * Integer.BYTES, i);
        }
        tail = rings.getInt(sqTail);
        handedOver = tail;
    }

    private static long map(int descriptor, long bytes, long offset) {
        int protection = RingLayout.PROT_READ | RingLayout.PROT_WRITE;
        int flags = RingLayout.MAP_SHARED | RingLayout.MAP_POPULATE;
        return RingCalls.mmap(0, bytes, protection, flags, descriptor, offset);
    }

    /**
     * Sets up a ring.
     *
     * @param entries most that may be prepared at once; about twice as many may be under way
     * @return null when this host has none, does not permit it, or only one that can't wait with an end
     */
    static Ring open(int entries) {
        ByteBuffer params = ByteBuffer.allocateDirect(RingLayout.PARAMS_BYTES).order(ByteOrder.nativeOrder());
        int descriptor;
        try {
            long address = Pointer.nativeValue(Native.getDirectBufferPointer(params));
            descriptor = (int) RingCalls.syscall(RingLayout.IO_URING_SETUP, entries, address, 0, 0, 0, 0);
        } finally {
            Reference.reachabilityFence(params);
        }
        if (descriptor < 0) {
            return null;
        }
        if ((params.getInt(RingLayout.PARAMS_FEATURES_OFFSET) & NEEDED) != NEEDED) {
            LibC.close(descriptor);
            return null;
        }
        LinuxRing ring = new LinuxRing(descriptor, params);
        if (ring.rings == null) {
            ring.close();
            return null;
        }
        return ring;
    }

    @Override
    public boolean read(int file, long address, int bytes, long offset, long data) {
        return prepare(RingLayout.OPERATION_READ, file, address, bytes, offset, data);
    }

    @Override
    public boolean write(int file, long address, int bytes, long offset, long data) {
        return prepare(RingLayout.OPERATION_WRITE, file, address, bytes, offset, data);
    }

    /** Its memory is the kernel's again when it is closed. */
    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the ring is closed");
        }
    }

    private boolean prepare(byte operation, int file, long address, int bytes, long offset, long data) {
        checkOpen();
        if (tail - (int) INT.getAcquire(rings, sqHead) > sqMask) {
            return false;
        }
        int at = (tail & sqMask) * SQE_BYTES;
        // The other fields are zero from the start and nobody changes them.
        entries.put(at + RingLayout.SQE_OPCODE_OFFSET, operation);
        entries.putInt(at + RingLayout.SQE_FD_OFFSET, file);
        entries.putLong(at + RingLayout.SQE_OFFSET_OFFSET, offset);
        entries.putLong(at + RingLayout.SQE_ADDRESS_OFFSET, address);
        entries.putInt(at + RingLayout.SQE_LENGTH_OFFSET, bytes);
        entries.putLong(at + RingLayout.SQE_USER_DATA_OFFSET, data);
        tail++;
        return true;
    }

    @Override
    public int prepared() {
        return tail - handedOver;
    }

    @Override
    public int submit() {
        return prepared() == 0 ? 0 : enter(0, 0, 0, 0);
    }

    private int enter(int min, int flags, long extra, long extraBytes) {
        checkOpen();
        INT.setRelease(rings, sqTail, tail);
        long taken = RingCalls.syscall(
                RingLayout.IO_URING_ENTER, descriptor, tail - handedOver, min, flags, extra, extraBytes);
        int errno = taken < 0 ? Native.getLastError() : 0;
        // Whatever the call says, it is the head that tells how much was taken.
        handedOver = (int) INT.getAcquire(rings, sqHead);
        return -errno;
    }

    @Override
    public int await(int min, long nanos) {
        wakes = wakes || prepare(RingLayout.OPERATION_READ, waker, argumentAddress + WOKEN_OFFSET, Long.BYTES, 0, WAKE);
        if (nanos == FOREVER) {
            return enter(min, RingLayout.ENTER_GETEVENTS, 0, 0);
        }
        long left = Math.max(0, nanos);
        argument.putLong(RingLayout.ARGUMENT_BYTES + RingLayout.TIME_SECONDS_OFFSET, left / NANOS_PER_SECOND);
        argument.putLong(RingLayout.ARGUMENT_BYTES + RingLayout.TIME_NANOS_OFFSET, left % NANOS_PER_SECOND);
        // The argument is a field: it lives as long as the ring does.
        return enter(
                min, RingLayout.ENTER_GETEVENTS | RingLayout.ENTER_EXT_ARG, argumentAddress, RingLayout.ARGUMENT_BYTES);
    }

    @Override
    public void wake() {
        checkOpen();
        // Any number of these before the next wait are one.
        LibC.write(waker, argumentAddress + ONE_OFFSET, Long.BYTES);
    }

    @Override
    public boolean take() {
        checkOpen();
        int head = rings.getInt(cqHead);
        if (head == (int) INT.getAcquire(rings, cqTail)) {
            return false;
        }
        int at = cqes + (head & cqMask) * CQE_BYTES;
        userData = rings.getLong(at + RingLayout.CQE_USER_DATA_OFFSET);
        result = rings.getInt(at + RingLayout.CQE_RESULT_OFFSET);
        INT.setRelease(rings, cqHead, head + 1);
        wakes &= userData != WAKE;
        return true;
    }

    @Override
    public long userData() {
        return userData;
    }

    @Override
    public int result() {
        return result;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (ringsAddress > 0) {
                RingCalls.munmap(ringsAddress, ringsBytes);
            }
            if (entriesAddress > 0) {
                RingCalls.munmap(entriesAddress, entriesBytes);
            }
            LibC.close(descriptor);
            if (waker >= 0) {
                LibC.close(waker);
            }
        }
    }
}
