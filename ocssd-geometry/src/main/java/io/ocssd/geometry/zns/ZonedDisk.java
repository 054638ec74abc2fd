package io.ocssd.geometry.zns;

import io.ocssd.geometry.natives.Errno;
import io.ocssd.geometry.natives.Kernel;
import io.ocssd.scheduler.Scheduler;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * An open zoned block device: its calls, tried again where the kernel says that this may help. Thread-safe.
 *
 * <p>A call that a signal interrupted is made again at once; one that found the device busy is made again after a wait that
 * doubles each time, up to about a second in all. What was moved only in part is continued. Whatever else goes wrong is
 * returned as the negative {@link Errno}.
 */
final class ZonedDisk implements AutoCloseable {
    private static final int ATTEMPTS = 11;
    private static final long FIRST_WAIT_NANOS = 500_000;
    /** Zones asked for at once: a report of this many is 64 KiB. */
    private static final int ZONES_AT_ONCE = 1023;

    private final Kernel kernel;
    private final Scheduler scheduler;
    private final int descriptor;
    private final int blockBytes;
    private final long mostBytes;
    private volatile boolean closed;
    /** Arguments of calls about one zone that nobody uses just now: as many as were ever used at once. */
    private final Deque<ByteBuffer> ranges = new ArrayDeque<>();

    /**
     * Takes over an open descriptor.
     *
     * @param blockBytes size of a logical block
     * @param mostBytes the longest write that the block layer does not split; a longer one is made in parts, one after
     *     another, since its pieces might overtake each other otherwise
     */
    ZonedDisk(Kernel kernel, Scheduler scheduler, int descriptor, int blockBytes, long mostBytes) {
        this.kernel = kernel;
        this.scheduler = scheduler;
        this.descriptor = descriptor;
        this.blockBytes = blockBytes;
        this.mostBytes = Math.max(blockBytes, mostBytes / blockBytes * blockBytes);
    }

    Kernel kernel() {
        return kernel;
    }

    int descriptor() {
        return descriptor;
    }

    int blockBytes() {
        return blockBytes;
    }

    /** The longest write that is not made in parts. */
    long mostBytes() {
        return mostBytes;
    }

    /** Reads; returns the bytes that were read, fewer than asked for only at the end of the device, or why none were. */
    long read(long address, long bytes, long offset) {
        return transfer(false, address, bytes, offset, bytes);
    }

    /** Writes; returns the bytes that were written, fewer than asked for when the rest failed, or why none were. */
    long write(long address, long bytes, long offset) {
        return transfer(true, address, bytes, offset, mostBytes);
    }

    private long transfer(boolean write, long address, long bytes, long offset, long most) {
        long done = 0;
        while (done < bytes) {
            long moved = once(write, address + done, Math.min(most, bytes - done), offset + done);
            if (moved <= 0) {
                return done > 0 ? done : moved;
            }
            done += moved;
            if (done % blockBytes != 0) {
                // No rest of a block can be moved, with O_DIRECT neither from here nor from the block's start.
                return done - done % blockBytes;
            }
        }
        return done;
    }

    private long once(boolean write, long address, long bytes, long offset) {
        for (int attempt = 0; ; ) {
            long moved = write
                    ? kernel.pwrite(descriptor, address, bytes, offset)
                    : kernel.pread(descriptor, address, bytes, offset);
            if (moved != -Errno.EINTR) {
                if (moved >= 0 || !Errno.isPassing((int) -moved) || ++attempt == ATTEMPTS) {
                    return moved;
                }
                waitBefore(attempt);
            }
        }
    }

    /** Waits before attempt number {@code attempt} of a call that found the device busy. */
    private void waitBefore(int attempt) {
        scheduler.sleepUntil(scheduler.nanoTime() + (FIRST_WAIT_NANOS << (attempt - 1)));
    }

    /**
     * Resets, opens, closes or finishes one zone.
     *
     * @param request one of the requests of {@link ZoneLayout}
     * @return 0, or why it did not happen
     */
    int manage(long request, long startByte, long lengthBytes) {
        ByteBuffer range = takeRange();
        try {
            range.putLong(ZoneLayout.RANGE_SECTOR_OFFSET, startByte / ZoneLayout.SECTOR_BYTES);
            range.putLong(ZoneLayout.RANGE_COUNT_OFFSET, lengthBytes / ZoneLayout.SECTOR_BYTES);
            return Math.min(0, control(request, range));
        } finally {
            giveBack(range);
        }
    }

    private ByteBuffer takeRange() {
        synchronized (ranges) {
            if (!ranges.isEmpty()) {
                return ranges.pop();
            }
        }
        return ByteBuffer.allocateDirect(ZoneLayout.RANGE_BYTES).order(ByteOrder.nativeOrder());
    }

    private void giveBack(ByteBuffer range) {
        synchronized (ranges) {
            ranges.push(range);
        }
    }

    /** A call with one argument, made once: a command that was interrupted may have been done. */
    int controlOnce(long request, ByteBuffer argument) {
        try {
            return closed ? -Errno.ENODEV : kernel.ioctl(descriptor, request, kernel.address(argument));
        } finally {
            Reference.reachabilityFence(argument);
        }
    }

    /** A call with one argument, made again where that may help; 0 or more, or why it was not done. */
    int control(long request, ByteBuffer argument) {
        try {
            long address = kernel.address(argument);
            for (int attempt = 0; ; ) {
                int answer = closed ? -Errno.ENODEV : kernel.ioctl(descriptor, request, address);
                if (answer != -Errno.EINTR) {
                    if (answer >= 0 || !Errno.isPassing(-answer) || ++attempt == ATTEMPTS) {
                        return answer;
                    }
                    waitBefore(attempt);
                }
            }
        } finally {
            Reference.reachabilityFence(argument);
        }
    }

    /**
     * Asks for all zones from a place on.
     *
     * @param zones takes what was found
     * @param most no more than this many
     * @return 0, or why the kernel does not tell
     */
    int report(long startByte, int most, List<KernelZone> zones) {
        int room = Math.min(most, ZONES_AT_ONCE);
        ByteBuffer report = ByteBuffer.allocateDirect(ZoneLayout.REPORT_BYTES + room * ZoneLayout.ZONE_BYTES)
                .order(ByteOrder.nativeOrder());
        long next = startByte;
        int left = most;
        while (left > 0) {
            report.putLong(ZoneLayout.REPORT_SECTOR_OFFSET, next / ZoneLayout.SECTOR_BYTES);
            report.putInt(ZoneLayout.REPORT_COUNT_OFFSET, Math.min(left, room));
            report.putInt(ZoneLayout.REPORT_FLAGS_OFFSET, 0);
            int answer = control(ZoneLayout.BLKREPORTZONE, report);
            if (answer < 0) {
                return answer;
            }
            int found = Math.min(report.getInt(ZoneLayout.REPORT_COUNT_OFFSET), Math.min(left, room));
            boolean tellsCapacity = (report.getInt(ZoneLayout.REPORT_FLAGS_OFFSET) & ZoneLayout.REPORT_CAPACITY) != 0;
            for (int i = 0; i < found; i++) {
                KernelZone zone = zone(report, ZoneLayout.REPORT_BYTES + i * ZoneLayout.ZONE_BYTES, tellsCapacity);
                if (zone.lengthBytes() <= 0) {
                    return -Errno.EIO;
                }
                zones.add(zone);
                next = zone.startByte() + zone.lengthBytes();
            }
            if (found <= 0) {
                return 0;
            }
            left -= found;
        }
        return 0;
    }

    private static KernelZone zone(ByteBuffer report, int at, boolean tellsCapacity) {
        long start = report.getLong(at + ZoneLayout.ZONE_START_OFFSET);
        long length = report.getLong(at + ZoneLayout.ZONE_LENGTH_OFFSET);
        long told = report.getLong(at + ZoneLayout.ZONE_CAPACITY_OFFSET);
        long capacity = tellsCapacity && told > 0 && told < length ? told : length;
        int condition = report.get(at + ZoneLayout.ZONE_CONDITION_OFFSET);
        long pointer = report.getLong(at + ZoneLayout.ZONE_WRITE_POINTER_OFFSET);
        // The write pointer of a full zone is all ones on some drives, and means nothing on the others.
        long written = switch (condition) {
            case ZoneLayout.CONDITION_FULL -> capacity;
            case ZoneLayout.CONDITION_IMPLICITLY_OPEN,
                    ZoneLayout.CONDITION_EXPLICITLY_OPEN,
                    ZoneLayout.CONDITION_CLOSED,
                    ZoneLayout.CONDITION_READ_ONLY -> Math.max(0, Math.min(capacity, pointer - start));
            default -> 0;
        };
        return new KernelZone(
                start * ZoneLayout.SECTOR_BYTES,
                length * ZoneLayout.SECTOR_BYTES,
                capacity * ZoneLayout.SECTOR_BYTES,
                written * ZoneLayout.SECTOR_BYTES,
                report.get(at + ZoneLayout.ZONE_TYPE_OFFSET) == ZoneLayout.TYPE_CONVENTIONAL,
                condition);
    }

    @Override
    public void close() {
        closed = true;
        kernel.close(descriptor);
    }
}
