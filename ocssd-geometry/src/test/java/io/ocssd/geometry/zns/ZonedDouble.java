package io.ocssd.geometry.zns;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.ocssd.geometry.natives.Errno;
import io.ocssd.geometry.natives.Kernel;
import io.ocssd.geometry.natives.Ring;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * A double of the kernel with one zoned drive, which keeps the rules of the block layer and of NVMe: what is not allowed is EIO,
 * as it is there. Thread-safe; what it is told to answer instead is answered once each, in the order it was told.
 */
final class ZonedDouble implements Kernel {
    /** What a call is answered instead of being done. */
    interface Answer {
        /**
         * Gives the answer.
         *
         * @param bytes of a read or write, how many it asks for; 0 else
         */
        long instead(long bytes);

        /** An error number. */
        static Answer errno(int errno) {
            return bytes -> -errno;
        }
    }

    private static final class Zone {
        boolean conventional;
        int condition = ZoneLayout.CONDITION_EMPTY;
        long written;
        byte[] data;
    }

    /** The calls that can be told to answer otherwise. */
    enum Call {
        OPEN,
        READ,
        WRITE,
        IOCTL,
        /** A command that is passed through. */
        COMMAND
    }

    final int blockBytes;
    final long zoneBytes;
    final long capacityBytes;
    final int mostOpen;
    final int mostActive;
    /** What {@link #blockDevice} answers; major 259, minor 0. */
    long number = 259L << 32;

    boolean tellsCapacity = true;
    boolean hasRing;
    int lastFlags;
    boolean isNvme;
    /** Whether the last append was to go through a volatile cache. */
    boolean lastForced;

    boolean open;
    private int refusals;
    private final Zone[] zones;
    private final Map<Call, Deque<Answer>> answers = new HashMap<>();
    private final Map<Call, Integer> calls = new HashMap<>();

    ZonedDouble(int zoneCount, long zoneBytes, long capacityBytes, int blockBytes, int mostOpen, int mostActive) {
        this.zones = new Zone[zoneCount];
        for (int i = 0; i < zoneCount; i++) {
            zones[i] = new Zone();
        }
        this.zoneBytes = zoneBytes;
        this.capacityBytes = capacityBytes;
        this.blockBytes = blockBytes;
        this.mostOpen = mostOpen;
        this.mostActive = mostActive;
    }

    /** The next call of this kind is answered so. */
    synchronized void answer(Call call, Answer answer) {
        answers.computeIfAbsent(call, key -> new ArrayDeque<>()).add(answer);
    }

    /** How often a call was made. */
    synchronized int calls(Call call) {
        return calls.getOrDefault(call, 0);
    }

    synchronized void condition(int zone, int condition) {
        zones[zone].condition = condition;
    }

    /** Makes a zone one that is written anywhere. */
    synchronized void conventional(int zone) {
        zones[zone].conventional = true;
        zones[zone].condition = ZoneLayout.CONDITION_NOT_WRITE_POINTER;
    }

    /** How often a limit of open or active zones was exceeded. */
    synchronized int refusals() {
        return refusals;
    }

    /** How many zones are active. */
    synchronized int active() {
        int active = 0;
        for (Zone each : zones) {
            active += isActive(each) ? 1 : 0;
        }
        return active;
    }

    synchronized int condition(int zone) {
        return zones[zone].condition;
    }

    synchronized long written(int zone) {
        return zones[zone].written;
    }

    /** Puts bytes at the beginning of a zone, as another owner would have. */
    synchronized void put(int zone, int offset, byte[] bytes, long written) {
        System.arraycopy(bytes, 0, data(zone), offset, bytes.length);
        zones[zone].written = written;
        zones[zone].condition = ZoneLayout.CONDITION_CLOSED;
    }

    private byte[] data(int zone) {
        if (zones[zone].data == null) {
            zones[zone].data = new byte[(int) capacityBytes];
        }
        return zones[zone].data;
    }

    private Answer told(Call call) {
        calls.merge(call, 1, Integer::sum);
        Deque<Answer> told = answers.get(call);
        return told == null ? null : told.poll();
    }

    @Override
    public long address(ByteBuffer direct) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }

    @Override
    public long blockDevice(String path) {
        return number;
    }

    @Override
    public synchronized int open(String path, int flags) {
        Answer told = told(Call.OPEN);
        if (told != null) {
            return (int) told.instead(0);
        }
        if (open && (flags & O_EXCL) != 0) {
            return -Errno.EBUSY;
        }
        lastFlags = flags;
        open = true;
        return 42;
    }

    @Override
    public synchronized int close(int descriptor) {
        open = false;
        return 0;
    }

    @Override
    public synchronized long pread(int descriptor, long address, long bytes, long offset) {
        Answer told = told(Call.READ);
        long moved = told == null ? bytes : told.instead(bytes);
        if (moved <= 0) {
            return moved;
        }
        if (address % blockBytes != 0 || bytes % blockBytes != 0 || offset % blockBytes != 0) {
            return -Errno.EINVAL;
        }
        int zone = (int) (offset / zoneBytes);
        if (zone >= zones.length) {
            return 0;
        }
        long within = offset % zoneBytes;
        byte[] out = new byte[(int) moved];
        int there = (int) Math.max(0, Math.min(moved, capacityBytes - within));
        if (zones[zone].data != null && there > 0) {
            System.arraycopy(zones[zone].data, (int) within, out, 0, there);
        }
        new Pointer(address).write(0, out, 0, out.length);
        return moved;
    }

    @Override
    public synchronized long pwrite(int descriptor, long address, long bytes, long offset) {
        Answer told = told(Call.WRITE);
        long moved = told == null ? bytes : told.instead(bytes);
        if (moved <= 0) {
            return moved;
        }
        if (address % blockBytes != 0 || bytes % blockBytes != 0 || offset % blockBytes != 0) {
            return -Errno.EINVAL;
        }
        int number = (int) (offset / zoneBytes);
        Zone zone = zones[number];
        if (offset % zoneBytes != zone.written || zone.written + moved > capacityBytes || !takesWrites(zone)) {
            return -Errno.EIO;
        }
        int refused = activate(zone, false);
        if (refused != 0) {
            return refused;
        }
        new Pointer(address).read(0, data(number), (int) zone.written, (int) moved);
        zone.written += moved;
        if (zone.written == capacityBytes) {
            zone.condition = ZoneLayout.CONDITION_FULL;
        }
        return moved;
    }

    private static boolean takesWrites(Zone zone) {
        return zone.condition == ZoneLayout.CONDITION_EMPTY || isActive(zone);
    }

    private static boolean isActive(Zone zone) {
        return isOpen(zone) || zone.condition == ZoneLayout.CONDITION_CLOSED;
    }

    private static boolean isOpen(Zone zone) {
        return zone.condition == ZoneLayout.CONDITION_IMPLICITLY_OPEN
                || zone.condition == ZoneLayout.CONDITION_EXPLICITLY_OPEN;
    }

    private int activate(Zone zone, boolean explicitly) {
        int active = 0;
        int opened = 0;
        Zone implicit = null;
        for (Zone each : zones) {
            active += isActive(each) ? 1 : 0;
            opened += isOpen(each) ? 1 : 0;
            if (each.condition == ZoneLayout.CONDITION_IMPLICITLY_OPEN && each != zone && implicit == null) {
                implicit = each;
            }
        }
        if (!isActive(zone) && active >= mostActive) {
            refusals++;
            return -Errno.EOVERFLOW;
        }
        if (!isOpen(zone) && opened >= mostOpen) {
            if (implicit == null) {
                refusals++;
                return -Errno.ETOOMANYREFS;
            }
            implicit.condition = ZoneLayout.CONDITION_CLOSED;
        }
        if (explicitly) {
            zone.condition = ZoneLayout.CONDITION_EXPLICITLY_OPEN;
        } else if (!isOpen(zone)) {
            zone.condition = ZoneLayout.CONDITION_IMPLICITLY_OPEN;
        }
        return 0;
    }

    @Override
    public synchronized int ioctl(int descriptor, long request, long argument) {
        boolean command =
                request == PassThroughLayout.NVME_IOCTL_ADMIN_CMD || request == PassThroughLayout.NVME_IOCTL_IO64_CMD;
        Answer told = told(command ? Call.COMMAND : Call.IOCTL);
        if (told != null) {
            return (int) told.instead(0);
        }
        Pointer memory = new Pointer(argument);
        if (request == PassThroughLayout.NVME_IOCTL_ID) {
            return isNvme ? 1 : -Errno.ENOTTY;
        }
        if (command) {
            return memory.getByte(PassThroughLayout.OPCODE_OFFSET) == PassThroughLayout.ZONE_APPEND
                    ? append(memory)
                    : identify(memory);
        }
        if (request == ZoneLayout.BLKREPORTZONE) {
            return report(memory);
        }
        long start = memory.getLong(ZoneLayout.RANGE_SECTOR_OFFSET) * ZoneLayout.SECTOR_BYTES;
        long length = memory.getLong(ZoneLayout.RANGE_COUNT_OFFSET) * ZoneLayout.SECTOR_BYTES;
        if (start % zoneBytes != 0 || length != zoneBytes) {
            return -Errno.EINVAL;
        }
        return manage(request, zones[(int) (start / zoneBytes)]);
    }

    /** What a drive answers, "do not retry" in its status. */
    private int append(Pointer memory) {
        long first = memory.getLong(PassThroughLayout.CDW10_OFFSET) * blockBytes;
        int blocks = (memory.getInt(PassThroughLayout.CDW12_OFFSET) & 0xFFFF) + 1;
        lastForced = (memory.getInt(PassThroughLayout.CDW12_OFFSET) & PassThroughLayout.FORCE_UNIT_ACCESS) != 0;
        int number = (int) (first / zoneBytes);
        Zone zone = zones[number];
        if (first % zoneBytes != 0 || memory.getInt(PassThroughLayout.LENGTH_OFFSET) != blocks * blockBytes) {
            return 0x4002;
        }
        if (!takesWrites(zone)) {
            return 0x41B9;
        }
        if (zone.written + (long) blocks * blockBytes > capacityBytes) {
            return 0x41B8;
        }
        int refused = activate(zone, false);
        if (refused != 0) {
            return refused == -Errno.EOVERFLOW ? 0x41BD : 0x41BE;
        }
        long data = memory.getLong(PassThroughLayout.ADDRESS_OFFSET);
        new Pointer(data).read(0, data(number), (int) zone.written, blocks * blockBytes);
        memory.setLong(PassThroughLayout.RESULT64_OFFSET, (first + zone.written) / blockBytes);
        zone.written += (long) blocks * blockBytes;
        if (zone.written == capacityBytes) {
            zone.condition = ZoneLayout.CONDITION_FULL;
        }
        return 0;
    }

    /** A page that begins with what was asked for. */
    private static int identify(Pointer memory) {
        if (memory.getByte(PassThroughLayout.OPCODE_OFFSET) != PassThroughLayout.IDENTIFY) {
            return 0x4001;
        }
        Pointer page = new Pointer(memory.getLong(PassThroughLayout.ADDRESS_OFFSET));
        page.setMemory(0, memory.getInt(PassThroughLayout.LENGTH_OFFSET), (byte) 0);
        page.setInt(0, memory.getInt(PassThroughLayout.CDW10_OFFSET));
        page.setInt(4, memory.getInt(PassThroughLayout.CDW11_OFFSET));
        page.setInt(8, memory.getInt(PassThroughLayout.NAMESPACE_OFFSET));
        return 0;
    }

    private int manage(long request, Zone zone) {
        if (zone.conventional
                || zone.condition == ZoneLayout.CONDITION_READ_ONLY
                || zone.condition == ZoneLayout.CONDITION_OFFLINE) {
            return -Errno.EIO;
        }
        if (request == ZoneLayout.BLKRESETZONE) {
            zone.condition = ZoneLayout.CONDITION_EMPTY;
            zone.written = 0;
            zone.data = null;
            return 0;
        }
        if (request == ZoneLayout.BLKFINISHZONE) {
            zone.condition = ZoneLayout.CONDITION_FULL;
            return 0;
        }
        if (zone.condition == ZoneLayout.CONDITION_FULL) {
            return -Errno.EIO;
        }
        if (request == ZoneLayout.BLKOPENZONE) {
            return activate(zone, true);
        }
        if (!isActive(zone)) {
            return -Errno.EIO;
        }
        zone.condition = ZoneLayout.CONDITION_CLOSED;
        return 0;
    }

    private int report(Pointer memory) {
        long first = memory.getLong(ZoneLayout.REPORT_SECTOR_OFFSET) * ZoneLayout.SECTOR_BYTES / zoneBytes;
        int room = memory.getInt(ZoneLayout.REPORT_COUNT_OFFSET);
        int count = (int) Math.max(0, Math.min(room, zones.length - first));
        memory.setInt(ZoneLayout.REPORT_COUNT_OFFSET, count);
        memory.setInt(ZoneLayout.REPORT_FLAGS_OFFSET, tellsCapacity ? ZoneLayout.REPORT_CAPACITY : 0);
        for (int i = 0; i < count; i++) {
            Zone zone = zones[(int) first + i];
            long at = ZoneLayout.REPORT_BYTES + (long) i * ZoneLayout.ZONE_BYTES;
            long start = (first + i) * zoneBytes / ZoneLayout.SECTOR_BYTES;
            memory.setMemory(at, ZoneLayout.ZONE_BYTES, (byte) 0);
            memory.setLong(at + ZoneLayout.ZONE_START_OFFSET, start);
            memory.setLong(at + ZoneLayout.ZONE_LENGTH_OFFSET, zoneBytes / ZoneLayout.SECTOR_BYTES);
            memory.setLong(
                    at + ZoneLayout.ZONE_WRITE_POINTER_OFFSET,
                    zone.condition == ZoneLayout.CONDITION_FULL ? -1 : start + zone.written / ZoneLayout.SECTOR_BYTES);
            memory.setByte(at + ZoneLayout.ZONE_TYPE_OFFSET, (byte) (zone.conventional ? 1 : 2));
            memory.setByte(at + ZoneLayout.ZONE_CONDITION_OFFSET, (byte) zone.condition);
            if (tellsCapacity) {
                memory.setLong(at + ZoneLayout.ZONE_CAPACITY_OFFSET, capacityBytes / ZoneLayout.SECTOR_BYTES);
            }
        }
        return 0;
    }

    @Override
    public Ring openRing(int entries) {
        return hasRing ? new DoubledRing(this, entries) : null;
    }

    @Override
    public void zero(long address, long bytes) {
        new Pointer(address).setMemory(0, bytes, (byte) 0);
    }
}
